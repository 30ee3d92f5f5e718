package io.github.serfhandler.handler;

import io.github.serfhandler.client.SerfEvent;
import java.time.Duration;
import java.util.Optional;

/**
 * What reacts to events: a {@link SerfHandler}, which people extend, or a script. Called by one
 * thread at a time, not always the same one; what runs it interrupts that thread when the call
 * takes too long.
 */
public interface Handler {
  /** What the log and the status call it: {@code WebHandler}, {@code /usr/local/bin/deploy}. */
  String name();

  /** How long one call may take; empty where the setting {@code handlers.timeout} decides. */
  default Optional<Duration> timeout() {
    return Optional.empty();
  }

  /**
   * Whether it may have something for a user event or a query: {@code agent} passes over a handler
   * that has not, so that its queue holds nothing that is not for it. Quick, and called by any
   * thread at any time.
   */
  default boolean wants(SerfEvent event) {
    return true;
  }

  /**
   * Reacts to an event.
   *
   * @param event a member event, a user event or a query
   * @param node the node that this runs on
   * @throws HandlerException where it failed for a reason that one line tells
   * @throws InterruptedException where it ended because the thread was interrupted
   * @throws Exception any other failure, which is taken for a bug
   */
  Reaction handle(SerfEvent event, LocalNode node) throws Exception;

  /**
   * Whether the asker of a query is told when this handler failed and no other has an answer. A
   * script's is not: Serf keeps silent then, and so does what runs it.
   */
  default boolean tellsAskers() {
    return true;
  }
}
