package io.github.serfhandler.config;

import java.nio.charset.StandardCharsets;

/**
 * Stateless: what a signature is made over, and how it is written. It is an Ed25519 signature (RFC
 * 8032) of 64 bytes in base64url without padding (RFC 4648, section 5).
 */
final class Signatures {
  /** The characters of a signature. */
  static final int LENGTH = 86;

  private static final String PURPOSE = "serf-handler config 1";

  private Signatures() {}

  /** Whether it is written as one; nothing is verified. */
  static boolean isWellFormed(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!digit && !letter && c != '-' && c != '_') {
        return false;
      }
    }
    return true;
  }

  /**
   * What is signed: a word for the purpose, product, key, version, and the content's SHA-256 or
   * {@code deleted}, a line each. None of them can hold a line end. The hash stands for the
   * content, so that an announcement can be verified before the content is fetched.
   */
  static byte[] signedText(String product, String key, Revision revision) {
    String state = revision.deleted() ? "deleted" : revision.sha256();
    String text =
        String.join("\n", PURPOSE, product, key, Long.toString(revision.version()), state);
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
