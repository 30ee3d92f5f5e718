package io.github.serfhandler.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Immutable: what stands at a path already.
 *
 * @param mode type and permission bits, as {@code st_mode} in stat(2)
 * @param uid its owner
 * @param gid its group
 * @param size its bytes
 */
record Existing(int mode, int uid, int gid, long size) {
  private static final int TYPE = 0170000;
  private static final int REGULAR = 0100000;
  private static final int DIRECTORY = 0040000;
  private static final int LINK = 0120000;

  /** What stands there, not following a link; empty where nothing does. */
  static Optional<Existing> of(Path path) throws IOException {
    try {
      Map<String, Object> found =
          Files.readAttributes(path, "unix:mode,uid,gid,size", LinkOption.NOFOLLOW_LINKS);
      return Optional.of(
          new Existing(
              number(found, "mode").intValue(),
              number(found, "uid").intValue(),
              number(found, "gid").intValue(),
              number(found, "size").longValue()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** The permission bits, with set-user-id, set-group-id and sticky bit. */
  int permissions() {
    return mode & 07777;
  }

  boolean isRegular() {
    return (mode & TYPE) == REGULAR;
  }

  boolean isLink() {
    return (mode & TYPE) == LINK;
  }

  boolean isDirectory() {
    return (mode & TYPE) == DIRECTORY;
  }

  private static Number number(Map<String, Object> found, String name) throws IOException {
    if (found.get(name) instanceof Number number) {
      return number;
    }
    throw new IOException("the file system tells no " + name);
  }
}
