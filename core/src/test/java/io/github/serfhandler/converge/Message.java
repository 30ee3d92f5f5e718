package io.github.serfhandler.converge;

import io.github.serfhandler.config.Revision;
import org.jspecify.annotations.Nullable;

/** Immutable: what is broadcast in a {@link Simulation}: a digest, or an update of a key. */
final class Message {
  final byte @Nullable [] payload;
  final @Nullable Digest digest;
  final String product;
  final String key;
  final @Nullable Revision revision;

  private Message(
      byte @Nullable [] payload,
      @Nullable Digest digest,
      String product,
      String key,
      @Nullable Revision revision) {
    this.payload = payload;
    this.digest = digest;
    this.product = product;
    this.key = key;
    this.revision = revision;
  }

  /** Read once, for all that hear it. */
  static Message digest(byte[] payload) {
    Digest digest = DigestReader.read(payload).orElseThrow();
    return new Message(payload, digest, digest.product(), "", null);
  }

  /** Anything that calls itself a digest. */
  static Message raw(byte[] payload) {
    return new Message(payload, null, "", "", null);
  }

  static Message update(String product, String key, Revision revision) {
    return new Message(null, null, product, key, revision);
  }

  boolean isDigest() {
    return payload != null;
  }

  void reach(SimNode node, long now) {
    if (revision != null) {
      node.convergence().heard(product, key, revision, now);
      node.take(product, key, revision, now);
    } else if (payload != null && digest != null) {
      node.convergence().heardDigest(payload, digest, now);
    } else if (payload != null) {
      node.convergence().heardDigest(payload, now);
    }
  }
}
