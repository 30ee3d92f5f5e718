package io.github.serfhandler.directory;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: what a whole tree looks like from outside.
 *
 * @param root the root's identity: another one than before is another directory in its place
 * @param items the keys by name
 * @param strange what looks like configuration and can be none, and the closed products: why, by
 *     the path in the tree
 * @param closed the products that are there and can not be looked into
 * @param directories all that were looked into, without links on the way
 */
record TreeLook(
    @Nullable Object root,
    SortedMap<String, TreeItem> items,
    SortedMap<String, String> strange,
    Set<String> closed,
    Set<Path> directories) {
  TreeLook {
    items = Collections.unmodifiableSortedMap(items);
    strange = Collections.unmodifiableSortedMap(strange);
    closed = Collections.unmodifiableSet(closed);
    directories = Collections.unmodifiableSet(directories);
  }

  /** Whether a key looks the same in both, or is missing in both. */
  boolean agrees(TreeLook other, String name) {
    return Objects.equals(items.get(name), other.items.get(name));
  }
}
