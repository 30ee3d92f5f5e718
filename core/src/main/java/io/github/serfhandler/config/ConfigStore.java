package io.github.serfhandler.config;

import io.github.serfhandler.config.Applied.Result;
import io.github.serfhandler.config.Settling.Standing;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.StoreException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The configuration that this node holds. Thread-safe, and safe beside other processes with the
 * same directory: reading, comparing and writing are one step under a lock ({@code
 * .serf-handler/config.lock}), so that an older version never replaces a newer one. That holds
 * within one machine; a directory that several machines mount is only as safe as the locks of its
 * file system.
 *
 * <p>For each key there is a record, {@code .serf-handler/config/PRODUCT/KEY.record}, which is the
 * truth: the newest version and older ones, deletions among them. Beside it is the file that people
 * and programs read, {@code PRODUCT/KEY.json}. The record is written first; where a crash comes in
 * between, the file is written at the next touch or look. A file that somebody edited is reported
 * and never overwritten, until a newer version replaces it; a copy is kept then ({@code
 * KEY.edited}). A file without a record counts by its {@code _version} until an update brings one.
 *
 * <p>Whatever the order, repetition and loss of updates, those who have seen the newest one of a
 * key hold the same bytes.
 *
 * <p>What is amiss and mended is told to the notices, in lines without contents.
 */
public final class ConfigStore {
  /** How many older versions of a key are kept where nothing else is said. */
  public static final int DEFAULT_HISTORY = 10;

  /** How many can be kept at most. */
  public static final int MAX_HISTORY = 100;

  private final ConfigPlaces places;
  private final ConfigLock lock;
  private final FileStore store;
  private final ConfigFiles files;
  private final Settling settling;
  private final RecordCount count;
  private final Clock clock;
  private final int history;
  private final Consumer<String> notices;

  /** Whose trouble was told, so that it is told once. */
  private final Set<String> behind = ConcurrentHashMap.newKeySet();

  /**
   * The store in a configuration directory, which is made when it is needed.
   *
   * @param clock tells when a version came, for people
   * @param history how many older versions of a key are kept, 0 to {@link #MAX_HISTORY}, and less
   *     than 1 MiB of them
   * @param notices receives lines for people; called on the thread that works
   * @throws IllegalArgumentException for another history
   */
  public ConfigStore(
      Path confDir, FileStore store, Clock clock, int history, Consumer<String> notices) {
    this(
        confDir,
        store,
        clock,
        history,
        notices,
        new Inside(new ConfigFiles(store.batch()), ConfigLock.WAIT, RecordCount.MAX));
  }

  /**
   * What tests change.
   *
   * @param patience how long to wait for another one that has the lock
   */
  record Inside(ConfigFiles files, Duration patience, int maxRecords) {}

  ConfigStore(
      Path confDir,
      FileStore store,
      Clock clock,
      int history,
      Consumer<String> notices,
      Inside inside) {
    if (history < 0 || history > MAX_HISTORY) {
      throw new IllegalArgumentException("a history of " + history + ": 0 to " + MAX_HISTORY);
    }
    this.places = new ConfigPlaces(confDir);
    this.lock = new ConfigLock(confDir, inside.patience());
    this.store = store;
    this.files = inside.files();
    this.settling = new Settling(store, files, notices);
    this.count = new RecordCount(places, inside.maxRecords());
    this.clock = clock;
    this.history = history;
    this.notices = notices;
  }

  /**
   * Records an update that is newer than what is stored, writes or removes its file, and tells how
   * it was. What can not be read as stored configuration counts as older than everything.
   *
   * @param origin how it came here, one line for people; cut after 128 characters
   * @throws RejectedException where its file can not be, see {@link ConfigPlaces}, or would be too
   *     long, or there are too many keys
   * @throws StoreException where a file can not be read or written; that file is as before then. A
   *     retry is safe: where the record was written already, it writes the file
   * @throws UncheckedIOException where its directory can not be looked at
   * @throws ConfigLockException where the lock can not be had within 5 s
   * @throws InterruptedException where the thread was interrupted while it waited for the lock
   */
  public Applied apply(ConfigUpdate update, String origin) throws InterruptedException {
    Applying.Ready ready = Applying.Ready.of(update);
    ConfigLock.Held held = lock.take();
    try {
      Applying applying = applying(origin);
      applying.add(ready);
      applying.end();
      StoreException failure = applying.failure();
      if (failure != null) {
        throw failure;
      }
      return applying.results().get(0);
    } finally {
      held.release();
    }
  }

