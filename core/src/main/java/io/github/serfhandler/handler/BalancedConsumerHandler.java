package io.github.serfhandler.handler;

import io.github.serfhandler.catalog.View;

/**
 * For nodes whose load balancer reads what the {@link ConsumerHandler} writes: reloads it when what
 * this node sees has changed, once a change and never for an event that changes nothing. Confined
 * to one call at a time, as every handler.
 *
 * <p>It writes the same files as a {@link ConsumerHandler} and none in the format of a particular
 * load balancer; {@link Reload} is given the services, to make of them what that one reads.
 *
 * <p>A reload that failed is tried again at the next member event, whatever that is. This is
 * remembered by the object alone: a process that Serf forks for an event forgets it, and tries
 * again at the next change. Have a reload retry by itself there, or run {@code agent}.
 */
public class BalancedConsumerHandler extends ConsumerHandler {
  private final Reload reload;

  /** A handler that writes the files and then reloads. */
  public BalancedConsumerHandler(Reload reload) {
    this.reload = reload;
  }

  @Override
  protected void servicesChanged(View view) throws Exception {
    reload.reload(view);
  }
}
