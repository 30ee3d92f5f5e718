package io.github.serfhandler.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
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
  static final String CANNOT_WRITE = "cannot write";
  private static final String CANNOT_READ = "cannot read";

  private static final OpenOption[] TO_READ = {StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS};

  private final Notices notices;
  private final Staging staging;

  /**
   * A store.
   *
   * @param clock tells how old the temporary files of crashed writers are
   * @param notices receives one-line warnings, each once for a file; called on the writing thread
   */
  public FileStore(Clock clock, Consumer<String> notices) {
    this.notices = new Notices(notices);
    this.staging =
        new Staging(this, new TempFiles(clock, this.notices), new Ownership(this.notices));
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
    return write(target, bytes, Access.AS_IT_IS);
  }

  /**
   * The same, with this mode and owner. Where the bytes are there already and those are not, the
   * file is given them as it is, which counts as an update.
   *
   * @throws StoreException where that is impossible, as the user is not known or not permitted to
   *     give files away; the file is then as it was before
   */
  public Outcome write(Path target, ByteBuffer bytes, Access access) {
    Set<Path> unsynced = new LinkedHashSet<>();
    Outcome outcome = write(target, bytes, access, false, unsynced);
    for (Path directory : unsynced) {
      sync(directory);
    }
    return outcome;
  }

  /**
   * The first half of a write: puts the bytes on the disk, for somebody to look at them before they
   * are the file. Empty where the file holds these bytes and has this access already.
   *
   * <p>They are in a file beside the target with the mode and the owner that it will have; in the
   * directory for temporary files, and private, where the target is a mount point in a directory
   * that can not be written to.
   *
   * @param bytes to be left alone until the candidate is closed
   * @param checked whether the file is looked at by a program, which may go by the end of its name:
   *     that is the target's then. But a program that reads all files of such names in that
   *     directory may come across it.
   * @throws StoreException where that is impossible; nothing is left behind then
   */
  public Optional<Candidate> stage(Path target, ByteBuffer bytes, Access access, boolean checked) {
    Optional<Grant> grant = Grant.of(target, access);
    Place place = Place.of(target);
    try {
      if (place.existing().isPresent()
          && Contents.same(place.file(), place.existing().get().size(), bytes)
          && isGranted(grant, place.file(), place.existing().get())) {
        return Optional.empty();
      }
      return Optional.of(staging.stage(new Staging.Work(place, bytes, grant, false, checked)));
    } catch (IOException e) {
      throw Faults.of(CANNOT_WRITE, target, place.file(), bytes.remaining(), e);
    }
  }

  /**
   * Whether a file, a link's target where it is one, has all of this access; also where there is no
   * file.
   *
   * @throws StoreException where it can not be looked at, or the system knows no such user or group
   */
  public boolean hasAccess(Path target, Access access) {
    Path file = target.toAbsolutePath();
    Optional<Grant> grant = Grant.of(target, access);
    try {
      Optional<Existing> existing = Existing.of(file);
      if (existing.isPresent() && existing.get().isLink()) {
        file = Links.follow(file);
        existing = Existing.of(file);
      }
      return grant.isEmpty() || existing.isEmpty() || grant.get().isHeldBy(file, existing.get());
    } catch (IOException e) {
      throw Faults.of(CANNOT_READ, target, file, 0, e);
    }
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
    Place unused = Place.of(target);
  }

  /**
   * As the other ones.
   *
   * @param secret whether a new file is for its owner alone
   * @param unsynced receives the directory that is to be synced
   */
  Outcome write(Path target, ByteBuffer bytes, Access access, boolean secret, Set<Path> unsynced) {
    Optional<Grant> grant = Grant.of(target, access);
    Place place = Place.of(target);
    try {
      if (place.existing().isPresent()
          && Contents.same(place.file(), place.existing().get().size(), bytes)) {
        if (isGranted(grant, place.file(), place.existing().get())) {
          return Outcome.UNCHANGED;
        }
        grant.get().giveTo(place.file());
        return Outcome.UPDATED;
      }
      try (Candidate candidate =
          staging.stage(new Staging.Work(place, bytes, grant, secret, false))) {
        Optional<Stamp> unused = candidate.commit(unsynced);
      }
      return Outcome.UPDATED;
    } catch (IOException e) {
      throw Faults.of(CANNOT_WRITE, target, place.file(), bytes.remaining(), e);
    }
  }

  private static boolean isGranted(Optional<Grant> grant, Path file, Existing existing)
      throws IOException {
    return grant.isEmpty() || grant.get().isHeldBy(file, existing);
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

  /** Makes the names in a directory durable. */
  void sync(Path directory) {
    try {
      Directories.sync(directory);
    } catch (IOException e) {
      // What was changed is in place; some network file systems cannot sync a directory.
      notices.tellOnce(directory, "cannot be synced to the disk: " + e.getMessage());
    }
  }
}
