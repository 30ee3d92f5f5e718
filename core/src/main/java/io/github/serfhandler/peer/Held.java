package io.github.serfhandler.peer;

import io.github.serfhandler.config.Revision;
import java.util.Optional;

/**
 * Immutable: what a node holds of one key, without the content.
 *
 * @param revision which state of the key
 * @param signature the publisher's signature, where it has one: up to {@link #MAX_SIGNATURE}
 *     characters of printable ASCII, without quotation marks and backslashes
 * @param size how long the content's canonical form is, in bytes; 0 where the key is deleted
 */
public record Held(Revision revision, Optional<String> signature, long size) {
  /** The longest signature, in characters. */
  public static final int MAX_SIGNATURE = 1024;

  /** The longest content that can be pulled: 1 MiB. */
  public static final int MAX_SIZE = 1024 * 1024;

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException for a signature or a size that is none
   */
  public Held {
    if (signature.isPresent() && !isSignature(signature.get())) {
      throw new IllegalArgumentException(
          "not a signature: 1 to " + MAX_SIGNATURE + " characters of printable ASCII");
    }
    if (size < 0 || revision.deleted() != (size == 0)) {
      throw new IllegalArgumentException("a content of " + size + " bytes");
    }
  }

  private static boolean isSignature(String text) {
    if (text.isEmpty() || text.length() > MAX_SIGNATURE) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return revision + ", " + size + " bytes" + (signature.isPresent() ? ", signed" : "");
  }
}
