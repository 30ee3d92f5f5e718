package io.github.serfhandler.peer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The secret that all nodes share which may pull from each other; immutable. Its text is nowhere to
 * be read again.
 */
public final class PeerSecret {
  /** The shortest, in characters; one that a machine made ({@code openssl rand -base64 32}). */
  public static final int MIN_LENGTH = 16;

  /** The longest, in characters. */
  public static final int MAX_LENGTH = 1024;

  private final byte[] utf8;

  private PeerSecret(byte[] utf8) {
    this.utf8 = utf8;
  }

  /**
   * A secret from the text of a file or a setting; space and line ends around it do not count.
   *
   * @throws IllegalArgumentException where it is too short or too long; the message does not hold
   *     it
   */
  public static PeerSecret of(String text) {
    String secret = text.strip();
    if (secret.length() < MIN_LENGTH || secret.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "the peer secret has "
              + secret.length()
              + " characters; it must have "
              + MIN_LENGTH
              + " to "
              + MAX_LENGTH
              + ", the same on all nodes, as from: openssl rand -base64 32");
    }
    return new PeerSecret(secret.getBytes(StandardCharsets.UTF_8));
  }

  /** A key of 32 bytes for one purpose. */
  byte[] key(String purpose) {
    byte[] salt = "serf-handler peer 1".getBytes(StandardCharsets.US_ASCII);
    return Hkdf.expand(Hkdf.extract(salt, utf8), purpose.getBytes(StandardCharsets.US_ASCII), 32);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PeerSecret that && MessageDigest.isEqual(utf8, that.utf8);
  }

  @Override
  public int hashCode() {
    // The same for all: a hash of the secret would tell something of it.
    return 1;
  }

  @Override
  public String toString() {
    return "a peer secret";
  }
}
