package io.github.serfhandler.config;

import io.github.serfhandler.config.Applied.Result;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The newest configuration, in files {@code PRODUCT/KEY.json} under the configuration directory.
 * Thread-safe, and safe beside other processes with the same directory: reading what is stored,
 * comparing and writing are one step under a lock ({@code .serf-handler/config.lock}), so that an
 * older version never replaces a newer one. That holds within one machine; a directory that several
 * machines mount is only as safe as the locks of its file system.
 *
 * <p>Whatever the order, repetition and loss of updates, those who have seen the newest one of a
 * key hold the same bytes.
 */
public final class ConfigStore {
  private final ConfigPlaces places;
  private final ConfigLock lock;
  private final FileStore store;

  /** The store in a configuration directory, which is made when it is needed. */
  public ConfigStore(Path confDir, FileStore store) {
    this(confDir, store, ConfigLock.WAIT);
  }

  /**
   * A store with a patience of its own.
   *
   * @param wait how long to wait for another one that has the lock
   */
  ConfigStore(Path confDir, FileStore store, Duration wait) {
    this.places = new ConfigPlaces(confDir);
    this.lock = new ConfigLock(confDir, wait);
    this.store = store;
  }

  /**
   * Writes the update's file where the update is newer than what is stored, and tells how it was.
   * What can not be read as stored configuration counts as older than everything.
   *
   * @throws RejectedException where its file can not be, see {@link ConfigPlaces}, or would be too
   *     long
   * @throws StoreException where the file can not be read or written; it is as before then
   * @throws UncheckedIOException where its directory can not be looked at
   * @throws ConfigLockException where the lock can not be had within 5 s
   * @throws InterruptedException where the thread was interrupted while it waited for the lock
   */
  public Applied apply(ConfigUpdate update) throws InterruptedException {
    byte[] bytes = update.fileBytes();
    ConfigLock.Held held = lock.take();
    try {
      Path file = places.of(update);
      Stored stored = stored(file, update);
      Applied applied = compare(update, stored);
      if (applied.changed()) {
        store.write(file, bytes);
      }
      return applied;
    } finally {
      held.release();
    }
  }

  /** What stands in a file: a configuration, none, or something that is none because of that. */
  private record Stored(Optional<ConfigUpdate> update, Optional<String> problem) {}

  private Stored stored(Path file, ConfigUpdate update) {
    // Never open what is no regular file: opening a pipe waits for its other end.
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return new Stored(Optional.empty(), Optional.empty());
    }
    long size = size(file);
    if (size > ConfigUpdate.MAX_FILE_BYTES) {
      return new Stored(Optional.empty(), Optional.of("it is " + size + " bytes long"));
    }
    Optional<byte[]> bytes = store.read(file, ConfigUpdate.MAX_FILE_BYTES);
    if (bytes.isEmpty()) {
      return new Stored(Optional.empty(), Optional.empty());
    }
    try {
      ConfigUpdate found = ConfigUpdate.ofFile(update.product(), update.key(), bytes.get());
      return new Stored(Optional.of(found), Optional.empty());
    } catch (RejectedException e) {
      return new Stored(Optional.empty(), Optional.of(e.reason()));
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e, e);
    }
  }

  private static Applied compare(ConfigUpdate update, Stored stored) {
    if (stored.update.isEmpty()) {
      String name = update.product() + "/" + update.key() + ".json";
      Optional<String> notice =
          stored.problem.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  name
                      + " was not as serf-handler writes it ("
                      + stored.problem.get()
                      + "); replaced by version "
                      + update.version());
      return new Applied(Result.APPLIED, update.version(), notice);
    }
    ConfigUpdate old = stored.update.get();
    if (update.version() != old.version()) {
      boolean newer = update.version() > old.version();
      return new Applied(
          newer ? Result.APPLIED : Result.OLDER_OR_EQUAL,
          Math.max(update.version(), old.version()),
          Optional.empty());
    }
    if (update.content().equals(old.content())) {
      return new Applied(Result.OLDER_OR_EQUAL, old.version(), Optional.empty());
    }
    boolean won = update.revision().isNewerThan(old.revision());
    return new Applied(
        won ? Result.CONFLICT_WON : Result.CONFLICT_LOST,
        old.version(),
        Optional.of(
            update
                + " has two contents, or its file was edited; every node keeps the same one of"
                + " them, here "
                + (won ? "the new one" : "the stored one")
                + ". Publish a higher version to be sure which"));
  }
}
