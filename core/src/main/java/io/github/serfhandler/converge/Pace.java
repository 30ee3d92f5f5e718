package io.github.serfhandler.converge;

/**
 * How fast a node may send. Confined to one thread. Two limits:
 *
 * <ul>
 *   <li>Its own messages lie 1/rate apart, always.
 *   <li>A small token bucket that fills with the rate pays for its own messages and for all those
 *       of others of our kind, so that a fleet together stays near what gossip sustains. Who has
 *       been kept waiting by it for a while may send one message nevertheless: else somebody who
 *       talks without end would silence everybody else.
 * </ul>
 */
final class Pace {
  private static final long SECOND = 1_000_000_000L;

  /**
   * For how many seconds' worth the bucket has room. Not many: whoever is about to speak when it is
   * full hears of the others that are only after a delay, in which they become more and more.
   */
  private static final double BURST = 0.25;

  /** How many seconds' worth can be owed: so long after its end a flood is forgotten. */
  private static final double DEBT = 2;

  /** So long the bucket may keep a message from being sent at least, beside two windows. */
  private static final long PATIENCE = 4 * SECOND;

  private final double burst;
  private final double debt;
  private final long gap;
  private double tokens;
  private long filledAt;
  private long ownAt = Long.MIN_VALUE;
  private long waitingSince = Long.MAX_VALUE;
  private long patience;
  private long emptyAt = Long.MIN_VALUE;

  Pace(int rate) {
    this.burst = Math.max(1, rate * BURST);
    this.debt = rate * DEBT;
    this.gap = SECOND / rate;
    this.tokens = burst;
    this.filledAt = Long.MIN_VALUE;
  }

  /** A message of another was heard. */
  void heard(long now) {
    take(now);
  }

  /** A message is sent. */
  void sent(long now) {
    take(now);
    ownAt = now + gap;
    waitingSince = Long.MAX_VALUE;
  }

  /** When one's own limit lets a message through: now or before where it does. */
  long ownAt() {
    return ownAt;
  }

  /**
   * When the bucket lets a message through; {@code now} where it does.
   *
   * @param windows of a fleet of that size: the larger it is the longer is everybody's patience, so
   *     that all those who lose it send half of what the rate allows, together
   */
  long sharedAt(long now, Windows windows) {
    fill(now);
    if (tokens >= 1) {
      return now;
    }
    if (waitingSince == Long.MAX_VALUE) {
      waitingSince = now;
      long together = 2 * gap * windows.nodes();
      long least = Math.max(together, PATIENCE + 2 * windows.window());
      patience = least / 2 + windows.alone(least);
    } else if (now - waitingSince >= patience) {
      return now;
    }
    return now + 1 + (long) ((1 - tokens) * gap);
  }

  /** Whether the bucket was empty at any moment since then. */
  boolean wasEmptySince(long time) {
    return emptyAt > time;
  }

  /** Whether more than one or two others talk, too. */
  boolean isCrowded(long now) {
    fill(now);
    return tokens < -1;
  }

  /** There is nothing left to say. */
  void idle() {
    waitingSince = Long.MAX_VALUE;
  }

  private void take(long now) {
    fill(now);
    tokens = Math.max(-debt, tokens - 1);
    if (tokens < 1) {
      emptyAt = now;
    }
  }

  private void fill(long now) {
    if (filledAt != Long.MIN_VALUE) {
      tokens = Math.min(burst, tokens + (double) (now - filledAt) / gap);
    }
    filledAt = now;
  }
}
