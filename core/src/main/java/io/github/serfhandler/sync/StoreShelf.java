package io.github.serfhandler.sync;

import io.github.serfhandler.config.ConfigIndex;
import io.github.serfhandler.config.ConfigStore;
import io.github.serfhandler.config.IndexEntry;
import io.github.serfhandler.config.Revision;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.peer.Held;
import io.github.serfhandler.peer.Shelf;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What this node's peers may have: all that it holds of its products. Thread-safe. */
final class StoreShelf implements Shelf {
  private final ConfigIndex index;
  private final ConfigStore store;
  private volatile Set<String> products = Set.of();

  StoreShelf(ConfigIndex index, ConfigStore store) {
    this.index = index;
    this.store = store;
  }

  /** The products that this node is subscribed to. */
  void products(Set<String> subscribed) {
    products = Set.copyOf(subscribed);
  }

  @Override
  public Set<String> products() {
    return products;
  }

  @Override
  public SortedMap<String, Held> held(String product) {
    SortedMap<String, Held> held = new TreeMap<>();
    for (Map.Entry<String, IndexEntry> entry : index.keys(product).entrySet()) {
      IndexEntry known = entry.getValue();
      Optional<Revision> revision = known.revision();
      if (revision.isPresent()) {
        held.put(entry.getKey(), new Held(revision.get(), known.signature(), known.size()));
      }
    }
    return held;
  }

  @Override
  public Optional<byte[]> content(String product, String key, Revision revision) {
    if (!products.contains(product)) {
      return Optional.empty();
    }
    try {
      return store.content(product, key, revision).map(JsonObject::canonical);
    } catch (InterruptedException e) {
      // By the end of the program alone.
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
