package io.github.serfhandler.output;

import java.time.Duration;

/** A moment that something is due at, or none. Confined to one thread. */
final class Due {
  /** The wait for what is never due. */
  static final long NEVER = Long.MAX_VALUE;

  private boolean set;
  private long at;

  /** It is due after so long. */
  void in(long now, Duration wait) {
    set = true;
    at = now + wait.toNanos();
  }

  /** It is due after so long, or when it was due already where that is sooner. */
  void inAtMost(long now, Duration wait) {
    if (!set || at - (now + wait.toNanos()) > 0) {
      in(now, wait);
    }
  }

  void never() {
    set = false;
  }

  boolean isSet() {
    return set;
  }

  boolean isNow(long now) {
    return set && at - now <= 0;
  }

  /** In how many nanoseconds it is due: 0 for now, {@link #NEVER}. */
  long left(long now) {
    return set ? Math.max(0, at - now) : NEVER;
  }
}
