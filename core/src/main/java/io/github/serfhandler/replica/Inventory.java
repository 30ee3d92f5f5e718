package io.github.serfhandler.replica;

import io.github.serfhandler.config.Revision;
import java.util.SortedMap;

/**
 * What a node's copy holds of products, without the contents: read from its files, or from an index
 * of them.
 */
public interface Inventory {
  /**
   * Immutable: a key that is held, or held as deleted.
   *
   * @param revision its state by its record
   * @param drift how a person has changed its file, as {@code edited}; {@code ""} where nobody has
   */
  record Item(Revision revision, String drift) {}

  /** All keys of a product by name, those deleted too. */
  SortedMap<String, Item> of(String product) throws InterruptedException;
}
