package io.github.serfhandler.store;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Symbolic links at the end of a path. */
final class Links {
  /** As Linux itself does (path_resolution(7)). */
  private static final int MAX = 40;

  private Links() {}

  /** What the path stands for in the end; that need not exist, unlike for {@code toRealPath}. */
  static Path follow(Path path) throws IOException {
    Path current = path;
    for (int i = 0; i < MAX; i++) {
      if (!Files.isSymbolicLink(current)) {
        return current;
      }
      current = current.resolveSibling(Files.readSymbolicLink(current));
    }
    throw new FileSystemLoopException(path.toString());
  }
}
