package io.github.serfhandler.resident;

import java.util.TreeSet;

/**
 * The Lamport times of the user events of one connection. Confined to one thread.
 *
 * <p>Who sends a user event takes the next time of its clock, and who receives it sets its own
 * clock past that ({@code UserEvent} and {@code handleUserEvent} in {@code serf.go}, 0.9.4), so
 * that the times are dense: one that never comes belongs to an event that was missed, or that Serf
 * coalesced away. Events overtake each other, so a time is only missing until it comes. Queries
 * tell nothing: Serf asks some of its own, and those for other nodes do not come here.
 */
final class EventTimes {
  private final int most;
  private final TreeSet<Long> missing = new TreeSet<>(Long::compareUnsigned);
  private boolean begun;
  private long newest;

  /**
   * No times yet.
   *
   * @param most how many missing times are kept; a leap over more tells nothing that one could
   *     count
   */
  EventTimes(int most) {
    this.most = most;
  }

  /** A new connection: what came before it is no measure. */
  void connected() {
    begun = false;
    missing.clear();
  }

  /**
   * An event of that time came.
   *
   * @return how many times are missing since: 0 for the next one in turn, -1 for one that was
   *     missing, {@code Integer.MAX_VALUE} for a leap that can not be counted
   */
  int arrived(long ltime) {
    if (!begun) {
      begun = true;
      newest = ltime;
      return 0;
    }
    if (Long.compareUnsigned(ltime, newest) <= 0) {
      return missing.remove(ltime) ? -1 : 0;
    }
    long between = ltime - newest - 1;
    long first = newest + 1;
    newest = ltime;
    if (Long.compareUnsigned(between, most) > 0) {
      return Integer.MAX_VALUE;
    }
    for (long time = first; time != ltime; time++) {
      boolean ignored = missing.add(time);
    }
    while (missing.size() > most) {
      long ignored = missing.pollFirst();
    }
    return (int) between;
  }
}
