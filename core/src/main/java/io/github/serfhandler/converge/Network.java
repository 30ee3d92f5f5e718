package io.github.serfhandler.converge;

/**
 * What convergence asks of the cluster. Called on the thread of {@link Convergence}, which must not
 * be called back from within; what fails is the implementation's to log and count, for gossip may
 * lose it as well.
 */
public interface Network {
  /** Broadcasts the user event {@code config_digest} with this payload, not coalesced. */
  void digest(byte[] payload);

  /**
   * Broadcasts what this node holds of a key: {@code config_updated} or {@code config_deleted};
   * does nothing where it holds nothing any more.
   */
  void repair(String product, String key);

  /** Whether a node serves pulls and this one may ask it. The name came over the network. */
  boolean canPull(String node);

  /**
   * Starts in the background to compare the product with what a node holds and to fetch what is
   * newer there; each result comes back through {@link Convergence#holds}.
   */
  void pull(String product, String node);

  /** The name of this node where it serves pulls itself, else {@code ""}. */
  String self();
}
