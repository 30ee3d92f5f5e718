package io.github.serfhandler.peer;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals and opens what goes between peers: AES-256-GCM, a random IV of 96 bits before the
 * ciphertext. Thread-safe.
 *
 * <p>Requests and replies have keys of their own, so that a request that is sent back opens as no
 * reply; and a reply is bound to the very bytes of its request, so that an old one opens as no
 * answer to a new request.
 */
final class Seal {
  /** How much longer the sealed bytes are. */
  static final int OVERHEAD = Seal.IV_BYTES + Seal.TAG_BYTES;

  private static final int IV_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final byte[] OF_REQUEST =
      "serf-handler peer request 1".getBytes(StandardCharsets.US_ASCII);

  private final SecretKeySpec requests;
  private final SecretKeySpec replies;
  private final SecureRandom random = new SecureRandom();

  Seal(PeerSecret secret) {
    this.requests = new SecretKeySpec(secret.key("request"), "AES");
    this.replies = new SecretKeySpec(secret.key("reply"), "AES");
  }

  byte[] request(byte[] plain) {
    return seal(requests, plain, OF_REQUEST);
  }

  /** What a sealed request holds; empty where it was not sealed with this secret. */
  Optional<byte[]> openRequest(byte[] sealed) {
    return open(requests, sealed, OF_REQUEST);
  }

  byte[] reply(byte[] plain, byte[] sealedRequest) {
    return seal(replies, plain, sha256(sealedRequest));
  }

  /** What a sealed reply holds; empty where it was not sealed as the reply to that request. */
  Optional<byte[]> openReply(byte[] sealed, byte[] sealedRequest) {
    return open(replies, sealed, sha256(sealedRequest));
  }

  private byte[] seal(SecretKeySpec key, byte[] plain, byte[] bound) {
    byte[] iv = new byte[IV_BYTES];
    random.nextBytes(iv);
    byte[] out = new byte[plain.length + OVERHEAD];
    System.arraycopy(iv, 0, out, 0, IV_BYTES);
    try {
      int length =
          cipher(Cipher.ENCRYPT_MODE, key, iv, 0, bound)
              .doFinal(plain, 0, plain.length, out, IV_BYTES);
      if (length != plain.length + TAG_BYTES) {
        throw new IllegalStateException("sealed " + plain.length + " bytes to " + length);
      }
      return out;
    } catch (GeneralSecurityException e) {
      throw lacking(e);
    }
  }

  private static Optional<byte[]> open(SecretKeySpec key, byte[] sealed, byte[] bound) {
    if (sealed.length < OVERHEAD) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, key, sealed, 0, bound)
              .doFinal(sealed, IV_BYTES, sealed.length - IV_BYTES));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw lacking(e);
    }
  }

  private static Cipher cipher(int mode, SecretKeySpec key, byte[] iv, int at, byte[] bound)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, iv, at, IV_BYTES));
    cipher.updateAAD(bound);
    return cipher;
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw lacking(e);
    }
  }

  private static IllegalStateException lacking(GeneralSecurityException e) {
    return new IllegalStateException("this Java lacks AES-GCM or SHA-256, which each must have", e);
  }
}