  /**
   * The same for many, at less cost: directories are synced once, not for each. What can not be
   * applied does not stop the others; its result says so.
   *
   * @return the results in the order of the updates
   * @throws ConfigLockException where the lock can not be had within 5 s; nothing was done then
   * @throws InterruptedException where the thread was interrupted while it waited for the lock
   */
  public List<Applied> applyAll(List<ConfigUpdate> updates, String origin)
      throws InterruptedException {
    ConfigLock.Held held = lock.take();
    try {
      Applying applying = applying(origin);
      for (ConfigUpdate update : updates) {
        try {
          applying.add(Applying.Ready.of(update));
        } catch (RejectedException e) {
          applying.refuse(update, Result.REJECTED, e);
        } catch (StoreException | UncheckedIOException e) {
          applying.refuse(update, Result.FAILED, e);
        }
      }
      applying.end();
      return List.copyOf(applying.results());
    } finally {
      held.release();
    }
  }

  private Applying applying(String origin) {
    String time = Utc.text(clock.millis() / 1000);
    return new Applying(store, places, files, settling, count, notices, history, time, origin);
  }

  /**
   * What is known of a key, without contents; empty where nothing is, whatever its file holds.
   *
   * @throws StoreException where the record can not be read
   * @throws InterruptedException where the thread was interrupted while it waited for the lock,
   *     which is needed for a broken record alone
   */
  public Optional<ConfigRecord> record(String product, String key) throws InterruptedException {
    KeyPlace place = placeOf(product, key);
    Optional<RecordHead> head;
    try {
      head = RecordFile.head(store, place.record());
    } catch (BrokenRecordException e) {
      KeyState unused = settled(place); // Under the lock, which sets it aside if that is so.
      return Optional.empty();
    }
    return head.isEmpty()
        ? Optional.empty()
        : Optional.of(new ConfigRecord(product, key, head.get().versions()));
  }

  /**
   * The content of one version; empty where that is not kept, or is a deletion.
   *
   * @throws StoreException where the record can not be read
   * @throws InterruptedException as {@link #record}
   */
  public Optional<JsonObject> content(String product, String key, Revision revision)
      throws InterruptedException {
    KeyPlace place = placeOf(product, key);
    try {
      Optional<RecordFile> record = RecordFile.all(store, place.record());
      int index = record.isEmpty() ? -1 : record.get().head().indexOf(revision);
      return record.isEmpty() || index < 0 || revision.deleted()
          ? Optional.empty()
          : Optional.of(record.get().content(index));
    } catch (BrokenRecordException e) {
      ConfigLock.Held held = lock.take();
      try {
        setAsideIfBroken(place, revision);
      } finally {
        held.release();
      }
      return Optional.empty();
    }
  }

  private void setAsideIfBroken(KeyPlace place, Revision revision) {
    Optional<RecordFile> record = settling.record(place);
    try {
      int index = record.isEmpty() ? -1 : record.get().head().indexOf(revision);
      if (record.isPresent() && index >= 0) {
        JsonObject unused = record.get().content(index);
      }
    } catch (BrokenRecordException e) {
      settling.setAside(place, e.reason());
    }
  }

  private KeyPlace placeOf(String product, String key) {
    ConfigUpdate.requireName("product", product);
    ConfigUpdate.requireName("key", key);
    places.requireDirectories(product);
    return places.at(product, key);
  }

  /**
   * How the keys of a product stand, those with a record and those with a file alone. Ends on the
   * way what a crash interrupted.
   *
   * @throws RejectedException where the product can have no files, see {@link ConfigPlaces}
   * @throws UncheckedIOException where its directories can not be looked at
   * @throws ConfigLockException where the lock, which is needed for what is amiss alone, can not be
   *     had within 5 s
   * @throws InterruptedException where the thread was interrupted while it waited for the lock
   */
  public SortedMap<String, KeyState> survey(String product) throws InterruptedException {
    ConfigUpdate.requireName("product", product);
    places.requireDirectories(product);
    SortedSet<String> keys = places.recordsOf(product);
    keys.addAll(places.filesOf(product));
    SortedMap<String, KeyState> states = new TreeMap<>();
    for (String key : keys) {
      KeyState state = look(places.at(product, key));
      if (state.newest().isPresent() || state.drift().isPresent()) {
        states.put(key, state);
      }
    }
    return states;
  }

  /** How one key stands; throws as {@link #survey}. */
  public KeyState state(String product, String key) throws InterruptedException {
    return look(placeOf(product, key));
  }

