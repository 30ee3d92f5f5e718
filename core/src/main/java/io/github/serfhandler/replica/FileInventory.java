package io.github.serfhandler.replica;

import io.github.serfhandler.config.ConfigStore;
import io.github.serfhandler.config.KeyState;
import io.github.serfhandler.config.Revision;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the files say, read anew each time. Thread-safe. */
final class FileInventory implements Inventory {
  private final ConfigStore store;

  FileInventory(ConfigStore store) {
    this.store = store;
  }

  @Override
  public SortedMap<String, Item> of(String product) throws InterruptedException {
    SortedMap<String, Item> items = new TreeMap<>();
    for (Map.Entry<String, KeyState> entry : store.survey(product).entrySet()) {
      KeyState state = entry.getValue();
      if (state.newest().isPresent()) {
        items.put(entry.getKey(), new Item(state.newest().get().revision(), word(state)));
      }
    }
    return items;
  }

  /**
   * One key, as an update of it would be compared with: a file without a record counts by its
   * {@code _version}.
   */
  Optional<Item> of(String product, String key) throws InterruptedException {
    Optional<Revision> newest = store.newest(product, key);
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Item(newest.get(), word(store.state(product, key))));
  }

  private static String word(KeyState state) {
    return state.drift().isEmpty() ? "" : state.drift().get().name().toLowerCase(Locale.ROOT);
  }
}
