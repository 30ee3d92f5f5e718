package io.github.serfhandler.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Immutable: what a file or directory looks like from outside, in little memory. Two equal looks,
 * the first of which was {@link #isSettled}, mean that nobody has written to it or replaced it in
 * between.
 */
record FileLook(int inode, long size, long modifiedNanos) {
  /**
   * The time of a file moves in ticks of some milliseconds, and a file that replaces another can
   * get the inode of the one before: one that changed this short a time ago may change unseen.
   */
  private static final long TICK_MILLIS = 100;

  /** What is not there. */
  static final FileLook NOTHING = new FileLook(0, -1, Long.MIN_VALUE);

  /** Looks, not following a link. What can not be looked at counts as not there. */
  static FileLook of(Path path) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return new FileLook(
          Objects.hashCode(found.fileKey()),
          found.size(),
          found.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    } catch (IOException e) {
      return NOTHING;
    }
  }

  /** Whether a later change would show. */
  boolean isSettled(long nowMillis) {
    return modifiedNanos == Long.MIN_VALUE || modifiedNanos / 1_000_000 < nowMillis - TICK_MILLIS;
  }
}
