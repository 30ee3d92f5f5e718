package io.github.serfhandler.app.doctor;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stateless: looks at the configuration directory, without writing there. */
final class DirectoryChecks {
  private static final String SUBJECT = "conf dir";
  private static final long LITTLE_SPACE = 16L * 1024 * 1024;
  private static final List<String> FILES =
      List.of("services.json", "services.yml", "fakedhosts.txt");

  private DirectoryChecks() {}

  static List<Check> of(Path confDir) {
    Path directory = confDir.toAbsolutePath().normalize();
    if (!Files.exists(directory)) {
      return List.of(missing(directory));
    }
    if (!Files.isDirectory(directory)) {
      return List.of(
          Check.fail(
              SUBJECT, directory + " is not a directory", "move it away, or set --conf-dir"));
    }
    List<Check> checks = new ArrayList<>();
    if (Files.isWritable(directory) && Files.isExecutable(directory)) {
      checks.add(Check.ok(SUBJECT, directory + " is writable"));
    } else {
      checks.add(
          Check.fail(
              SUBJECT,
              directory + " is not writable for this user",
              "run as the user who owns it, or change its owner or mode"));
    }
    space(directory, checks);
    for (String name : FILES) {
      file(directory, directory.resolve(name), checks);
    }
    return checks;
  }

  private static Check missing(Path directory) {
    Path parent = directory;
    while (!Files.exists(parent)) {
      Path next = parent.getParent();
      if (next == null) {
        break;
      }
      parent = next;
    }
    if (Files.isDirectory(parent) && Files.isWritable(parent)) {
      return Check.warn(
          SUBJECT,
          directory + " does not exist yet; the first run makes it",
          "run: serf-handler members");
    }
    return Check.fail(
        SUBJECT,
        directory + " does not exist and cannot be made in " + parent,
        "make it, or set --conf-dir to an absolute path");
  }

  private static void space(Path directory, List<Check> checks) {
    // Not Files.getFileStore: in a chroot it does not find the root's mount point.
    long usable = directory.toFile().getUsableSpace();
    String finding = usable / (1024 * 1024) + " MiB free";
    checks.add(
        usable >= LITTLE_SPACE
            ? Check.ok("disk space", finding)
            : Check.warn("disk space", finding, "make room; a full disk keeps the old files"));
  }

  private static void file(Path directory, Path file, List<Check> checks) {
    if (Files.isDirectory(file)) {
      checks.add(Check.fail(SUBJECT, file + " is a directory", "move it away"));
    } else if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isSymbolicLink(file)
        && isMountedAlone(directory, file)) {
      checks.add(
          Check.warn(
              SUBJECT,
              file + " is mounted by itself, so it is written in place and a reader can see a half",
              "mount its directory instead"));
    }
  }

  static boolean isMountedAlone(Path directory, Path file) {
    FileStore ofDirectory = store(directory);
    FileStore ofFile = store(file);
    return ofDirectory != null && ofFile != null && !ofDirectory.equals(ofFile);
  }

  private static @Nullable FileStore store(Path path) {
    try {
      return Files.getFileStore(path);
    } catch (IOException e) {
      // Nothing is known, so nothing is told; the space check has told it already.
      return null;
    }
  }
}
