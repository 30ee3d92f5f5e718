package io.github.serfhandler.client.internal;

import java.time.Duration;

/** Immutable: a moment until which something must be done, on the monotonic clock. */
public final class Deadline {
  private final Duration timeout;
  private final long end;

  private Deadline(Duration timeout, long end) {
    this.timeout = timeout;
    this.end = end;
  }

  /** The moment this long from now. */
  public static Deadline in(Duration timeout) {
    return new Deadline(timeout, System.nanoTime() + nanos(timeout));
  }

  /** The earlier of this and the moment so long from now. */
  public Deadline atMost(Duration limit) {
    return remainingNanos() <= nanos(limit) ? this : in(limit);
  }

  /** Negative once it has passed. */
  public long remainingNanos() {
    return end - System.nanoTime();
  }

  /** Rounded up, so that 0 means that it has passed. */
  public int remainingMillis() {
    long nanos = remainingNanos();
    return nanos <= 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, (nanos + 999_999) / 1_000_000);
  }

  public boolean passed() {
    return remainingNanos() <= 0;
  }

  /** What it was made with. */
  public Duration timeout() {
    return timeout;
  }

  /** Nanoseconds, or a hundred years where that is less: deadlines must not overflow. */
  public static long nanos(Duration duration) {
    long days = duration.toDays();
    return days >= 36_500 ? Duration.ofDays(36_500).toNanos() : duration.toNanos();
  }
}
