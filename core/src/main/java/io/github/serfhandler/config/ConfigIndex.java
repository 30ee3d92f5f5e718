package io.github.serfhandler.config;

import io.github.serfhandler.store.StoreException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * What this node holds of the products that it is interested in, in memory and without contents:
 * some 500 bytes for a key. Thread-safe; one thread refreshes at a time, the others read what was
 * known before meanwhile.
 *
 * <p>Refreshing looks at files from outside (inode, size, time) and reads those that changed, so it
 * can be done every few seconds. It also ends what a crash interrupted, as {@link
 * ConfigStore#survey} does.
 */
public final class ConfigIndex {
  private final ConfigStore store;
  private final Clock clock;
  private final Map<String, Product> products = new ConcurrentHashMap<>();

  /** An empty index; {@link #refresh(Collection)} fills it. */
  public ConfigIndex(ConfigStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** The keys of a product, and how its directories looked before they were read. */
  private static final class Product {
    final ConcurrentSkipListMap<String, IndexEntry> keys = new ConcurrentSkipListMap<>();
    @Nullable FileLook records;
    @Nullable FileLook files;
  }

  /**
   * Immutable: that a key is not as it was at the refresh before.
   *
   * @param before what was known; empty where nothing was
   * @param now what is known; empty where there is nothing any more
   */
  public record Change(
      String product, String key, Optional<IndexEntry> before, Optional<IndexEntry> now) {}

  /**
   * Immutable: what a refresh found.
   *
   * @param changes in the order of the products and keys
   * @param problems one line for each product that could not be looked at to the end; what was
   *     known of the rest stays
   */
  public record Refreshed(List<Change> changes, List<String> problems) {}

  /**
   * Looks at the products, and forgets all others.
   *
   * @throws InterruptedException where the thread was interrupted while it waited for the lock
   */
  public synchronized Refreshed refresh(Collection<String> interesting)
      throws InterruptedException {
    List<Change> changes = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String product : new TreeSet<>(products.keySet())) {
      if (!interesting.contains(product)) {
        forget(product, changes);
      }
    }
    for (String product : new TreeSet<>(interesting)) {
      try {
        refresh(product, changes);
      } catch (RejectedException | StoreException | ConfigLockException | UncheckedIOException e) {
        problems.add(product + ": " + e.getMessage());
      }
    }
    return new Refreshed(List.copyOf(changes), List.copyOf(problems));
  }

  /**
   * Looks at one key of a product that is known, as after applying an update.
   *
   * @throws RejectedException where it can have no files
   * @throws ConfigLockException where the lock can not be had within 5 s
   * @throws InterruptedException where the thread was interrupted while it waited for the lock
   */
  public synchronized Optional<Change> refresh(String product, String key)
      throws InterruptedException {
    Product known = products.get(product);
    if (known == null) {
      return Optional.empty();
    }
    ConfigUpdate.requireName("key", key);
    store.places().requireDirectories(product);
    List<Change> changes = new ArrayList<>();
    KeyPlace place = store.places().at(product, key);
    look(known, place, FileLook.of(place.record()), FileLook.of(place.file()), changes);
    return changes.isEmpty() ? Optional.empty() : Optional.of(changes.get(0));
  }

  private void forget(String product, List<Change> changes) {
    Product forgotten = products.remove(product);
    if (forgotten != null) {
      for (Map.Entry<String, IndexEntry> key : forgotten.keys.entrySet()) {
        changes.add(
            new Change(product, key.getKey(), Optional.of(key.getValue()), Optional.empty()));
      }
    }
  }

  private void refresh(String product, List<Change> changes) throws InterruptedException {
    ConfigUpdate.requireName("product", product);
    ConfigPlaces places = store.places();
    places.requireDirectories(product);
    Product known = products.get(product);
    if (known == null) {
      known = new Product();
      products.put(product, known);
    }
    long now = clock.millis();
    FileLook records = FileLook.of(places.records(product));
    FileLook files = FileLook.of(places.directory(product));
    boolean sameRecords = records.equals(known.records);
    Set<String> keys = known.keys.keySet();
    if (!sameRecords || !files.equals(known.files)) {
      keys = places.recordsOf(product);
      keys.addAll(places.filesOf(product));
      remove(known, product, keys, changes);
    }
    for (String key : keys) {
      KeyPlace place = places.at(product, key);
      IndexEntry before = known.keys.get(key);
      // A record is replaced, never written into, so where its directory is the same it is, too.
      FileLook record = sameRecords && before != null ? before.record() : null;
      if (record == null) {
        record = FileLook.of(place.record());
      }
      FileLook file = FileLook.of(place.file());
      if (before == null || !record.equals(before.record()) || !file.equals(before.file())) {
        look(known, place, record, file, changes);
      }
    }
    known.records = records.isSettled(now) ? records : null;
    known.files = files.isSettled(now) ? files : null;
  }

  private static void remove(
      Product known, String product, Set<String> present, List<Change> changes) {
    for (String key : known.keys.keySet()) {
      if (!present.contains(key)) {
        changes.add(
            new Change(
                product, key, Optional.ofNullable(known.keys.remove(key)), Optional.empty()));
      }
    }
  }

  private void look(
      Product known, KeyPlace place, FileLook record, FileLook file, List<Change> changes)
      throws InterruptedException {
    long now = clock.millis();
    KeyState state = store.look(place);
    Optional<IndexEntry> before = Optional.ofNullable(known.keys.get(place.key()));
    if (state.newest().isEmpty() && state.drift().isEmpty()) {
      if (before.isPresent()) {
        known.keys.remove(place.key());
        changes.add(new Change(place.product(), place.key(), before, Optional.empty()));
      }
      return;
    }
    boolean again = state.drift().equals(Optional.of(Drift.BEHIND));
    IndexEntry found =
        IndexEntry.of(
            state,
            again || !record.isSettled(now) ? null : record,
            again || !file.isSettled(now) ? null : file);
    known.keys.put(place.key(), found);
    if (before.isEmpty() || !before.get().equals(found)) {
      changes.add(new Change(place.product(), place.key(), before, Optional.of(found)));
    }
  }

  /** The keys of a product as they are known now; can not be changed, but may change by itself. */
  public SortedMap<String, IndexEntry> keys(String product) {
    Product known = products.get(product);
    return known == null
        ? Collections.emptySortedMap()
        : Collections.unmodifiableSortedMap(known.keys);
  }

  /** What is known of a key. */
  public Optional<IndexEntry> key(String product, String key) {
    Product known = products.get(product);
    return known == null ? Optional.empty() : Optional.ofNullable(known.keys.get(key));
  }
}
