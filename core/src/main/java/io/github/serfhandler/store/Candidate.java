package io.github.serfhandler.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * New bytes of a file, on the disk beside it, that may take its place. Confined to one thread. Its
 * bytes are those of the caller's buffer, which must stay as it is until this is closed.
 */
public final class Candidate implements AutoCloseable {
  private final FileStore store;
  private final Place place;
  private final ByteBuffer bytes;
  private final Optional<Grant> grant;
  private final @Nullable Path temp;
  private final boolean beside;
  private boolean committed;

  /**
   * A candidate.
   *
   * @param temp the file that holds the bytes; null where the target can only be overwritten and
   *     nobody wants to look at them before
   * @param beside whether that file may become the target by renaming
   */
  Candidate(
      FileStore store,
      Place place,
      ByteBuffer bytes,
      Optional<Grant> grant,
      @Nullable Path temp,
      boolean beside) {
    this.store = store;
    this.place = place;
    this.bytes = bytes;
    this.grant = grant;
    this.temp = temp;
    this.beside = beside;
  }

  /** The file that holds the new bytes until {@link #commit}. */
  public Path path() {
    if (temp == null) {
      throw new IllegalStateException("nobody asked for a file to look at");
    }
    return temp;
  }

  /**
   * Makes it the file. Where the target is a mount point, that one is overwritten.
   *
   * @return what the file looks like, unless somebody changed it again already; empty where it can
   *     not be looked at
   * @throws StoreException where that is impossible; the file is then as it was before
   */
  public Optional<Stamp> commit() {
    Set<Path> unsynced = new LinkedHashSet<>();
    Optional<Stamp> stamp = commit(unsynced);
    for (Path directory : unsynced) {
      store.sync(directory);
    }
    return stamp;
  }

  /** The same; {@code unsynced} receives the directory that is to be synced. */
  Optional<Stamp> commit(Set<Path> unsynced) {
    try {
      if (temp != null && beside) {
        // Before, as afterwards it may be another writer's file already.
        Optional<Stamp> stamp = store.stamp(temp);
        if (isRenamed(temp, unsynced)) {
          return stamp;
        }
      }
      overwrite();
      return store.stamp(place.file());
    } catch (IOException e) {
      throw Faults.of(FileStore.CANNOT_WRITE, place.named(), place.file(), bytes.remaining(), e);
    }
  }

  /** Renaming onto a mount point fails with EBUSY. */
  private boolean isRenamed(Path from, Set<Path> unsynced) throws IOException {
    try {
      Files.move(from, place.file(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (place.existing().isEmpty() || !MountPoints.contain(place.file())) {
        throw e;
      }
      return false;
    }
    committed = true;
    unsynced.add(place.directory());
    return true;
  }

  private void overwrite() throws IOException {
    if (grant.isPresent()) {
      grant.get().giveTo(place.file()); // Before, as what comes may be secret.
    }
    try (FileChannel channel = FileChannel.open(place.file(), StandardOpenOption.WRITE)) {
      Contents.overwrite(channel, bytes);
    }
  }

  /**
   * Removes what did not become the file; nothing where there is nothing.
   *
   * @throws StoreException where that is impossible
   */
  @Override
  public void close() {
    if (temp == null || committed) {
      return;
    }
    try {
      Files.deleteIfExists(temp);
    } catch (IOException e) {
      throw Faults.of("cannot remove", temp, temp, 0, e);
    }
  }
}
