package io.github.serfhandler.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: what a template looks like from outside. Two equal ones of one path mean that nobody
 * has written to it or replaced it in between.
 *
 * @param size in bytes
 * @param modified when it was last written to
 * @param key what tells it from another file under the same name, as the inode
 */
record FileStamp(long size, FileTime modified, @Nullable Object key) {
  /** As it is now; null where there is no file or it cannot be asked. */
  static @Nullable FileStamp of(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileStamp(now.size(), now.lastModifiedTime(), now.fileKey());
    } catch (IOException e) {
      return null;
    }
  }
}
