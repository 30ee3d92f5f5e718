package io.github.serfhandler.config;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * Immutable: a private Ed25519 key with its name, which signs updates. Its text is a secret:
 *
 * <pre>{@code
 * serf-handler private key
 * NAME:BASE64 of PKCS#8 (RFC 8410)
 * }</pre>
 */
public final class SigningKey {
  private static final String HEAD = "serf-handler private key";

  private final String name;
  private final PrivateKey key;

  private SigningKey(String name, PrivateKey key) {
    this.name = name;
    this.key = key;
  }

  /**
   * A new pair of keys.
   *
   * @param text the text of the private key, to be kept secret
   * @param publicKey what those who are to trust it need
   */
  public record Pair(String text, PublicKey publicKey) {
    @Override
    public String toString() {
      return publicKey.toString();
    }
  }

  /**
   * Makes a new pair.
   *
   * @param name whose it is, legal as the name of a key of the configuration
   * @throws RejectedException where the name is not legal
   */
  public static Pair generate(String name) {
    ConfigUpdate.requireName("the name of the key", name);
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      String secret = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
      return new Pair(
          HEAD + "\n" + name + ":" + secret + "\n", new PublicKey(name, pair.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no Ed25519", e);
    }
  }

  /**
   * Reads the text of a private key.
   *
   * @throws IllegalArgumentException where it is none; the message is one line and holds nothing of
   *     it
   */
  public static SigningKey parse(String text) {
    String[] lines = text.strip().split("\n", -1);
    int colon = lines[lines.length - 1].indexOf(':');
    if (lines.length != 2 || !lines[0].strip().equals(HEAD) || colon < 0) {
      throw new IllegalArgumentException(RULE);
    }
    String name = lines[1].substring(0, colon);
    try {
      ConfigUpdate.requireName("the name of the key", name);
      byte[] encoded = Base64.getDecoder().decode(lines[1].substring(colon + 1).strip());
      KeyFactory factory = KeyFactory.getInstance("Ed25519");
      return new SigningKey(name, factory.generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException | IllegalArgumentException | RejectedException e) {
      // Not its message, nor it as a cause: either may quote the secret.
      throw new IllegalArgumentException(RULE);
    }
  }

  private static final String RULE =
      "it is not a private key as `serf-handler config keygen` writes it";

  /** Whose it is. */
  public String name() {
    return name;
  }

  /** The update with a signature of this key. */
  public ConfigUpdate sign(ConfigUpdate update) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(key);
      signer.update(Signatures.signedText(update.product(), update.key(), update.revision()));
      return update.withSignature(
          Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("can not sign with the key " + name, e);
    }
  }

  @Override
  public String toString() {
    return "the private key " + name;
  }
}
