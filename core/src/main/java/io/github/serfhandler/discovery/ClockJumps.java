package io.github.serfhandler.discovery;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Tells how far the wall clock was set, or stood still with the machine, by a clock that nobody
 * sets. Confined to one thread.
 */
final class ClockJumps {
  /** Less is the clock that is slewed, or a thread that waited between its looks at the two. */
  private static final Duration LEAST = Duration.ofSeconds(1);

  private final LongSupplier nanoTime;
  private Instant lastTime;
  private long lastNanos;

  /**
   * Looks from now on.
   *
   * @param nanoTime a clock that never goes back, in nanoseconds, as {@code System::nanoTime}
   */
  ClockJumps(LongSupplier nanoTime, Instant now) {
    this.nanoTime = nanoTime;
    this.lastTime = now;
    this.lastNanos = nanoTime.getAsLong();
  }

  /** How much later it is by the wall clock than it would be had nobody set it since. */
  Duration until(Instant now) {
    long nanos = nanoTime.getAsLong();
    Duration jump = Duration.between(lastTime, now).minusNanos(nanos - lastNanos);
    lastTime = now;
    lastNanos = nanos;
    return jump.abs().compareTo(LEAST) < 0 ? Duration.ZERO : jump;
  }
}
