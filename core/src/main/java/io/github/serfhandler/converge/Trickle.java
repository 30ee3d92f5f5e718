package io.github.serfhandler.converge;

/**
 * The timer of RFC 6206, section 4.2: when to say what one holds, less and less often while all say
 * the same. Confined to one thread. The chosen moment lies in the second half of an interval and is
 * biased towards its end, since messages take time to arrive ({@link Windows}).
 */
final class Trickle {
  private final long imax;
  private final int redundancy;
  private long interval;
  private long fireAt;
  private long endAt;
  private int heard;
  private boolean fired;

  /** Begins with the shortest interval. */
  Trickle(ConvergeSettings settings, Windows windows, long now) {
    this.imax = settings.imax().toNanos();
    this.redundancy = settings.redundancy();
    this.interval = windows.imin();
    begin(windows, now);
  }

  /** Another says the same. */
  void consistent() {
    heard = Math.min(heard + 1, redundancy);
  }

  /** Another says something else, or there is news: back to the shortest interval. */
  void inconsistent(Windows windows, long now) {
    if (interval > windows.imin()) {
      interval = windows.imin();
      begin(windows, now);
    }
  }

  /** When {@link #run} has something to do. */
  long next() {
    return fired || heard >= redundancy ? endAt : fireAt;
  }

  /** Does what is due; whether it is time to say what one holds. */
  boolean run(Windows windows, long now) {
    boolean fire = false;
    if (!fired && now >= fireAt) {
      fired = true;
      fire = heard < redundancy;
    }
    if (now >= endAt) {
      interval = Math.max(windows.imin(), interval < imax / 2 ? 2 * interval : imax);
      begin(windows, now);
    }
    return fire;
  }

  /** The length of the current interval, in nanoseconds. */
  long interval() {
    return interval;
  }

  private void begin(Windows windows, long now) {
    long half = interval / 2;
    heard = 0;
    fired = false;
    fireAt = now + half + windows.among(interval - half);
    endAt = now + interval;
  }
}
