package io.github.serfhandler.peer;

import io.github.serfhandler.config.Revision;
import java.util.Optional;

/**
 * Immutable: one state of a key that came from a peer.
 *
 * @param product the product
 * @param key the key
 * @param revision which state it is
 * @param signature the publisher's signature, as the peer tells it; not checked
 * @param content the content's bytes, whose SHA-256 is that of the revision, and which nobody
 *     changes; empty where the key is deleted. That they are canonical JSON is not checked
 */
public record PulledItem(
    String product,
    String key,
    Revision revision,
    Optional<String> signature,
    Optional<byte[]> content) {
  /**
   * Checks it.
   *
   * @throws IllegalArgumentException where it has a content though deleted, or none though not
   */
  public PulledItem {
    if (content.isPresent() == revision.deleted()) {
      throw new IllegalArgumentException("the content of " + product + "/" + key);
    }
  }

  @Override
  public boolean equals(Object other) {
    // The revision holds the hash of the content.
    return other instanceof PulledItem that
        && product.equals(that.product)
        && key.equals(that.key)
        && revision.equals(that.revision)
        && signature.equals(that.signature);
  }

  @Override
  public int hashCode() {
    return (product.hashCode() * 31 + key.hashCode()) * 31 + revision.hashCode();
  }

  @Override
  public String toString() {
    return product + "/" + key + " " + revision;
  }
}
