package io.github.serfhandler.etcd;

import io.github.serfhandler.source.KeyLayout.Place;
import io.github.serfhandler.source.SourceEntry;
import io.github.serfhandler.source.SourceFeed;
import io.github.serfhandler.source.SourceListing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what a source tells; thread-safe. A listing replaces what it held, as the runner does. */
final class RecordingFeed implements SourceFeed {
  final List<String> lineages = new CopyOnWriteArrayList<>();
  final List<Long> ends = new CopyOnWriteArrayList<>();
  final List<Integer> pages = new CopyOnWriteArrayList<>();
  final List<List<SourceEntry>> changes = new CopyOnWriteArrayList<>();
  final List<String> standbys = new CopyOnWriteArrayList<>();
  final Map<String, String> skipped = new ConcurrentSkipListMap<>();
  final Map<String, String> unusable = new ConcurrentHashMap<>();
  final AtomicInteger resumes = new AtomicInteger();
  final List<Set<Place>> expected = new CopyOnWriteArrayList<>();

  /** Run where a listing begins, and where it goes on without one. */
  volatile Runnable onList = () -> {};

  volatile Runnable onResumed = () -> {};
  private final Map<String, SourceEntry> held = new TreeMap<>();

  @Override
  public SourceListing list(String lineage) {
    lineages.add(lineage);
    onList.run();
    Map<String, SourceEntry> found = new TreeMap<>();
    return new SourceListing() {
      @Override
      public void found(List<SourceEntry> entries) {
        pages.add(entries.size());
        for (SourceEntry entry : entries) {
          if (found.put(entry.name(), entry) != null) {
            throw new IllegalStateException(entry.name() + " was found twice");
          }
        }
      }

      @Override
      public void unusable(String product, String key, String reason) {
        unusable.put(product + "/" + key, reason);
      }

      @Override
      public void end(long revision) {
        // The values and the count together: whoever waits for one of them looks at the other.
        synchronized (held) {
          held.clear();
          held.putAll(found);
          ends.add(revision);
        }
      }
    };
  }

  @Override
  public void resumed() {
    resumes.incrementAndGet();
    onResumed.run();
  }

  @Override
  public void changed(List<SourceEntry> entries) {
    synchronized (held) {
      for (SourceEntry entry : entries) {
        if (entry.isDeletion()) {
          held.remove(entry.name());
        } else {
          held.put(entry.name(), entry);
        }
      }
      changes.add(List.copyOf(entries));
    }
  }

  @Override
  public void skipped(String name, String reason) {
    skipped.put(name, reason);
  }

  @Override
  public void expects(String lineage, Set<Place> keys) {
    expected.add(Set.copyOf(keys));
  }

  @Override
  public void standby(String reason) {
    standbys.add(reason);
  }

  int listings() {
    return ends.size();
  }

  /** What is there, name to value. */
  Map<String, String> values() {
    Map<String, String> values = new TreeMap<>();
    synchronized (held) {
      held.forEach(
          (name, entry) ->
              values.put(
                  name, new String(entry.value().orElseThrow().bytes(), StandardCharsets.UTF_8)));
    }
    return values;
  }

  Optional<SourceEntry> entry(String name) {
    synchronized (held) {
      return Optional.ofNullable(held.get(name));
    }
  }

  /** All changes, one after the other. */
  List<SourceEntry> allChanges() {
    List<SourceEntry> all = new ArrayList<>();
    changes.forEach(all::addAll);
    return all;
  }
}
