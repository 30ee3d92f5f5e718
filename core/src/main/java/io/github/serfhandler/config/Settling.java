package io.github.serfhandler.config;

import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.store.FileStore;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Compares a file with the record of its key and ends what a crash interrupted. Used by whoever has
 * the lock, but for what is static.
 */
final class Settling {
  /** How a file stands to its record. */
  enum Standing {
    /** It is what the newest version says. */
    CLEAN,
    /** It is missing, or is what a newer version was about to replace: a crash can have left it. */
    LEFT_OVER,
    /** It holds another configuration. */
    EDITED,
    /** It holds none. */
    BROKEN
  }

  private final FileStore store;
  private final ConfigFiles files;
  private final Consumer<String> notices;

  Settling(FileStore store, ConfigFiles files, Consumer<String> notices) {
    this.store = store;
    this.files = files;
    this.notices = notices;
  }

  static Standing standing(RecordHead head, VisibleFile visible) {
    if (!visible.isPresent()) {
      return head.newest().revision().deleted() ? Standing.CLEAN : Standing.LEFT_OVER;
    }
    if (!head.replaces().isEmpty() && head.replaces().equals(visible.fingerprint())) {
      return Standing.LEFT_OVER;
    }
    if (visible.update().isEmpty()) {
      return Standing.BROKEN;
    }
    int version = head.indexOf(visible.update().get().revision());
    if (version == 0) {
      return Standing.CLEAN; // In whatever layout: that is no other configuration.
    }
    return version > 0 && visible.isOurs() ? Standing.LEFT_OVER : Standing.EDITED;
  }

  /** The head of a key's record; empty where there is none, or it was broken and is set aside. */
  Optional<RecordHead> head(KeyPlace place) {
    try {
      return RecordFile.head(store, place.record());
    } catch (BrokenRecordException e) {
      setAside(place, e.reason());
      return Optional.empty();
    }
  }

  /** The same with the contents. */
  Optional<RecordFile> record(KeyPlace place) {
    try {
      return RecordFile.all(store, place.record());
    } catch (BrokenRecordException e) {
      setAside(place, e.reason());
      return Optional.empty();
    }
  }

  VisibleFile visible(KeyPlace place) {
    return VisibleFile.of(store, place.file(), place.product(), place.key());
  }

  /** The key's state, after ending what was interrupted. */
  KeyState settle(KeyPlace place) {
    Optional<RecordHead> head = head(place);
    VisibleFile visible = visible(place);
    return head.isEmpty() ? unmanaged(visible) : settle(place, head.get(), visible);
  }

  static KeyState unmanaged(VisibleFile visible) {
    return new KeyState(
        Optional.empty(), visible.isPresent() ? Optional.of(Drift.UNMANAGED) : Optional.empty());
  }

  KeyState settle(KeyPlace place, RecordHead head, VisibleFile visible) {
    Optional<Head> newest = Optional.of(head.newest());
    Standing standing = standing(head, visible);
    if (standing == Standing.EDITED || standing == Standing.BROKEN) {
      return new KeyState(
          newest, Optional.of(standing == Standing.EDITED ? Drift.EDITED : Drift.BROKEN));
    }
    if (standing == Standing.LEFT_OVER) {
      if (!write(place, head)) {
        return unmanaged(visible);
      }
      files.sync();
      notices.accept(told(place, head.newest().revision(), visible));
    }
    if (!head.replaces().isEmpty()) {
      Optional<RecordFile> record = record(place);
      if (record.isPresent()) {
        files.writeRecord(place, record.get().with(head.replaced()));
        files.sync();
      }
    }
    return new KeyState(newest, Optional.empty());
  }

  private static String told(KeyPlace place, Revision newest, VisibleFile visible) {
    String was = visible.isPresent() ? " was not yet " + newest : " was missing";
    return place.fileName()
        + was
        + ", as after a crash; "
        + (newest.deleted() ? "removed" : "written as " + newest)
        + " by its record";
  }

  /**
   * Makes the file what the newest version says, to be synced; false where the record turns out to
   * be broken and is set aside.
   */
  boolean write(KeyPlace place, RecordHead head) {
    if (head.newest().revision().deleted()) {
      files.removeFile(place);
      return true;
    }
    Optional<RecordFile> record = record(place);
    if (record.isEmpty()) {
      return false;
    }
    byte[] bytes;
    try {
      JsonObject content = record.get().content(0);
      long version = head.newest().revision().version();
      bytes = new ConfigUpdate(place.product(), place.key(), version, content).fileBytes();
    } catch (BrokenRecordException e) {
      setAside(place, e.reason());
      return false;
    } catch (RejectedException e) {
      setAside(place, e.reason());
      return false;
    }
    files.writeFile(place, bytes);
    return true;
  }

  /** Keeps a broken record for people to look at; the file counts as it is from now on. */
  void setAside(KeyPlace place, String reason) {
    files.setRecordAside(place.record(), place.broken());
    files.sync();
    notices.accept(
        place.nameOf(place.record())
            + " is broken ("
            + reason
            + "); kept as "
            + place.nameOf(place.broken())
            + ", and "
            + place.fileName()
            + " counts as it is");
  }
}
