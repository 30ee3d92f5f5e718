package io.github.serfhandler.handler;

import io.github.serfhandler.client.UserEvent;

/** What a handler does when a user event comes. */
@FunctionalInterface
public interface EventMethod {
  /**
   * Does it.
   *
   * @throws Exception where that failed; logged and counted, and the next handler runs
   */
  void handle(UserEvent event) throws Exception;
}
