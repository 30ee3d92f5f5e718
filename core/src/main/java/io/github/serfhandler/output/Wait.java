package io.github.serfhandler.output;

import java.time.Duration;

/**
 * Immutable: how long a change waits for the next ones before a file follows.
 *
 * @param min a change waits so long for another one, and then again
 * @param max the first change that waits does not wait longer than this
 */
public record Wait(Duration min, Duration max) {
  /** The longest {@code max}. */
  public static final Duration LONGEST = Duration.ofHours(1);

  /** Not at all. */
  public static final Wait NONE = new Wait(Duration.ZERO, Duration.ZERO);

  /**
   * For a file that has something to run: half a second, which nobody at a laptop notices, and 10
   * s, so that the deployment of a fleet does not reload a load balancer for each node.
   */
  public static final Wait DEFAULT = new Wait(Duration.ofMillis(500), Duration.ofSeconds(10));

  /**
   * Checks the times.
   *
   * @throws IllegalArgumentException where one is negative, {@code max} shorter than {@code min},
   *     or longer than {@link #LONGEST}; its message is one line with a remedy
   */
  public Wait {
    if (min.isNegative() || max.compareTo(min) < 0 || max.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a wait is two times, the second not shorter than the first and at most 1h; write for"
              + " example 2s:10s");
    }
  }

  /** Whether a change waits at all. */
  public boolean isNone() {
    return max.isZero();
  }
}
