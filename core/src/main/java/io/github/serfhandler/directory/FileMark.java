package io.github.serfhandler.directory;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Immutable: what a file looks like from outside, in little memory. Two equal marks of one file
 * that are some time apart mean that nobody wrote to it in between.
 *
 * @param inode stands for the file's identity; 0 where the file system has none
 * @param size in bytes
 * @param modifiedNanos when it was written to, in nanoseconds since 1970
 */
record FileMark(int inode, long size, long modifiedNanos) {
  /** Of what there is nothing to look at. */
  static final FileMark NONE = new FileMark(0, -1, 0);

  static FileMark of(BasicFileAttributes found) {
    return new FileMark(
        Objects.hashCode(found.fileKey()),
        found.size(),
        found.lastModifiedTime().to(TimeUnit.NANOSECONDS));
  }
}
