package io.github.serfhandler.replica;

import io.github.serfhandler.config.ConfigStore;
import io.github.serfhandler.config.KeyState;
import java.util.Locale;
import java.util.Map;
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
        String drift =
            state.drift().isEmpty() ? "" : state.drift().get().name().toLowerCase(Locale.ROOT);
        items.put(entry.getKey(), new Item(state.newest().get().revision(), drift));
      }
    }
    return items;
  }
}
