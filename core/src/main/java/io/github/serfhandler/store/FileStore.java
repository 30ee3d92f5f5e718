package io.github.serfhandler.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads and writes whole files on a POSIX system. Thread-safe, and safe beside other processes that
 * write the same files: the last one wins, and a reader sees a complete file always.
 *
 * <p>A write compares first and leaves a file alone that holds the bytes already. Otherwise it
 * fills a temporary file in the same directory, syncs it to the disk, renames it over the target
 * and syncs the directory. Mode, owner and group of an existing file are kept (owner and group
 * where the system permits; where not, a notice says so once); its access control lists, extended
 * attributes and other hard links are not. A new file has the mode that the process's umask gives.
 * Where the target is a symbolic link, the link stays and what it points to is replaced. Missing
 * directories are made.
 *
 * <p>Only where the target is itself a mount point, as {@code /etc/hosts} in most containers, it is
 * overwritten in place, because it cannot be replaced by renaming; a reader may then see a mixture
 * for a moment, and so it stays if the machine dies in that moment.
 */
public final class FileStore {
  private static final String CANNOT_WRITE = "cannot write";
  private static final String CANNOT_READ = "cannot read";

  private static final OpenOption[] TO_READ = {StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS};

  private final Notices notices;
  private final TempFiles temps;
  private final Ownership ownership;

  /**
   * A store.
   *
   * @param clock tells how old the temporary files of crashed writers are
   * @param notices receives one-line warnings, each once for a file; called on the writing thread
   */
  public FileStore(Clock clock, Consumer<String> notices) {
    this.notices = new Notices(notices);
    this.temps = new TempFiles(clock, this.notices);
    this.ownership = new Ownership(this.notices);
  }

  /** Like {@link #write(Path, ByteBuffer)} with all of the array. */
  public Outcome write(Path target, byte[] bytes) {
    return write(target, ByteBuffer.wrap(bytes));
  }

  /**
   * Makes the file hold exactly the buffer's remaining bytes; the buffer's position stays.
   *
   * @throws StoreException where that is impossible; the file is then as it was before
   */
  public Outcome write(Path target, ByteBuffer bytes) {
    Set<Path> unsynced = new LinkedHashSet<>();
    Outcome outcome = write(target, bytes, false, unsynced);
    for (Path directory : unsynced) {
      sync(directory);
    }
    return outcome;
  }

  /** Changes whose directories are synced together. */
  public Batch batch() {
    return new Batch(this);
  }

  /**
   * Refuses at once where {@link #write} would because of what stands in the file's place, and
   * makes missing directories.
   *
   * @throws StoreException for a directory, device, pipe or socket, or no directory around it
   */
  public void prepare(Path target) {
    Path file = target;
    try {
      file = target.toAbsolutePath();
      Optional<Existing> existing = Existing.of(file);
      if (existing.isPresent() && existing.get().isLink()) {
        file = Links.follow(file);
        existing = Existing.of(file);
      }
      if (existing.isPresent()) {
        refuseUnlessRegular(target, existing.get());
      } else {
        Directories.make(Directories.of(file));
      }
    } catch (IOException e) {
      throw Faults.of(CANNOT_WRITE, target, file, 0, e);
    }
  }

  /**
   * As the other ones.
   *
   * @param secret whether a new file is for its owner alone
   * @param unsynced receives the directory that is to be synced
   */
  Outcome write(Path target, ByteBuffer bytes, boolean secret, Set<Path> unsynced) {
    Path file = target;
    try {
      file = target.toAbsolutePath();
      Optional<Existing> existing = Existing.of(file);
      if (existing.isPresent() && existing.get().isLink()) {
        file = Links.follow(file);
        existing = Existing.of(file);
      }
      if (existing.isPresent()) {
        refuseUnlessRegular(target, existing.get());
        if (Contents.same(file, existing.get().size(), bytes)) {
          return Outcome.UNCHANGED;
        }
      } else {
        Directories.make(Directories.of(file));
      }
      replace(file, existing, bytes, secret, unsynced);
      return Outcome.UPDATED;
    } catch (IOException e) {
      throw Faults.of(CANNOT_WRITE, target, file, bytes.remaining(), e);
    }
  }

  /**
   * The bytes of a file; empty where there is none.
   *
   * @param maxBytes refuses a longer file
   * @throws StoreException where it is there and cannot be read, or is too long
   */
  public Optional<byte[]> read(Path file, int maxBytes) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return Optional.of(Contents.all(channel, maxBytes));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw Faults.of(CANNOT_READ, file, file, 0, e);
    }
  }

  /**
   * The first bytes of a file, never a link's target; empty where there is none.
   *
   * @param most how many at most
   * @throws StoreException where it is there and cannot be read
   */
  public Optional<Part> readStart(Path file, int most) {
    try (FileChannel channel = FileChannel.open(file, TO_READ)) {
      long size = channel.size();
      return Optional.of(new Part(Contents.start(channel, (int) Math.min(size, most)), size));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw Faults.of(CANNOT_READ, file, file, 0, e);
    }
  }

  /** The file's stamp, its target's where it is a link; empty where it can not be looked at. */
  public Optional<Stamp> stamp(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(new Stamp(now.fileKey(), now.size(), now.lastModifiedTime()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void replace(
      Path file, Optional<Existing> existing, ByteBuffer bytes, boolean secret, Set<Path> unsynced)
      throws IOException {
    temps.sweep(Directories.of(file));
    Path temp;
    try {
      temp = temps.create(Directories.of(file), secret || existing.isPresent());
    } catch (IOException e) {
      overwriteIfMounted(file, existing, bytes, e);
      return;
    }
    try {
      try (FileChannel channel = FileChannel.open(temp, StandardOpenOption.WRITE)) {
        Contents.fill(channel, bytes);
        if (existing.isPresent()) {
          ownership.copy(existing.get(), temp, file);
        }
        channel.force(true);
      }
      rename(temp, file, existing, bytes, unsynced);
    } catch (IOException e) {
      TempFiles.remove(temp, e);
      throw e;
    }
  }

  private static void rename(
      Path temp, Path file, Optional<Existing> existing, ByteBuffer bytes, Set<Path> unsynced)
      throws IOException {
    try {
      Files.move(temp, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      overwriteIfMounted(file, existing, bytes, e);
      Files.delete(temp);
      return;
    }
    unsynced.add(Directories.of(file));
  }

  /** Makes the names in a directory durable. */
  void sync(Path directory) {
    try {
      Directories.sync(directory);
    } catch (IOException e) {
      // What was changed is in place; some network file systems cannot sync a directory.
      notices.tellOnce(directory, "cannot be synced to the disk: " + e.getMessage());
    }
  }

  /** Renaming onto a mount point fails with EBUSY, on a read-only root the temp file already. */
  private static void overwriteIfMounted(
      Path file, Optional<Existing> existing, ByteBuffer bytes, IOException fault)
      throws IOException {
    if (existing.isEmpty() || !MountPoints.contain(file)) {
      throw fault;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      Contents.overwrite(channel, bytes);
    }
  }

  private static void refuseUnlessRegular(Path target, Existing existing) {
    if (existing.isDirectory()) {
      throw new StoreException(
          CANNOT_WRITE, target, "it is a directory", "move the directory away");
    }
    if (!existing.isRegular()) {
      throw new StoreException(
          CANNOT_WRITE, target, "it is a device, pipe or socket", "name a regular file");
    }
  }
}
