package io.github.serfhandler.resident;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.handler.CallResult;
import io.github.serfhandler.handler.Messages;
import io.github.serfhandler.handler.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * One user event or query on its way through the lanes of all its handlers. Thread-safe; each lane
 * tells once how it ended there. The first answer to a query is sent at once; where there is none,
 * an error is, when the last lane is done.
 */
final class Delivery {
  /** The answer where the query did not reach a handler. */
  static final Payload BUSY = Payload.ofText("error: busy");

  /** What an event's way leads to. */
  interface Ends {
    /** Sends the answer of that handler to the asker; true where the agent took it. */
    boolean answer(QueryEvent query, Payload answer, String from);

    /** No handler knows the event. */
    void notHandled(SerfEvent event);

    /** The name of this node. */
    String nodeName();
  }

  private final SerfEvent event;
  private final Ends ends;

  @GuardedBy("this")
  private int open;

  @GuardedBy("this")
  private boolean known;

  @GuardedBy("this")
  private boolean answered;

  @GuardedBy("this")
  private boolean failed;

  @GuardedBy("this")
  private boolean dropped;

  /**
   * An event that goes to so many lanes.
   *
   * @param lanes over 0
   */
  Delivery(SerfEvent event, int lanes, Ends ends) {
    this.event = event;
    this.open = lanes;
    this.ends = ends;
  }

  SerfEvent event() {
    return event;
  }

  /**
   * A handler was called with it.
   *
   * @param failureIsTold whether the asker is to hear of a failure
   * @return whether its answer was sent
   */
  boolean called(CallResult result, boolean failureIsTold) {
    Payload own = null;
    Payload error;
    boolean unknown;
    synchronized (this) {
      open--;
      boolean lost = result.outcome() == Outcome.FAILED || result.outcome() == Outcome.TIMED_OUT;
      known |= result.outcome() != Outcome.NOT_HANDLED;
      failed |= lost && failureIsTold;
      // An empty answer is none: Serf can not tell them apart.
      Payload given = result.answer().orElse(Payload.EMPTY);
      if (!given.isEmpty() && !answered) {
        answered = true;
        own = given;
      }
      error = lastError();
      unknown = open == 0 && !known && !dropped;
    }
    boolean sent =
        own != null && event instanceof QueryEvent q && ends.answer(q, own, result.handler());
    end(error, unknown, result.handler());
    return sent;
  }

  /** A lane had no room for it. */
  void dropped(String handler) {
    Payload error;
    synchronized (this) {
      open--;
      dropped = true;
      error = lastError();
    }
    end(error, false, handler);
  }

  /** A lane is gone, with its role. */
  void left() {
    Payload error;
    synchronized (this) {
      open--;
      // Whether that handler knew it is not known.
      known = true;
      error = lastError();
    }
    end(error, false, ends.nodeName());
  }

  private void end(@Nullable Payload error, boolean unknown, String handler) {
    if (error != null && event instanceof QueryEvent query) {
      boolean ignored = ends.answer(query, error, handler);
    }
    if (unknown) {
      ends.notHandled(event);
    }
  }

  /** What to answer now that the last lane is done; null where there is nothing to say. */
  @GuardedBy("this")
  private @Nullable Payload lastError() {
    if (open > 0 || answered || !(event instanceof QueryEvent query)) {
      return null;
    }
    if (failed) {
      answered = true;
      return Messages.failedAnswer(query, ends.nodeName());
    }
    if (dropped) {
      answered = true;
      return BUSY;
    }
    return null;
  }
}
