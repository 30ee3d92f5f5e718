package io.github.serfhandler.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Temporary files beside the files that they will become. Thread-safe. */
final class TempFiles {
  /** Nobody writes a file for so long; an older temporary file belongs to a writer that crashed. */
  static final Duration STALE = Duration.ofHours(1);

  // Without the target's name, which may be as long as a name can be already.
  private static final String PREFIX = ".serf-handler-";

  /** The end of a name that nobody goes by. */
  static final String SUFFIX = ".tmp";

  private static final String TO_CHECK = PREFIX + "new-";
  private static final int LONGEST_ENDING = 16;
  private static final int ATTEMPTS = 8;
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(
          Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

  private final Clock clock;
  private final Notices notices;
  private final Map<Path, Instant> swept = new ConcurrentHashMap<>();

  TempFiles(Clock clock, Notices notices) {
    this.clock = clock;
    this.notices = notices;
  }

  /**
   * Makes an empty file of a new name.
   *
   * @param ending the end of its name
   * @param secret whether it is for its owner alone, as one is that takes the place of another
   *     until it has that one's mode; else it has the mode that the umask gives
   */
  Path create(Path directory, String ending, boolean secret) throws IOException {
    String begin = ending.equals(SUFFIX) ? PREFIX : TO_CHECK;
    for (int attempt = 1; ; attempt++) {
      String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
      Path temp = directory.resolve(begin + random + ending);
      try {
        return secret ? Files.createFile(temp, PRIVATE) : Files.createFile(temp);
      } catch (FileAlreadyExistsException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** How the names of a file and of another one of its kind end: {@code .cfg}. */
  static String ending(Path file) {
    // No regular expression: it would cost every one-shot command its start.
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    int length = name.length() - dot - 1;
    boolean usable = dot >= 0 && length >= 1 && length <= LONGEST_ENDING;
    for (int i = dot + 1; usable && i < name.length(); i++) {
      char c = name.charAt(i);
      usable =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
    return usable ? name.substring(dot) : SUFFIX;
  }

  /** Removes a file that did not come to be another; where that fails, so {@code fault} says. */
  static void remove(Path temp, Exception fault) {
    try {
      Files.deleteIfExists(temp);
    } catch (IOException e) {
      fault.addSuppressed(e);
    }
  }

  /**
   * Removes what crashed writers left in the directory; looks at each directory once an hour, since
   * what is too young at the start of a process that runs for months grows stale later. Where that
   * is impossible a notice says so, and files can be written nevertheless.
   */
  void sweep(Path directory) {
    Instant now = clock.instant();
    Instant oldest = now.minus(STALE);
    Instant before = swept.get(directory);
    if (before != null && before.isAfter(oldest) && !before.isAfter(now)) {
      return;
    }
    swept.put(directory, now);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path temp : files) {
        if (isTemp(temp)) {
          sweep(temp, oldest);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      notices.tellOnce(directory, "cannot be searched for stale temporary files: " + e);
    }
  }

  private void sweep(Path temp, Instant oldest) {
    try {
      if (Files.getLastModifiedTime(temp).toInstant().isBefore(oldest)) {
        Files.deleteIfExists(temp);
      }
    } catch (NoSuchFileException e) {
      // Became a file or was swept by another writer meanwhile: gone, as it should be.
    } catch (IOException e) {
      notices.tellOnce(temp, "a stale temporary file cannot be removed: " + e);
    }
  }

  private static boolean isTemp(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.startsWith(TO_CHECK) || (name.startsWith(PREFIX) && name.endsWith(SUFFIX));
  }
}
