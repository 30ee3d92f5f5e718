package io.github.serfhandler.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** What is mounted where, by {@code /proc/self/mountinfo} (proc(5)). */
final class MountPoints {
  private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");
  private static final int MOUNT_POINT_FIELD = 4;

  private MountPoints() {}

  /** Whether something is mounted on this very file; false where the system cannot tell. */
  static boolean contain(Path file) throws IOException {
    try {
      return contain(Files.readAllLines(MOUNTINFO, StandardCharsets.UTF_8), file.toRealPath());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  static boolean contain(List<String> mountinfo, Path file) {
    String name = file.toString();
    for (String line : mountinfo) {
      String[] fields = line.split(" ", MOUNT_POINT_FIELD + 2);
      if (fields.length > MOUNT_POINT_FIELD && unescape(fields[MOUNT_POINT_FIELD]).equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** Spaces, tabs, newlines and backslashes are written as {@code \} and three octal digits. */
  private static String unescape(String escaped) {
    return escaped
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }
}
