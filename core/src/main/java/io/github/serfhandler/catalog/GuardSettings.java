package io.github.serfhandler.catalog;

import java.time.Duration;

/**
 * Immutable: when the mass-loss guard steps in, and for how long.
 *
 * @param enabled false shows the honest view always
 * @param window failures that lie no further apart than this count together, and so do all those of
 *     a run of failures in the whole cluster without a longer pause ({@link LossWave}); default 30
 *     s
 * @param fraction the guard steps in when more than this part of a service is lost, from 0 up to
 *     but not including 1; default 0.5
 * @param minimum and at least so many instances, 1 or more; default 2
 * @param hold how long after its failure an instance is held at most, at least the window; default
 *     10 min
 */
public record GuardSettings(
    boolean enabled, Duration window, double fraction, int minimum, Duration hold) {
  /** The longest window and hold, one year. */
  public static final Duration MAX = Duration.ofDays(365);

  /** On, with the defaults. */
  public static final GuardSettings DEFAULT =
      new GuardSettings(true, Duration.ofSeconds(30), 0.5, 2, Duration.ofMinutes(10));

  /** Off. */
  public static final GuardSettings OFF = DEFAULT.withEnabled(false);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException for a value out of range; its message is one line
   */
  public GuardSettings {
    if (window.isNegative() || window.isZero() || window.compareTo(MAX) > 0) {
      throw new IllegalArgumentException("the guard's window must be above 0 and at most a year");
    }
    if (!(fraction >= 0 && fraction < 1)) {
      throw new IllegalArgumentException("the guard's fraction must be from 0 to below 1");
    }
    if (minimum < 1) {
      throw new IllegalArgumentException("the guard's minimum must be 1 or more");
    }
    if (hold.compareTo(window) < 0 || hold.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          "the guard's hold time must be at least its window and at most a year");
    }
  }

  /** The same, on or off. */
  public GuardSettings withEnabled(boolean value) {
    return new GuardSettings(value, window, fraction, minimum, hold);
  }

  @Override
  public String toString() {
    return enabled
        ? "more than " + fraction + " and " + minimum + " in " + window + ", for " + hold
        : "off";
  }
}
