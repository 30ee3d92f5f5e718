package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.config.Revision;
import io.github.serfhandler.replica.StatusAnswer;

/**
 * Immutable: a revision as a node tells it in its status. Of two of one key the greater one is the
 * newer, as of {@link Revision}.
 *
 * @param version its version
 * @param deleted whether the key is deleted
 * @param hash the first 16 hexadecimal digits of the content's SHA-256; {@code ""} where deleted
 */
public record ShortRevision(long version, boolean deleted, String hash)
    implements Comparable<ShortRevision> {
  private static final int DIGITS = 16;

  /** That of a revision. */
  public static ShortRevision of(Revision revision) {
    String hash = revision.sha256();
    return new ShortRevision(
        revision.version(), revision.deleted(), hash.substring(0, Math.min(DIGITS, hash.length())));
  }

  /** That which a node tells. */
  public static ShortRevision of(StatusAnswer.KeyStatus status) {
    return new ShortRevision(status.version(), status.deleted(), status.hash());
  }

  @Override
  public int compareTo(ShortRevision other) {
    if (version != other.version) {
      return Long.compare(version, other.version);
    }
    if (deleted != other.deleted) {
      return deleted ? -1 : 1;
    }
    return hash.compareTo(other.hash);
  }

  @Override
  public String toString() {
    return "version " + version + (deleted ? " (deleted)" : "");
  }
}
