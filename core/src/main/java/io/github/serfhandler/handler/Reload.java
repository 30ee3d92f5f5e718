package io.github.serfhandler.handler;

import io.github.serfhandler.catalog.View;

/** What makes a program read the files again, as the reload of a load balancer. */
@FunctionalInterface
public interface Reload {
  /**
   * Reloads. The files hold what {@code view} shows.
   *
   * @throws Exception where that failed; tried again at the next member event
   */
  void reload(View view) throws Exception;
}
