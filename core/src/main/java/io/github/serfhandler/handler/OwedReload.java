package io.github.serfhandler.handler;

import io.github.serfhandler.discovery.Discovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * An empty file that is there while a reload is owed, so that one that failed, or whose process was
 * ended in the middle, is known to the next process. Confined to one call of its handler.
 */
final class OwedReload {
  private static final int LONGEST_NAME = 60;
  private static final Set<OpenOption> WAYS =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private final LocalNode node;
  private final Path file;

  OwedReload(LocalNode node, String handler) {
    this.node = node;
    this.file = node.confDir().resolve(Discovery.OWN_FOLDER).resolve("reload-" + safe(handler));
  }

  /** Whether one is owed. */
  boolean isOwed() {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** A reload begins. Where that can not be noted it is made all the same. */
  void begin() {
    try {
      Files.createDirectories(file.getParent());
      // There already where it is owed since an earlier failure.
      Files.newByteChannel(file, WAYS).close();
    } catch (IOException e) {
      node.log(
          System.Logger.Level.WARNING,
          "cannot note in " + file + " that a reload is under way: " + e.getMessage());
    }
  }

  /** It succeeded. */
  void end() {
    try {
      if (isOwed()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      node.log(
          System.Logger.Level.WARNING,
          "cannot remove " + file + ", so that each start reloads: " + e.getMessage());
    }
  }

  /** A handler's name, which may be any text, as a part of a file's name. */
  private static String safe(String name) {
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < name.length() && i < LONGEST_NAME; i++) {
      char c = name.charAt(i);
      boolean kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      safe.append(kept ? c : '_');
    }
    return safe.toString();
  }
}
