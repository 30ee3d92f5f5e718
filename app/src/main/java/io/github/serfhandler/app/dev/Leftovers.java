package io.github.serfhandler.app.dev;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stateless: the directories of private clusters. A cluster removes its own in the end; one that
 * was killed (kill -9) after one of its agents had ended may leave it, and the next one removes it.
 *
 * <p>The process that owns a directory stands in its name. Removed is only what cannot be in use or
 * be someone else's: a real directory, of this user and open to this user alone, whose process is
 * gone, and in it only files that a cluster writes.
 */
final class Leftovers {
  private static final String PREFIX = "serf-handler-dev-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "([1-9][0-9]{0,9})-[0-9]+");
  private static final Pattern FILE = Pattern.compile("dev[1-9]\\.(json|log)");

  private Leftovers() {}

  /** Makes the directory of a cluster of this process, for this user alone. */
  static Path newDirectory(Path place) throws IOException {
    return Files.createTempDirectory(place, PREFIX + ProcessHandle.current().pid() + "-");
  }

  /**
   * Removes what other clusters of this user left. What cannot be looked at or removed stays: it is
   * no reason not to start.
   *
   * @param own the directory of this process's cluster, beside which the others are
   */
  static void sweep(Path own) {
    Path place = own.toAbsolutePath().getParent();
    // Without /proc every process would look gone.
    if (place == null || !isAlive(ProcessHandle.current().pid())) {
      return;
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(place, PREFIX + "*")) {
      UserPrincipal user = Files.getOwner(own, LinkOption.NOFOLLOW_LINKS);
      for (Path directory : found) {
        if (isOfAGoneProcess(directory) && isPrivateTo(user, directory)) {
          remove(directory);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // The next start tries again.
      return;
    }
  }

  private static boolean isOfAGoneProcess(Path directory) {
    Matcher name = NAME.matcher(String.valueOf(directory.getFileName()));
    return name.matches() && !isAlive(Long.parseLong(name.group(1)));
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).isPresent();
  }

  private static boolean isPrivateTo(UserPrincipal user, Path directory) {
    try {
      PosixFileAttributes attributes =
          Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isDirectory()
          && attributes.owner().equals(user)
          && attributes.permissions().equals(PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      // Gone meanwhile, or not ours to look at.
      return false;
    }
  }

  /** A directory that holds anything else stays, with it. */
  private static void remove(Path directory) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (FILE.matcher(String.valueOf(file.getFileName())).matches()) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(directory);
    } catch (IOException | DirectoryIteratorException e) {
      // Another start is at it too, or it holds something else.
      return;
    }
  }
}
