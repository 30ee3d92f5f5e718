package io.github.serfhandler.config;

import io.github.serfhandler.config.Applying.Ready;
import io.github.serfhandler.store.StoreException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an update writes: its record and, when that is durable, its file. Used by one thread at a
 * time.
 */
final class PendingWrite {
  /** The order of the writes; between two of them the directories are synced. */
  enum Phase {
    RECORD,
    /** The file is written, or removed. */
    FILE,
    /** The record is written without what it said of the file that was replaced. */
    UNMARK
  }

  private final int result;
  private final KeyPlace place;
  private final Ready ready;
  private final RecordFile record;
  private final Optional<RecordFile> unmarked;
  private @Nullable StoreException failure;
  private Phase reached = Phase.RECORD;

  /**
   * A write.
   *
   * @param result where its result is among the others
   * @param unmarked what the record is in the end, where that is another one
   */
  PendingWrite(
      int result, KeyPlace place, Ready ready, RecordFile record, Optional<RecordFile> unmarked) {
    this.result = result;
    this.place = place;
    this.ready = ready;
    this.record = record;
    this.unmarked = unmarked;
  }

  int result() {
    return result;
  }

  Ready ready() {
    return ready;
  }

  /** Why it failed; null where it did not. */
  @Nullable StoreException failure() {
    return failure;
  }

  /** The last phase that was begun: the one that failed, where one did. */
  Phase reached() {
    return reached;
  }

  /** Whether there is something to do: nothing after a failure. */
  boolean isDue(Phase phase) {
    return failure == null && (phase != Phase.UNMARK || unmarked.isPresent());
  }

  /** Does it, and keeps the failure. */
  void run(Phase phase, ConfigFiles files) {
    reached = phase;
    try {
      if (phase == Phase.RECORD) {
        files.writeRecord(place, record);
      } else if (phase == Phase.UNMARK) {
        files.writeRecord(place, unmarked.orElse(record));
      } else if (ready.update().isDeletion()) {
        files.removeFile(place);
      } else {
        files.writeFile(place, ready.file());
      }
    } catch (StoreException e) {
      failure = e;
    }
  }

  @Override
  public String toString() {
    return place + " " + reached;
  }
}
