package io.github.serfhandler.source;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.serfhandler.source.KeyLayout.Place;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * When which keys are to be compared with their store once more. Each time that a key is overruled
 * soon after the last time the wait doubles, so that two who disagree on it (two stores with other
 * values for it) cost a message now and then, and no flood; what could not be compared for now is
 * tried again within seconds. Thread-safe; bounded by the number of keys of the source.
 */
final class Rechecks {
  private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);
  private static final long LONGEST_OF_FAILURE = TimeUnit.SECONDS.toNanos(10);

  /** Quiet for so long, a key begins anew. */
  private static final long QUIET = 2 * LONGEST;

  private static final class Entry {
    boolean waiting;
    long due;
    long last;

    /** The wait before the last time that it was overruled; 0 where it was not. */
    long disagreement;

    /** The wait before the last try that failed; 0 where none did. */
    long failure;
  }

  @GuardedBy("this")
  private final Map<Place, Entry> entries = new HashMap<>();

  /** Another one changed the key; one that waits already keeps its time. */
  synchronized void disagreed(Place place, long now) {
    Entry entry = entries.computeIfAbsent(place, p -> new Entry());
    if (!entry.waiting) {
      boolean fresh = entry.disagreement == 0 || now - entry.last > QUIET;
      entry.disagreement = fresh ? FIRST : Math.min(LONGEST, entry.disagreement * 2);
      entry.failure = 0;
      await(entry, now, entry.disagreement);
    }
  }

  /** The key could not be compared, or what came of it not be stored. */
  synchronized void failed(Place place, long now) {
    Entry entry = entries.computeIfAbsent(place, p -> new Entry());
    if (!entry.waiting) {
      entry.failure = entry.failure == 0 ? FIRST : Math.min(LONGEST_OF_FAILURE, entry.failure * 2);
      await(entry, now, entry.failure);
    }
  }

  private static void await(Entry entry, long now, long wait) {
    entry.last = now;
    entry.due = now + wait;
    entry.waiting = true;
  }

  /** Takes one out whose time has come; forgets those that have been quiet. */
  synchronized Optional<Place> due(long now) {
    Iterator<Map.Entry<Place, Entry>> all = entries.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Place, Entry> next = all.next();
      Entry entry = next.getValue();
      if (entry.waiting && now - entry.due >= 0) {
        entry.waiting = false;
        return Optional.of(next.getKey());
      }
      if (!entry.waiting && now - entry.last > QUIET) {
        all.remove();
      }
    }
    return Optional.empty();
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

  /** Nothing is to be compared any more. */
  synchronized void clear() {
    entries.clear();
  }
}
