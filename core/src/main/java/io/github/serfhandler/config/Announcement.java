package io.github.serfhandler.config;

import java.util.Optional;

/**
 * Immutable: that there is a version of a key which is too long for gossip, and who has it. What is
 * fetched for it is believed where its hash is that of the announcement.
 *
 * @param product the product that it belongs to
 * @param key its name
 * @param revision its version and the hash of its content; never a deletion, which is short
 * @param size the bytes of the content in its canonical form, at most {@link
 *     ConfigUpdate#MAX_FILE_BYTES}
 * @param signature as that of a {@link ConfigUpdate}
 * @param holder the node that has it for certain, 1 to 128 characters
 */
public record Announcement(
    String product,
    String key,
    Revision revision,
    long size,
    Optional<String> signature,
    String holder) {
  private static final int LONGEST_HOLDER = 128;

  /**
   * Checks it.
   *
   * @throws RejectedException where something is not what it should be
   */
  public Announcement {
    ConfigUpdate.requireName("product", product);
    ConfigUpdate.requireName("key", key);
    if (revision.deleted()) {
      throw new RejectedException("a deletion is not announced");
    }
    if (size < 2 || size > ConfigUpdate.MAX_FILE_BYTES) {
      throw new RejectedException("n is not a size: 2 to " + ConfigUpdate.MAX_FILE_BYTES);
    }
    if (signature.isPresent() && !Signatures.isWellFormed(signature.get())) {
      throw new RejectedException("s is not a signature: 86 characters of base64url");
    }
    if (holder.isEmpty() || holder.length() > LONGEST_HOLDER) {
      throw new RejectedException("f is not the name of a node");
    }
  }

  @Override
  public String toString() {
    return product + "/" + key + " " + revision;
  }
}
