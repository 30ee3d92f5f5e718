package io.github.serfhandler.peer;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Immutable: a part of what a node holds of a product.
 *
 * @param keys by name, in the natural order; not empty where there is more
 * @param more whether keys follow the last one
 */
public record HeldPage(SortedMap<String, Held> keys, boolean more) {
  /** Copies it. */
  public HeldPage {
    keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
  }

  @Override
  public String toString() {
    return keys.size() + " keys" + (more ? " and more" : "");
  }
}
