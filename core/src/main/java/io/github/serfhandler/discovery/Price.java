package io.github.serfhandler.discovery;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * What a reading of the members costs that finds nothing new: the middle one of the last three.
 *
 * <p>Not the last one, since a reading of 1 ms takes 40 where the machine does something else at
 * the same moment, which says nothing of what the next one takes. Not the least either, for which
 * all would be done too often. Not thread-safe.
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
   * as looking: it counts where it was cheaper nevertheless.
   */
  void addWithWriting(Duration cost) {
    if (cost.compareTo(get()) < 0) {
      add(cost);
    }
  }

  /** Zero, until there were three. */
  Duration get() {
    return last.size() < MOST
        ? Duration.ZERO
        : last.stream().sorted().skip(MOST / 2).findFirst().orElseThrow();
  }
}
