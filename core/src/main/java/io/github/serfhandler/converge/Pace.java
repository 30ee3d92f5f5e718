package io.github.serfhandler.converge;

/**
 * How fast a node may send. Confined to one thread. Two limits:
 *
 * <ul>
 *   <li>Its own messages lie 1/rate apart, always.
 *   <li>A token bucket that fills with the rate up to a second's worth pays for its own messages
 *       and for all those of others of our kind, so that a fleet together stays near what gossip
 *       sustains. Who has been kept waiting by it for a while may send one message nevertheless:
 *       else somebody who talks without end would silence everybody else.
 * </ul>
 */
final class Pace {
  private static final long SECOND = 1_000_000_000L;

  /** That long the bucket keeps nobody from sending a message, beside two windows. */
  private static final long PATIENCE = 4 * SECOND;

  private final int rate;
  private final long gap;
  private double tokens;
  private long filledAt;
  private long ownAt = Long.MIN_VALUE;
  private long waitingSince = Long.MAX_VALUE;

  Pace(int rate) {
    this.rate = rate;
    this.gap = SECOND / rate;
    this.tokens = rate;
    this.filledAt = Long.MIN_VALUE;
  }

  /** A message of another was heard. */
  void heard(long now) {
    fill(now);
    // The debt is bounded, so that a flood is forgotten a second after its end.
    tokens = Math.max(-rate, tokens - 1);
  }

  /** A message is sent. */
  void sent(long now) {
    fill(now);
    tokens = Math.max(-rate, tokens - 1);
    ownAt = now + gap;
    waitingSince = Long.MAX_VALUE;
  }

  /** When one's own limit lets a message through: now or before where it does. */
  long ownAt() {
    return ownAt;
  }

  /** When the bucket lets a message through; {@code now} where it does. */
  long sharedAt(long now, long window) {
    fill(now);
    if (tokens >= 1) {
      return now;
    }
    if (waitingSince == Long.MAX_VALUE) {
      waitingSince = now;
    } else if (now - waitingSince >= PATIENCE + 2 * window) {
      return now;
    }
    return now + 1 + (long) ((1 - tokens) * gap);
  }

  /** There is nothing left to say. */
  void idle() {
    waitingSince = Long.MAX_VALUE;
  }

  private void fill(long now) {
    if (filledAt != Long.MIN_VALUE) {
      tokens = Math.min(rate, tokens + (double) (now - filledAt) / gap);
    }
    filledAt = now;
  }
}
