package io.github.serfhandler.discovery;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * What a reading of the members costs that finds nothing new: the least of the last three.
 *
 * <p>The least, since a reading of 1 ms takes 40 where the machine does something else at the same
 * moment, which says nothing of what the next one takes; and of three, so that a fleet that grew is
 * paid for soon. Where many programs share a machine two of three may be slow: with the middle one
 * the last of 20 nodes had a tag after 6.5 s at worst, with the least after 1.2 s. Not thread-safe.
 */
final class Price {
  private static final int MOST = 3;

  private final ArrayDeque<Duration> last = new ArrayDeque<>(MOST);

  /** Notes what one took. */
  void add(Duration cost) {
    if (last.size() == MOST) {
      last.removeFirst();
    }
    last.addLast(cost);
  }

  /**
   * Notes what one took that also wrote. Writing, and the cold first one, cost many times as much
   * as looking: it counts where it was the cheapest nevertheless.
   */
  void addWithWriting(Duration cost) {
    if (cost.compareTo(get()) < 0) {
      add(cost);
    }
  }

  /** Zero, until there were three. */
  Duration get() {
    if (last.size() < MOST) {
      return Duration.ZERO;
    }
    Duration least = last.getFirst();
    for (Duration cost : last) {
      if (cost.compareTo(least) < 0) {
        least = cost;
      }
    }
    return least;
  }
}
