package io.github.serfhandler.converge;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Differences that stay, whatever is said: another node refuses a version by a rule or a signature,
 * or can not be sent one that is too long. Without this they would keep all timers at their
 * shortest for good. Confined to one thread.
 *
 * <p>A difference is told by the sum of the other one; what is held here is the same until {@link
 * #reset}. One that was heard {@link #PATIENCE} times stands from then on, and is worth an answer
 * once in the longest interval, so that it heals when its reason is gone.
 */
final class Quarrels {
  /** So often the same difference is heard before it stands. */
  static final int PATIENCE = 16;

  /** So many differences are known; of more the oldest is begun anew. */
  static final int MOST = 32;

  /** How one stands. */
  enum Standing {
    /** It may still be settled. */
    OPEN,
    /** It stands, and nobody need answer now. */
    QUIET,
    /** It stands, and is answered once again. */
    DUE
  }

  private static final class Quarrel {
    int heard;
    long answeredAt;
  }

  private final long between;
  private final Map<Sum, Quarrel> quarrels = new LinkedHashMap<>(2);

  /** Answers standing differences so seldom, in nanoseconds. */
  Quarrels(long between) {
    this.between = between;
  }

  /** Another tells a sum that differs from what is held here. */
  Standing heard(Sum theirs, long now) {
    Quarrel quarrel = quarrels.get(theirs);
    if (quarrel == null) {
      quarrel = new Quarrel();
      quarrels.put(theirs, quarrel);
      if (quarrels.size() > MOST) {
        Iterator<Sum> oldest = quarrels.keySet().iterator();
        Sum ignored = oldest.next();
        oldest.remove();
      }
    }
    quarrel.heard = Math.min(quarrel.heard + 1, PATIENCE + 1);
    if (quarrel.heard <= PATIENCE) {
      quarrel.answeredAt = now;
      return Standing.OPEN;
    }
    if (now - quarrel.answeredAt < between) {
      return Standing.QUIET;
    }
    quarrel.answeredAt = now;
    return Standing.DUE;
  }

  /** Whether any difference stands. */
  boolean stand() {
    for (Quarrel quarrel : quarrels.values()) {
      if (quarrel.heard > PATIENCE) {
        return true;
      }
    }
    return false;
  }

  /** What is held here has changed: none of them is what it was. */
  void reset() {
    quarrels.clear();
  }
}
