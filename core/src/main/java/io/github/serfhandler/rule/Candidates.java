package io.github.serfhandler.rule;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Files of contents that are not accepted yet, for the owner alone, in a directory for the owner
 * alone. Thread-safe, and safe beside other processes with the same directory.
 */
final class Candidates {
  /** Far longer than any check may take: an older file was left by a process that crashed. */
  static final Duration STALE = Duration.ofHours(1);

  private static final String NAME = "candidates";
  private static final String SUFFIX = ".json";
  private static final int ATTEMPTS = 8;

  private final Path directory;
  private final Clock clock;
  private final AtomicBoolean swept = new AtomicBoolean();

  /** In a directory of that folder, which is made when it is needed. */
  Candidates(Path folder, Clock clock) {
    this.directory = folder.resolve(NAME).toAbsolutePath();
    this.clock = clock;
  }

  /** A new file with these bytes; who asks for it removes it. */
  Path write(byte[] bytes) throws IOException {
    prepare();
    for (int attempt = 1; ; attempt++) {
      Path file =
          directory.resolve(Long.toHexString(ThreadLocalRandom.current().nextLong()) + SUFFIX);
      try {
        fill(file, bytes);
        return file;
      } catch (FileAlreadyExistsException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static void fill(Path file, byte[] bytes) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (channel) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        int unused = channel.write(rest);
      }
    } catch (IOException e) {
      removeAfter(e, file);
      throw e;
    }
  }

  private static void removeAfter(IOException fault, Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      fault.addSuppressed(e);
    }
  }

  /** Removes one; it may be gone already. */
  void remove(Path file) throws IOException {
    boolean unused = Files.deleteIfExists(file);
  }

  private void prepare() throws IOException {
    Files.createDirectories(directory.getParent());
    try {
      Path unused =
          Files.createDirectory(
              directory,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw new NotDirectoryException(directory + " is in the way; remove it");
      }
      // Ours already, or somebody else's: then this fails, and nothing is written there.
      Path unused =
          Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
    if (swept.compareAndSet(false, true)) {
      sweep();
    }
  }

  /** Removes what crashed processes left, once in the life of this one. */
  private void sweep() throws IOException {
    Instant oldest = clock.instant().minus(STALE);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        try {
          if (Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
              .toInstant()
              .isBefore(oldest)) {
            boolean unused = Files.deleteIfExists(file);
          }
        } catch (NoSuchFileException e) {
          // Its process, or the sweep of another one, was quicker.
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}
