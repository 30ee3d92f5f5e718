package io.github.serfhandler.app.commands.etcd;

import io.github.serfhandler.app.commands.config.ShortRevision;
import java.util.Optional;

/**
 * Immutable: what this command has sent last of a key from this node.
 *
 * @param watcher which {@code etcdctl} told it, see {@link WatchProcess}
 * @param told the version that it told
 * @param sent what went out
 */
record SentVersion(String watcher, long told, ShortRevision sent) {
  private static final String MARK = "1";
  private static final String DELETED = "-";

  /** As {@link #parse} reads it: one line. */
  String line() {
    String hash = sent.deleted() ? DELETED : sent.hash();
    return String.join(" ", MARK, watcher, Long.toString(told), Long.toString(sent.version()), hash)
        + "\n";
  }

  /** Reads a line; empty where it is none, as after a crash while it was written. */
  static Optional<SentVersion> parse(String line) {
    String[] parts = line.strip().split(" ", -1);
    if (parts.length != 5 || !parts[0].equals(MARK) || !line.endsWith("\n")) {
      return Optional.empty();
    }
    try {
      boolean deleted = parts[4].equals(DELETED);
      ShortRevision sent =
          new ShortRevision(Long.parseLong(parts[3]), deleted, deleted ? "" : parts[4]);
      return Optional.of(new SentVersion(parts[1], Long.parseLong(parts[2]), sent));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
