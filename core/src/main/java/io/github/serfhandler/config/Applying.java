package io.github.serfhandler.config;

import io.github.serfhandler.config.Applied.Result;
import io.github.serfhandler.config.PendingWrite.Phase;
import io.github.serfhandler.config.Settling.Standing;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Applies updates, used by whoever has the lock, once. First the records of all of them are written
 * and synced, then the files: a machine that dies at any point has the old record and the old file,
 * or the new record, by which the file is written later. Where there are several, those of a phase
 * are written at once, see {@link ParallelWrites}.
 */
final class Applying {
  /** What is held back, about at most, until it is written. */
  private static final int MAX_PENDING_BYTES = 4 * 1024 * 1024;

  /** The origin of what stood in a file without a record. */
  private static final String FOUND = "the file";

  private static final byte[] NOTHING = {};
  private static final List<Phase> PHASES = List.of(Phase.RECORD, Phase.FILE, Phase.UNMARK);

  private final FileStore store;
  private final ConfigPlaces places;
  private final ConfigFiles files;
  private final Settling settling;
  private final RecordCount count;
  private final Consumer<String> notices;
  private final int history;
  private final String time;
  private final String origin;

  private final List<Applied> results = new ArrayList<>();
  private final List<PendingWrite> pending = new ArrayList<>();

  /** In small letters, as a file system may take them for the same. */
  private final Set<String> pendingKeys = new HashSet<>();

  /** The names of products by themselves in small letters. */
  private final Map<String, String> pendingProducts = new HashMap<>();

  private int pendingBytes;
  private @Nullable StoreException failure;

  Applying(
      FileStore store,
      ConfigPlaces places,
      ConfigFiles files,
      Settling settling,
      RecordCount count,
      Consumer<String> notices,
      int history,
      String time,
      String origin) {
    this.store = store;
    this.places = places;
    this.files = files;
    this.settling = settling;
    this.count = count;
    this.notices = notices;
    this.history = history;
    this.time = time;
    this.origin = RecordHead.originOf(origin);
  }

  /**
   * Immutable: an update with what needs no lock to be computed.
   *
   * @param file the file's bytes; none of a deletion
   * @param content the content in canonical form; none of a deletion
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Ready(ConfigUpdate update, Revision revision, byte[] file, byte[] content) {
    /** Computes it, or throws RejectedException where the file would be too long. */
    static Ready of(ConfigUpdate update) {
      return update.content().isEmpty()
          ? new Ready(update, update.revision(), NOTHING, NOTHING)
          : new Ready(
              update, update.revision(), update.fileBytes(), update.content().get().canonical());
    }

    Head head(String time, String origin) {
      return new Head(revision, time, origin, update.signature(), content.length);
    }

