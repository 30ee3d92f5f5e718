package io.github.serfhandler.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Directories that files are written into. */
final class Directories {
  private Directories() {}

  /** The directory of an absolute path. */
  static Path of(Path file) throws IOException {
    Path parent = file.getParent();
    if (parent == null) {
      throw new NotDirectoryException(file.toString());
    }
    return parent;
  }

  /** Makes a directory and its parents where they are missing, and their names durable. */
  static void make(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.getParent();
    if (parent != null) {
      make(parent);
    }
    Files.createDirectories(directory); // Not createDirectory: another writer may be quicker.
    if (parent != null) {
      sync(parent);
    }
  }

  /** Makes what was renamed or created in the directory durable. */
  static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
