package io.github.serfhandler.render;

import io.github.serfhandler.catalog.Instance;
import io.github.serfhandler.catalog.Names;
import io.github.serfhandler.catalog.Snapshot;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Immutable: which products a file is about: all that the node sees, or one of them. */
final class Scope {
  /** All products. */
  static final Scope ALL = new Scope(null);

  private final @Nullable String product;

  private Scope(@Nullable String product) {
    this.product = product;
  }

  /**
   * One product.
   *
   * @throws IllegalArgumentException for an illegal name
   */
  static Scope of(String product) {
    return new Scope(Names.requireLegal("product", product));
  }

  /** The file's name where nothing else is said; that of one product has its name in it. */
  String fileName(String stem, String extension) {
    return product == null ? stem + extension : stem + "_" + product + extension;
  }

  /** The products with their services; a single one only where it has services. */
  SortedMap<String, SortedMap<String, List<Instance>>> products(Snapshot snapshot) {
    if (product == null) {
      return snapshot.view().products();
    }
    SortedMap<String, List<Instance>> services = snapshot.view().services(product);
    if (services.isEmpty()) {
      return Collections.emptySortedMap();
    }
    SortedMap<String, SortedMap<String, List<Instance>>> one = new TreeMap<>();
    one.put(product, services);
    return one;
  }

  /** Whether both show the same instances of these products. */
  boolean sameInstances(Snapshot before, Snapshot now) {
    return product == null
        ? before.view().products().equals(now.view().products())
        : before.view().services(product).equals(now.view().services(product));
  }

  /** Whether both show the same instances, and their nodes' tags say the same. */
  boolean sameTags(Snapshot before, Snapshot now) {
    return sameInstances(before, now) && before.catalog().equals(now.catalog());
  }
}
