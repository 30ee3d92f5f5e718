package io.github.serfhandler.peer;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One content on its way, from one peer or from several: keeps what came of it, so that another
 * request, or another peer, goes on there. Takes as much memory as the content is long, 1 MiB at
 * most. Confined to one thread.
 */
public final class Download {
  private final String product;
  private final String key;
  private final Held held;
  private byte @Nullable [] bytes;
  private int length;
  private boolean verified;

  /**
   * One of which nothing has come yet.
   *
   * @param held what is to be had, as a peer tells; not deleted
   * @throws IllegalArgumentException where it is deleted or longer than {@link Held#MAX_SIZE}
   */
  public Download(String product, String key, Held held) {
    if (held.revision().deleted() || held.size() > Held.MAX_SIZE) {
      throw new IllegalArgumentException("no content to fetch of " + product + "/" + key);
    }
    this.product = product;
    this.key = key;
    this.held = held;
  }

  /** The product. */
  public String product() {
    return product;
  }

  /** The key. */
  public String key() {
    return key;
  }

  /** What is to be had. */
  public Held held() {
    return held;
  }

  /** How many bytes have come. */
  public int offset() {
    return length;
  }

  /** The content; empty until all of it is here and its SHA-256 was right. */
  public Optional<byte[]> content() {
    return verified ? Optional.ofNullable(bytes) : Optional.empty();
  }

  /** Appends what came; the caller has seen that it is not too much. */
  void append(byte[] part) {
    if (bytes == null) {
      bytes = new byte[(int) held.size()];
    }
    System.arraycopy(part, 0, bytes, length, part.length);
    length += part.length;
  }

  boolean isWhole() {
    return length == held.size();
  }

  /** Checks a whole one; one that is wrong is forgotten, all of it. */
  boolean verify() {
    verified = bytes != null && isWhole() && held.revision().sha256().equals(hex(bytes));
    if (!verified) {
      bytes = null;
      length = 0;
    }
    return verified;
  }

  /** The SHA-256 as a {@code Revision} holds it. */
  static String hex(byte[] content) {
    byte[] hash = Seal.sha256(content);
    StringBuilder out = new StringBuilder(2 * hash.length);
    for (byte b : hash) {
      out.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return product + "/" + key + " " + held.revision() + ": " + length + " of " + held.size();
  }
}
