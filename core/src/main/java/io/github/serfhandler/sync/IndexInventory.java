package io.github.serfhandler.sync;

import io.github.serfhandler.config.ConfigIndex;
import io.github.serfhandler.config.IndexEntry;
import io.github.serfhandler.config.Revision;
import io.github.serfhandler.replica.Inventory;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the index knows, for answers about the status. Thread-safe. */
final class IndexInventory implements Inventory {
  private final ConfigIndex index;

  IndexInventory(ConfigIndex index) {
    this.index = index;
  }

  @Override
  public SortedMap<String, Item> of(String product) {
    SortedMap<String, Item> items = new TreeMap<>();
    for (Map.Entry<String, IndexEntry> entry : index.keys(product).entrySet()) {
      Optional<Item> item = item(entry.getValue());
      if (item.isPresent()) {
        items.put(entry.getKey(), item.get());
      }
    }
    return items;
  }

  private static Optional<Item> item(IndexEntry entry) {
    Optional<Revision> revision = entry.revision();
    String drift = entry.drift().map(d -> d.name().toLowerCase(Locale.ROOT)).orElse("");
    return revision.map(known -> new Item(known, drift));
  }
}
