package io.github.serfhandler.handler;

import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.client.SerfInterruptedException;
import java.time.Duration;
import java.util.Optional;

/** Stateless: calls a handler on the thread of the caller; whatever it throws becomes a value. */
public final class Call {
  private static final Duration LONGEST = Duration.ofDays(365);

  private Call() {}

  /**
   * Calls it once. A call during which the thread was interrupted ends as {@link Outcome#TIMED_OUT}
   * unless it did its work all the same; the thread's flag is cleared: what runs handlers
   * interrupts them for no other reason.
   */
  public static CallResult of(Handler handler, SerfEvent event, LocalNode node) {
    long begin = System.nanoTime();
    try {
      Reaction reaction = handler.handle(event, node);
      Outcome outcome = reaction.handled() ? Outcome.HANDLED : Outcome.NOT_HANDLED;
      return result(handler, outcome, reaction.answer(), Optional.empty(), begin);
    } catch (Throwable e) {
      // All of it: a class that is missing in a user's jar, a recursion without end or an array of
      // any size is this handler's failure, and the next one runs.
      boolean interrupted =
          e instanceof InterruptedException || e instanceof SerfInterruptedException;
      Outcome outcome =
          interrupted || Thread.currentThread().isInterrupted()
              ? Outcome.TIMED_OUT
              : Outcome.FAILED;
      return result(handler, outcome, Optional.empty(), Optional.of(e), begin);
    } finally {
      boolean ignored = Thread.interrupted();
    }
  }

  private static CallResult result(
      Handler handler,
      Outcome outcome,
      Optional<Payload> answer,
      Optional<Throwable> failure,
      long begin) {
    Duration duration = Duration.ofNanos(System.nanoTime() - begin);
    return new CallResult(nameOf(handler), outcome, answer, failure, duration);
  }

  /** The handler's name; that of its class where it can not tell. */
  public static String nameOf(Handler handler) {
    try {
      String name = handler.name();
      // Java code that knows nothing of NullAway may return it.
      return name == null ? handler.getClass().getName() : name;
    } catch (RuntimeException | LinkageError e) {
      return handler.getClass().getName();
    }
  }

  /** How long one call may take: what the handler says, at most a year; else {@code usual}. */
  public static Duration timeoutOf(Handler handler, Duration usual) {
    try {
      Optional<Duration> own = handler.timeout();
      // As with the name, null is none.
      Duration timeout = own == null ? usual : own.orElse(usual);
      // Who writes "for ever" as the longest duration means more nanoseconds than a long holds.
      return timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout;
    } catch (RuntimeException | LinkageError e) {
      return usual;
    }
  }

  /** Whether an asker is told that the handler failed; true where it can not tell. */
  public static boolean tellsAskers(Handler handler) {
    try {
      return handler.tellsAskers();
    } catch (RuntimeException | LinkageError e) {
      return true;
    }
  }
}
