package io.github.serfhandler.config;

import io.github.serfhandler.store.Batch;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The steps in which the store changes what is on the disk. Used by whoever has the lock, who may
 * write different files on several threads. Each step is done or not done, whenever the process
 * dies; tests end it between any two.
 */
class ConfigFiles {
  private static final int THREADS = 4;

  private final Batch batch;

  ConfigFiles(Batch batch) {
    this.batch = batch;
  }

  /** How many threads may write at once. */
  int threads() {
    return THREADS;
  }

  /** Keeps what somebody wrote into the file. */
  void keepEdited(KeyPlace place, byte[] bytes) {
    batch.writePrivate(place.edited(), ByteBuffer.wrap(bytes));
  }

  void setRecordAside(Path record, Path broken) {
    batch.rename(record, broken);
  }

  void writeRecord(KeyPlace place, RecordFile record) {
    batch.writePrivate(place.record(), ByteBuffer.wrap(record.bytes()));
  }

  void writeFile(KeyPlace place, byte[] bytes) {
    batch.write(place.file(), ByteBuffer.wrap(bytes));
  }

  void removeFile(KeyPlace place) {
    boolean unused = batch.remove(place.file());
  }

  /** What was done until now outlives the machine; before it, no order is certain. */
  void sync() {
    batch.sync();
  }
}
