package io.github.serfhandler.catalog;

import java.time.Duration;
import java.time.Instant;

/**
 * Immutable: a run of failures anywhere in the cluster, each at most the guard's window after the
 * one before (or seen by the very next pass, which cron may start only each minute).
 *
 * <p>An agent that is cut off does not lose all others at once. It probes one member after the
 * other, and slows down to one in 8 s because it doubts itself first ({@code probe} and {@code
 * awareness} in memberlist's {@code state.go}): cut off from 19 others, Serf 0.9.4 reported them
 * failed one by one between 34 s and 179 s after the cut, never more than 17 s apart. So what
 * counts as "at once" for one service is told by the wave over all members.
 *
 * @param failedMembers how many members were failed at the last pass; -1 before the first
 * @param start when the wave began; {@link Instant#EPOCH} where there was none yet
 * @param last when its last failure was seen
 * @param fresh whether the last pass saw it grow
 */
public record LossWave(int failedMembers, Instant start, Instant last, boolean fresh) {
  /** Before the first pass. */
  static final LossWave NONE = new LossWave(-1, Instant.EPOCH, Instant.EPOCH, false);

  /** The wave after a pass that sees so many members failed. */
  LossWave next(int failedNow, Instant now, Duration window) {
    if (failedMembers < 0 || failedNow <= failedMembers) {
      return new LossWave(failedNow, min(start, now), min(last, now), false);
    }
    boolean goesOn = fresh || !now.isAfter(last.plus(window));
    return new LossWave(failedNow, goesOn ? min(start, now) : now, now, true);
  }

  /** The same by a clock that shows so much more. */
  LossWave later(long millis) {
    return last.equals(Instant.EPOCH)
        ? this // There was none yet.
        : new LossWave(failedMembers, moved(start, millis), moved(last, millis), fresh);
  }

  /** Not before 1970, which no file tells; what is that old matters no more. */
  static Instant moved(Instant time, long millis) {
    return Instant.ofEpochMilli(Math.max(0, time.toEpochMilli() + millis));
  }

  /** Whether a failure seen at {@code time} belongs to the wave, and the wave is not over. */
  boolean holds(Instant time, Instant now, Duration window) {
    return !time.isBefore(start) && (fresh || !now.isAfter(last.plus(window)));
  }

  // A time in the future can only come from a clock that was set back since.
  private static Instant min(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  // Not the records' own ones: they go through invokedynamic and cost start-up time.
  @Override
  public boolean equals(Object other) {
    return other instanceof LossWave that
        && failedMembers == that.failedMembers
        && fresh == that.fresh
        && start.equals(that.start)
        && last.equals(that.last);
  }

  @Override
  public int hashCode() {
    return failedMembers * 31 + last.hashCode();
  }

  @Override
  public String toString() {
    return failedMembers + " failed, wave from " + start + " to " + last;
  }
}