    /** {@code replaced by version 8}. */
    String deed() {
      return (update.isDeletion() ? "removed by " : "replaced by ") + revision;
    }
  }

  /** What became of the updates, one after the other. */
  List<Applied> results() {
    return results;
  }

  /** Why the last record or file that could not be written could not. */
  @Nullable StoreException failure() {
    return failure;
  }

  void refuse(ConfigUpdate update, Result how, RuntimeException why) {
    results.add(new Applied(how, update.revision(), Optional.of(update + ": " + why.getMessage())));
  }

  /** Looks whether it is newer; what is to be written follows with {@link #end}. */
  void add(Ready ready) {
    ConfigUpdate update = ready.update();
    if (mustComeAfterPending(update) || pendingBytes > MAX_PENDING_BYTES) {
      end();
    }
    KeyPlace place = places.of(update.product(), update.key());
    Optional<RecordHead> head = settling.head(place);
    VisibleFile visible = settling.visible(place);
    if (head.isEmpty()) {
      results.add(first(place, ready, visible));
      return;
    }
    Revision stored = head.get().newest().revision();
    Result result = compare(ready.revision(), stored);
    if (!isChange(result)) {
      KeyState unused = settling.settle(place, head.get(), visible);
      results.add(new Applied(result, stored, conflict(ready, stored, result)));
      return;
    }
    Optional<RecordFile> older = settling.record(place);
    if (older.isEmpty()) {
      results.add(first(place, ready, visible));
      return;
    }
    prepare(place, ready, visible);
    Optional<String> notice = conflict(ready, stored, result);
    Standing standing = Settling.standing(head.get(), visible);
    if (standing == Standing.EDITED || standing == Standing.BROKEN) {
      notice = joined(notice, keep(place, ready, visible));
    }
    write(
        place,
        ready,
        older.get().with(ready.head(time, origin), ready.content(), history),
        visible);
    results.add(new Applied(result, ready.revision(), notice));
  }

  /** Whether it must see on the disk what is pending: the same key, or a name like it. */
  private boolean mustComeAfterPending(ConfigUpdate update) {
    String product = update.product();
    String pendingProduct = pendingProducts.get(product.toLowerCase(Locale.ROOT));
    return (pendingProduct != null && !pendingProduct.equals(product))
        || pendingKeys.contains(folded(product, update.key()));
  }

  private static String folded(String product, String key) {
    return (product + "/" + key).toLowerCase(Locale.ROOT);
  }

  /** Counting the records must find those that are pending. */
  private void beReadyToCount() {
    if (!pending.isEmpty() && count.mustCount()) {
      end();
    }
  }

  /** The key has no record: what stands in its file counts. */
  private Applied first(KeyPlace place, Ready ready, VisibleFile visible) {
    RecordFile alone = RecordFile.of(ready.head(time, origin), ready.content());
    beReadyToCount();
    if (visible.update().isEmpty()) {
      prepare(place, ready, visible);
      count.requireRoom(place);
      Optional<String> notice =
          visible.isPresent() ? Optional.of(keep(place, ready, visible)) : Optional.empty();
      write(place, ready, alone, visible);
      count.oneMore();
      return new Applied(Result.APPLIED, ready.revision(), notice);
    }
    ConfigUpdate old = visible.update().get();
    Revision stored = old.revision();
    Result result = compare(ready.revision(), stored);
    if (isChange(result)) {
      prepare(place, ready, visible);
      count.requireRoom(place);
      byte[] content = old.content().orElse(JsonObject.EMPTY).canonical();
      Head found = new Head(stored, time, FOUND, Optional.empty(), content.length);
      RecordFile before = RecordFile.of(found, content);
      write(place, ready, before.with(ready.head(time, origin), ready.content(), history), visible);
      count.oneMore();
      return new Applied(result, ready.revision(), conflict(ready, stored, result));
    }
    if (ready.revision().equals(stored) && count.hasRoom()) {
      files.writeRecord(place, alone);
      files.sync();
      count.oneMore();
    }
    return new Applied(result, stored, conflict(ready, stored, result));
  }

  /** Fails early where the file's place is taken by something else. */
  private void prepare(KeyPlace place, Ready ready, VisibleFile visible) {
    // A regular file can be replaced, as the look at it has shown.
    if (!visible.isReplaceable() || (!ready.update().isDeletion() && !visible.isPresent())) {
      store.prepare(place.file());
    }
  }

  private void write(KeyPlace place, Ready ready, RecordFile record, VisibleFile visible) {
    boolean known =
        !visible.isPresent()
            || (visible.isOurs() && record.head().indexOf(visible.update().get().revision()) >= 0);
    RecordFile written = record;
    if (!known) {
      written = record.with(new RecordHead(record.head().versions(), visible.fingerprint()));
    }
    Optional<RecordFile> unmarked = known ? Optional.empty() : Optional.of(record);
    pending.add(new PendingWrite(results.size(), place, ready, written, unmarked));
    pendingKeys.add(folded(place.product(), place.key()));
    pendingProducts.put(place.product().toLowerCase(Locale.ROOT), place.product());
    pendingBytes += ready.file().length + written.contentBytes();
  }

  /** Writes the records and, now that they are durable, the files. */
  void end() {
    boolean interrupted = false;
    try {
      for (Phase phase : PHASES) {
        // Kept back until the end: an interrupt would close the directory that is synced.
        interrupted |= run(phase);
        files.sync();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    for (PendingWrite one : pending) {
      StoreException why = one.failure();
      if (why != null) {
        tell(one, why);
      }
    }
    pending.clear();
    pendingKeys.clear();
    pendingProducts.clear();
    pendingBytes = 0;
  }

  /** Whether the thread was interrupted, which is not so any more then. */
  private boolean run(Phase phase) {
    List<PendingWrite> due = new ArrayList<>(pending.size());
    for (PendingWrite one : pending) {
      if (one.isDue(phase)) {
        due.add(one);
      }
    }
    if (due.size() > 1 && files.threads() > 1) {
      return new ParallelWrites(due, phase, files).run(files.threads());
    }
    for (PendingWrite one : due) {
      one.run(phase, files);
    }
    return false;
  }

  private void tell(PendingWrite one, StoreException why) {
    if (one.reached() == Phase.UNMARK) {
      notices.accept(
          String.valueOf(why.getMessage())); // The file is right; a later look tries again.
      return;
    }
    failure = why;
    ConfigUpdate update = one.ready().update();
    String what = one.reached() == Phase.FILE ? " is recorded, and its file follows: " : ": ";
    results.set(
        one.result(),
        new Applied(
            Result.FAILED, one.ready().revision(), Optional.of(update + what + why.getMessage())));
  }

  /** Keeps what somebody wrote, and tells of it. */
  private String keep(KeyPlace place, Ready ready, VisibleFile visible) {
    files.keepEdited(place, visible.start());
    String kept = "kept as " + place.nameOf(place.edited());
    return visible.problem().isEmpty()
        ? place.fileName() + " was edited (" + kept + "); " + ready.deed()
        : place.fileName()
            + " was not as serf-handler writes it ("
            + visible.problem()
            + ", "
            + kept
            + "); "
            + ready.deed();
  }

  private static Result compare(Revision revision, Revision stored) {
    boolean newer = revision.isNewerThan(stored);
    if (revision.version() != stored.version() || revision.equals(stored)) {
      return newer ? Result.APPLIED : Result.OLDER_OR_EQUAL;
    }
    return newer ? Result.CONFLICT_WON : Result.CONFLICT_LOST;
  }

  private static boolean isChange(Result result) {
    return result == Result.APPLIED || result == Result.CONFLICT_WON;
  }

  private static Optional<String> conflict(Ready ready, Revision stored, Result result) {
    if (result != Result.CONFLICT_WON && result != Result.CONFLICT_LOST) {
      return Optional.empty();
    }
    boolean deletion = ready.revision().deleted() || stored.deleted();
    ConfigUpdate update = ready.update();
    return Optional.of(
        update.product()
            + "/"
            + update.key()
            + " version "
            + update.version()
            + (deletion ? " is a content and a deletion" : " has two contents")
            + ", or its file was edited; every node keeps the same one of them, here "
            + (result == Result.CONFLICT_WON ? "the new one" : "the stored one")
            + ". Publish a higher version to be sure which");
  }

  private static Optional<String> joined(Optional<String> first, String second) {
    return Optional.of(first.isEmpty() ? second : first.get() + "; " + second);
  }
}
