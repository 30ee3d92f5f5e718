package io.github.serfhandler.source;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.serfhandler.source.KeyLayout.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * When which keys are to be compared with their store once more. Each time a key comes back soon
 * the wait doubles, so that two who disagree on a key (two stores with other values for it) cost a
 * message now and then, and no flood. Thread-safe; bounded by the number of keys of the source.
 */
final class Rechecks {
  private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);

  /** Quiet for so long, a key begins anew. */
  private static final long QUIET = 2 * LONGEST;

  private static final class Entry {
    boolean waiting;
    long due;
    long wait;
    long last;
  }

  @GuardedBy("this")
  private final Map<Place, Entry> entries = new HashMap<>();

  /** A key is to be compared; a key that waits already keeps its time. */
  synchronized void add(Place place, long now) {
    Entry entry = entries.computeIfAbsent(place, p -> new Entry());
    if (entry.waiting) {
      return;
    }
    boolean fresh = entry.wait == 0 || now - entry.last > QUIET;
    entry.wait = fresh ? FIRST : Math.min(LONGEST, entry.wait * 2);
    entry.last = now;
    entry.due = now + entry.wait;
    entry.waiting = true;
  }

  /** Takes those out whose time has come, and forgets those that have been quiet. */
  synchronized List<Place> due(long now) {
    List<Place> places = new ArrayList<>();
    Iterator<Map.Entry<Place, Entry>> all = entries.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Place, Entry> next = all.next();
      Entry entry = next.getValue();
      if (entry.waiting && now - entry.due >= 0) {
        entry.waiting = false;
        places.add(next.getKey());
      } else if (!entry.waiting && now - entry.last > QUIET) {
        all.remove();
      }
    }
    return places;
  }

  /** What waits need wait no longer, as when a store is back that could not be asked. */
  synchronized void allDue(long now) {
    for (Entry entry : entries.values()) {
      entry.due = now;
    }
  }

  /** How long until the next one is due, at most {@code most}; nanoseconds. */
  synchronized long untilNext(long now, long most) {
    long wait = most;
    for (Entry entry : entries.values()) {
      if (entry.waiting) {
        wait = Math.min(wait, Math.max(0, entry.due - now));
      }
    }
    return wait;
  }
}
