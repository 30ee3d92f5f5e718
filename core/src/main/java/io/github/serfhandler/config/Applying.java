package io.github.serfhandler.config;

import io.github.serfhandler.config.Applied.Result;
import io.github.serfhandler.config.Settling.Standing;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Applies updates, used by whoever has the lock, once. First the records of all of them are written
 * and synced, then the files: a machine that dies at any point has the old record and the old file,
 * or the new record, by which the file is written later.
 */
final class Applying {
  /** What is held back at most until the records are synced. */
  private static final int MAX_PENDING_BYTES = 4 * 1024 * 1024;

  /** The origin of what stood in a file without a record. */
  private static final String FOUND = "the file";

  private static final byte[] NOTHING = {};

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
  private final List<Pending> pending = new ArrayList<>();
  private final Set<String> pendingKeys = new HashSet<>();
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

  /** A file that is to be written, or removed, when its record is durable. */
  private record Pending(int result, KeyPlace place, Ready ready, Optional<RecordFile> marked) {}

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

  /** Why the last file that could not be written could not. */
  @Nullable StoreException failure() {
    return failure;
  }

  void refuse(ConfigUpdate update, Result how, RuntimeException why) {
    results.add(new Applied(how, update.revision(), Optional.of(update + ": " + why.getMessage())));
  }

  /** Writes its record where it is newer; the file follows with {@link #end}. */
  void add(Ready ready) {
    ConfigUpdate update = ready.update();
    KeyPlace place = places.of(update.product(), update.key());
    if (pendingKeys.contains(place.toString()) || pendingBytes > MAX_PENDING_BYTES) {
      end();
    }
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

  /** The key has no record: what stands in its file counts. */
  private Applied first(KeyPlace place, Ready ready, VisibleFile visible) {
    RecordFile alone = RecordFile.of(ready.head(time, origin), ready.content());
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
    if (!ready.update().isDeletion() || !visible.isReplaceable()) {
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
    files.writeRecord(place, written);
    Optional<RecordFile> marked = known ? Optional.empty() : Optional.of(record);
    pending.add(new Pending(results.size(), place, ready, marked));
    pendingKeys.add(place.toString());
    pendingBytes += ready.file().length + (known ? 0 : RecordFile.MAX_HISTORY_BYTES);
  }

  /** Writes the files, now that their records are durable. */
  void end() {
    files.sync();
    for (Pending one : pending) {
      try {
        if (one.ready().update().isDeletion()) {
          files.removeFile(one.place());
        } else {
          files.writeFile(one.place(), one.ready().file());
        }
      } catch (StoreException e) {
        failure = e;
        fail(one, e);
      }
    }
    files.sync();
    for (Pending one : pending) {
      if (one.marked().isPresent() && results.get(one.result()).result() != Result.FAILED) {
        unmark(one.place(), one.marked().get());
      }
    }
    files.sync();
    pending.clear();
    pendingKeys.clear();
    pendingBytes = 0;
  }

  private void fail(Pending one, StoreException why) {
    ConfigUpdate update = one.ready().update();
    String notice = update + " is recorded, and its file follows: " + why.getMessage();
    results.set(
        one.result(), new Applied(Result.FAILED, one.ready().revision(), Optional.of(notice)));
  }

  private void unmark(KeyPlace place, RecordFile record) {
    try {
      files.writeRecord(place, record);
    } catch (StoreException e) {
      notices.accept(
          String.valueOf(e.getMessage())); // The file is right; a later look tries again.
    }
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
