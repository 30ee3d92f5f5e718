package io.github.serfhandler.replica;

import io.github.serfhandler.config.Revision;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a node's copy holds, without the contents: read from its files, or from an index of them.
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

  /** One key. */
  default Optional<Item> of(String product, String key) throws InterruptedException {
    return Optional.ofNullable(of(product).get(key));
  }
}
