package io.github.serfhandler.client;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Immutable: how long to wait between attempts to reach an agent. The wait doubles from {@code
 * initial} to {@code max}; then a random part of it, up to {@code jitter}, is taken off, so that
 * many clients of one agent do not come back at the same moment. A subscription that does not last
 * longer than {@code max} counts as one more failed attempt.
 *
 * @param initial the wait before the first attempt, over 0
 * @param max the longest wait, not below {@code initial}, at most a day
 * @param jitter the part that chance may take off, 0 to 1
 */
public record Backoff(Duration initial, Duration max, double jitter) {

  /** 100 ms doubling to 10 s, jitter 0.5. */
  public static final Backoff DEFAULT =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), 0.5);

  public Backoff {
    if (initial.isZero()
        || initial.isNegative()
        || max.compareTo(initial) < 0
        || max.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "a backoff goes from over 0 up to a day at most, not from " + initial + " to " + max);
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter must be 0 to 1 but is " + jitter);
    }
  }

  /**
   * The wait before an attempt.
   *
   * @param attempt counts from 0
   * @param random gives numbers of 0 (included) to 1 (excluded)
   */
  public Duration delay(int attempt, DoubleSupplier random) {
    if (attempt < 0) {
      throw new IllegalArgumentException("attempt counts from 0 but is " + attempt);
    }
    Duration delay = initial;
    for (int i = 0; i < attempt && delay.compareTo(max) < 0; i++) {
      delay = delay.compareTo(max.dividedBy(2)) > 0 ? max : delay.multipliedBy(2);
    }
    double keep = 1 - jitter * random.getAsDouble();
    return Duration.ofNanos((long) (delay.toNanos() * keep));
  }
}
