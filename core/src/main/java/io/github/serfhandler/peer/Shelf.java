package io.github.serfhandler.peer;

import io.github.serfhandler.config.Revision;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What a node offers to its peers; implemented by who has the store. Thread-safe. It is asked on
 * the thread of the {@link PeerServer}, which serves nobody else meanwhile: an answer should take
 * milliseconds. What it throws is logged, and the peer is told that it failed.
 */
public interface Shelf {
  /** The products that this node holds. */
  Set<String> products();

  /**
   * What it holds of a product, deleted keys too: legal key names in their natural order. Asked for
   * each page of some hundred keys anew.
   */
  SortedMap<String, Held> held(String product);

  /**
   * The canonical form of the content of exactly that revision; empty where it is not held (any
   * more).
   */
  Optional<byte[]> content(String product, String key, Revision revision);
}
