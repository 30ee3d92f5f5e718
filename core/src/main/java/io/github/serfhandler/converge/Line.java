package io.github.serfhandler.converge;

import io.github.serfhandler.config.Revision;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Immutable: what a digest tells of one key. The order is that of {@link Revision}, as far as the
 * first 48 bits of the SHA-256 of the content show it.
 *
 * @param key the first 64 bits of the SHA-256 of the key's name
 * @param version its version
 * @param deleted whether it is deleted
 * @param content the first 48 bits of the SHA-256 of its content; 0 where it is deleted
 */
record Line(long key, long version, boolean deleted, long content) implements Comparable<Line> {
  /** How many bits of a content's SHA-256 a line holds. */
  static final int CONTENT_BITS = 48;

  private static final int CONTENT_DIGITS = CONTENT_BITS / 4;

  /** That of a key of which a revision is held. */
  static Line of(long key, Revision revision) {
    long content =
        revision.deleted()
            ? 0
            : Long.parseUnsignedLong(revision.sha256().substring(0, CONTENT_DIGITS), 16);
    return new Line(key, revision.version(), revision.deleted(), content);
  }

  /** The hash by which a key is known in digests. */
  static long keyHash(String name) {
    return first64(name.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The hash of all that it tells, which sums are made of. Of the line and not of the whole SHA-256
   * of the content, so that a list says as much as a sum: who hears one knows the other.
   */
  long hash() {
    return first64(
        ByteBuffer.allocate(3 * Long.BYTES + 1)
            .putLong(key)
            .putLong(version)
            .put((byte) (deleted ? 1 : 0))
            .putLong(content)
            .array());
  }

  /** Whether it is newer than another of the same key. */
  boolean isNewerThan(Line other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Line other) {
    if (version != other.version) {
      return Long.compare(version, other.version);
    }
    if (deleted != other.deleted) {
      return deleted ? -1 : 1;
    }
    return Long.compare(content, other.content);
  }

  private static long first64(byte[] bytes) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
