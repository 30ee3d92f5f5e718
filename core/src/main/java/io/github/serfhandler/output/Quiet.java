package io.github.serfhandler.output;

import java.time.Duration;

/**
 * The wait of changes for the next ones. Confined to one thread.
 *
 * <p>For several files it is the longest that one of them wants: whoever shares a reload does not
 * want it for each file.
 */
final class Quiet {
  private Duration min = Duration.ZERO;
  private Duration max = Duration.ZERO;
  private final Due due = new Due();
  private final Due latest = new Due();

  /** One more file takes part. */
  void atLeast(Wait wait) {
    min = wait.min().compareTo(min) > 0 ? wait.min() : min;
    max = wait.max().compareTo(max) > 0 ? wait.max() : max;
  }

  /** Something has changed. */
  void changed(long now) {
    latest.inAtMost(now, max);
    due.in(now, min);
  }

  /** Whether it is over for what has changed; then nothing waits any more. */
  boolean isOver(long now) {
    if (!due.isNow(now) && !latest.isNow(now)) {
      return false;
    }
    due.never();
    latest.never();
    return true;
  }

  /** As {@link Due#left}. */
  long left(long now) {
    return Math.min(due.left(now), latest.left(now));
  }
}