  /**
   * The revision that an update of a key must be newer than: by its record, else by its file. Empty
   * where neither is there, or the file is none. Throws as {@link #survey}.
   */
  public Optional<Revision> newest(String product, String key) throws InterruptedException {
    Optional<ConfigRecord> record = record(product, key);
    return record.isPresent()
        ? Optional.of(record.get().newest().revision())
        : settling.visible(placeOf(product, key)).update().map(ConfigUpdate::revision);
  }

  /** Ends what a crash interrupted, in all products; throws as {@link #survey}. */
  public void recover() throws InterruptedException {
    for (String product : products()) {
      SortedMap<String, KeyState> unused = survey(product);
    }
  }

  /** The products that have a record or a file. */
  public SortedSet<String> products() {
    return places.products();
  }

  ConfigPlaces places() {
    return places;
  }

  /** One key's state; without the lock where nothing is amiss. */
  KeyState look(KeyPlace place) throws InterruptedException {
    try {
      Optional<RecordHead> head = RecordFile.head(store, place.record());
      VisibleFile visible = settling.visible(place);
      if (head.isPresent()) {
        if (head.get().replaces().isEmpty()
            && Settling.standing(head.get(), visible) == Standing.CLEAN) {
          return new KeyState(Optional.of(head.get().newest()), Optional.empty());
        }
      } else if (RecordFile.head(store, place.record()).isEmpty()) {
        return Settling.unmanaged(visible); // There was no record when the file was looked at.
      }
    } catch (BrokenRecordException | StoreException e) {
      return settled(place);
    }
    return settled(place);
  }

  /** One key's state under the lock, where nobody is in the middle of an update. */
  private KeyState settled(KeyPlace place) throws InterruptedException {
    ConfigLock.Held held = lock.take();
    try {
      KeyState state = settling.settle(place);
      behind.remove(place.toString());
      return state;
    } catch (StoreException e) {
      if (behind.add(place.toString())) {
        notices.accept(place.fileName() + " is not as its record says: " + e.getMessage());
      }
      return new KeyState(newest(place), Optional.of(Drift.BEHIND));
    } finally {
      held.release();
    }
  }

  private Optional<Head> newest(KeyPlace place) {
    try {
      Optional<RecordHead> head = RecordFile.head(store, place.record());
      return head.isEmpty() ? Optional.empty() : Optional.of(head.get().newest());
    } catch (BrokenRecordException | StoreException e) {
      return Optional.empty(); // Told already.
    }
  }

  /**
   * Makes the file of a key what its record says, whoever edited it; what it was is kept as {@code
   * KEY.edited} then. Empty where there is no record.
   *
   * @throws RejectedException as {@link #apply}
   * @throws StoreException where a file can not be read or written
   * @throws ConfigLockException where the lock can not be had within 5 s
   * @throws InterruptedException where the thread was interrupted while it waited for the lock
   */
  public Optional<Applied> restore(String product, String key) throws InterruptedException {
    KeyPlace checked = placeOf(product, key);
    ConfigLock.Held held = lock.take();
    try {
      KeyPlace place = places.of(product, checked.key());
      Optional<RecordHead> head = settling.head(place);
      return head.isEmpty() ? Optional.empty() : restored(place, head.get());
    } finally {
      held.release();
    }
  }

  private Optional<Applied> restored(KeyPlace place, RecordHead head) {
    VisibleFile visible = settling.visible(place);
    Revision revision = head.newest().revision();
    Standing standing = Settling.standing(head, visible);
    if (standing == Standing.LEFT_OVER) {
      KeyState state = settling.settle(place, head, visible);
      return state.newest().isEmpty()
          ? Optional.empty()
          : Optional.of(new Applied(Result.APPLIED, revision, Optional.empty()));
    }
    if (standing == Standing.CLEAN && (!visible.isPresent() || visible.isOurs())) {
      return Optional.of(new Applied(Result.OLDER_OR_EQUAL, revision, Optional.empty()));
    }
    if (!visible.isReplaceable()) {
      store.prepare(place.file());
    }
    Optional<String> notice = Optional.empty();
    if (standing != Standing.CLEAN) {
      files.keepEdited(place, visible.start());
      files.sync();
      notice =
          Optional.of(
              place.fileName()
                  + " was edited (kept as "
                  + place.nameOf(place.edited())
                  + "); now "
                  + revision
                  + " again");
    }
    if (!settling.write(place, head)) {
      return Optional.empty();
    }
    files.sync();
    return Optional.of(new Applied(Result.APPLIED, revision, notice));
  }
}
