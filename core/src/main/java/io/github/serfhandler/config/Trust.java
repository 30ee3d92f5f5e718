package io.github.serfhandler.config;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Whose updates this node takes. Immutable, thread-safe.
 *
 * <p>Without keys everyone's: whoever can send a Serf event can publish. With keys only what one of
 * them has signed, whatever member of the cluster sent it. A signature says who made an update, not
 * that it is the newest: an old signed update that is sent again is older, and changes nothing.
 */
public final class Trust {
  /** Takes everyone's. */
  public static final Trust EVERYONE = new Trust(List.of());

  private final List<PublicKey> keys;

  private Trust(List<PublicKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /** Takes only what the holder of one of these keys has signed; everyone's where there is none. */
  public static Trust of(List<PublicKey> keys) {
    return keys.isEmpty() ? EVERYONE : new Trust(keys);
  }

  /** Whether only signed updates are taken. */
  public boolean demandsSignature() {
    return !keys.isEmpty();
  }

  /**
   * The name of the key that signed it; empty where everyone is trusted.
   *
   * @throws RejectedException where no trusted key has signed it
   */
  public Optional<String> requireTrusted(
      String product, String key, Revision revision, Optional<String> signature) {
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    if (signature.isEmpty()) {
      throw new RejectedException(
          "not signed, and this node takes only what a trusted key has signed");
    }
    byte[] text = Signatures.signedText(product, key, revision);
    byte[] bytes = Base64.getUrlDecoder().decode(signature.get());
    for (PublicKey trusted : keys) {
      if (verifies(trusted, text, bytes)) {
        return Optional.of(trusted.name());
      }
    }
    throw new RejectedException("not signed by a key that this node trusts");
  }

  private static boolean verifies(PublicKey trusted, byte[] text, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(trusted.key());
      verifier.update(text);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      // A signature that is none, as one with a number beyond the group's order.
      return false;
    }
  }

  @Override
  public String toString() {
    return keys.isEmpty() ? "everyone" : keys.toString();
  }
}
