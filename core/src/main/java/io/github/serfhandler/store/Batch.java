package io.github.serfhandler.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Changes of files whose directories are synced together. Thread-safe.
 *
 * <p>Each file's bytes are on the disk before its name is, as with {@link FileStore#write}; whether
 * the names are is certain only after a {@link #sync} that began when they were changed. Until then
 * a machine that dies may have made any part of the changes since the last sync, in any order.
 */
public final class Batch {
  private final FileStore store;
  private final Set<Path> unsynced = ConcurrentHashMap.newKeySet();

  Batch(FileStore store) {
    this.store = store;
  }

  /**
   * As {@link FileStore#write(Path, ByteBuffer)}.
   *
   * @throws StoreException where that is impossible; the file is then as it was before
   */
  public Outcome write(Path target, ByteBuffer bytes) {
    return store.write(target, bytes, Access.AS_IT_IS, false, unsynced);
  }

  /**
   * The same, but a new file may be read and written by its owner alone, whatever the umask.
   *
   * @throws StoreException where that is impossible; the file is then as it was before
   */
  public Outcome writePrivate(Path target, ByteBuffer bytes) {
    return store.write(target, bytes, Access.AS_IT_IS, true, unsynced);
  }

  /**
   * As {@link Candidate#commit()}.
   *
   * @throws StoreException where that is impossible; the file is then as it was before
   */
  public Optional<Stamp> commit(Candidate candidate) {
    return candidate.commit(unsynced);
  }

  /**
   * Removes a file, or a symbolic link itself; whether it was there.
   *
   * @throws StoreException where that is impossible
   */
  public boolean remove(Path file) {
    try {
      boolean removed = Files.deleteIfExists(file);
      if (removed) {
        unsynced.add(Directories.of(file.toAbsolutePath()));
      }
      return removed;
    } catch (IOException e) {
      throw Faults.of("cannot remove", file, file, 0, e);
    }
  }

  /**
   * Gives a file, or whatever stands there, another name in its directory, which it takes from what
   * had it; nothing where there is none.
   *
   * @throws StoreException where that is impossible
   */
  public void rename(Path file, Path other) {
    try {
      Files.move(file, other, StandardCopyOption.ATOMIC_MOVE);
      unsynced.add(Directories.of(file.toAbsolutePath()));
    } catch (NoSuchFileException e) {
      // Renamed by another one meanwhile: as it should be.
    } catch (IOException e) {
      throw Faults.of("cannot rename", file, file, 0, e);
    }
  }

  /**
   * Makes all names durable; for one thread at a time. Where a directory can not be synced a notice
   * says so, once.
   */
  public void sync() {
    for (Path directory : List.copyOf(unsynced)) {
      if (unsynced.remove(directory)) { // Before: what is changed meanwhile is synced again.
        store.sync(directory);
      }
    }
  }
}
