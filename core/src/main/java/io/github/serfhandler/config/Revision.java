package io.github.serfhandler.config;

import io.github.serfhandler.json.JsonObject;

/**
 * Immutable: which state of a key is meant, without its content. Of two revisions of one key the
 * greater one is the newer, on every node: the higher version; under one version a content before a
 * deletion, and of two contents the one with the larger SHA-256.
 *
 * @param version 0 to {@link ConfigUpdate#MAX_VERSION}
 * @param deleted whether the key is deleted
 * @param sha256 the SHA-256 of the content in its canonical form, 64 hexadecimal digits in lower
 *     case; {@code ""} where it is deleted
 */
public record Revision(long version, boolean deleted, String sha256)
    implements Comparable<Revision> {
  private static final int DIGITS = 64;

  /**
   * Checks it.
   *
   * @throws RejectedException for a version or a SHA-256 that is none
   */
  public Revision {
    ConfigUpdate.requireVersion(version);
    if (deleted ? !sha256.isEmpty() : !isSha256(sha256)) {
      throw new RejectedException("not the SHA-256 of a content: 64 hexadecimal digits");
    }
  }

  /** That of a content. */
  public static Revision of(long version, JsonObject content) {
    return new Revision(version, false, content.sha256());
  }

  /** That of a deletion. */
  public static Revision ofDeletion(long version) {
    return new Revision(version, true, "");
  }

  /** Whether it is newer than another, which is of the same key. */
  public boolean isNewerThan(Revision other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Revision other) {
    if (version != other.version) {
      return Long.compare(version, other.version);
    }
    if (deleted != other.deleted) {
      return deleted ? -1 : 1;
    }
    return sha256.compareTo(other.sha256);
  }

  private static boolean isSha256(String text) {
    if (text.length() != DIGITS) {
      return false;
    }
    for (int i = 0; i < DIGITS; i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "version " + version + (deleted ? " (deleted)" : "");
  }
}
