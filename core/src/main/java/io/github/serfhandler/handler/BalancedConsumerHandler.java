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
 * <p>A reload that failed, was interrupted, or whose process ended in the middle of it, is made
 * again at the next member event, whatever that is. So that the next process knows of it too (Serf
 * forks one for each event), an empty file {@code .serf-handler/reload-NAME} is in the
 * configuration directory while one is owed, with the name of the handler.
 */
public class BalancedConsumerHandler extends ConsumerHandler {
  private final Reload reload;

  /** A handler that writes the files and then reloads. */
  public BalancedConsumerHandler(Reload reload) {
    this.reload = reload;
  }

  @Override
  boolean isOwed() {
    return new OwedReload(node(), name()).isOwed();
  }

  @Override
  protected void servicesChanged(View view) throws Exception {
    OwedReload owed = new OwedReload(node(), name());
    owed.begin();
    reload.reload(view);
    owed.end();
  }
}
