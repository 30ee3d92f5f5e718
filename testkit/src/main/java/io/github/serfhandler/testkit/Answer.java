package io.github.serfhandler.testkit;

import java.io.IOException;

/**
 * How the fake agent answers one request. It runs on the thread of the request's connection, which
 * reads the next request when it returns: as in a real agent, a slow command holds up the others of
 * its connection and no more.
 */
@FunctionalInterface
public interface Answer {

  /**
   * Answers.
   *
   * @throws IOException if the client is gone; the connection then ends
   * @throws InterruptedException never from the agent itself; a waiting answer may pass it on
   */
  void to(Exchange exchange) throws IOException, InterruptedException;
}
