package io.github.serfhandler.config;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Immutable: an Ed25519 public key with the name that people gave it. Written as {@code
 * NAME:BASE64URL}, 43 characters behind the colon for its 32 bytes.
 *
 * @param name whose it is, as logs and the history tell it; 1 to 63 of the letters of names
 * @param key the key
 */
public record PublicKey(String name, java.security.PublicKey key) {
  /** What stands before the 32 bytes in X.509 (RFC 8410, section 4). */
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int BYTES = 32;

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException where it is none; the message is one line
   */
  public static PublicKey parse(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? "" : text.substring(0, colon);
    byte[] raw;
    try {
      raw = Base64.getUrlDecoder().decode(text.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(RULE, e);
    }
    if (colon < 0 || raw.length != BYTES) {
      throw new IllegalArgumentException(RULE);
    }
    ConfigUpdate.requireName("the name of the key", name);
    byte[] encoded = Arrays.copyOf(X509, X509.length + BYTES);
    System.arraycopy(raw, 0, encoded, X509.length, BYTES);
    try {
      KeyFactory factory = KeyFactory.getInstance("Ed25519");
      return new PublicKey(name, factory.generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(RULE, e);
    }
  }

  private static final String RULE =
      "a public key is NAME:KEY as `config keygen` prints it, KEY being 43 characters of base64url";

  /** As {@link #parse} reads it. */
  public String text() {
    byte[] encoded = key.getEncoded();
    byte[] raw = Arrays.copyOfRange(encoded, X509.length, encoded.length);
    return name + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
  }

  @Override
  public String toString() {
    return name;
  }
}
