package io.github.serfhandler.app.commands.etcd;

import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.source.Deletes;
import io.github.serfhandler.source.KeyLayout;
import java.util.List;
import java.util.Optional;

/** Stateless: which configuration a change in etcd is, as the settings say. */
final class KeyMapping {
  private KeyMapping() {}

  /**
   * The update that a change is, not signed, with the change's own version.
   *
   * @throws RejectedException where it can be none
   */
  static ConfigUpdate update(WatchedChange change, Settings settings) {
    KeyLayout layout = settings.watchKeys();
    KeyLayout.Place place = layout.place(rest(change.key(), settings.etcdPrefixes(), layout));
    if (change.isDeletion()) {
      if (settings.watchDeletes() == Deletes.OFF) {
        throw new RejectedException(
            "deletions stay in etcd; with --deletes=on it is deleted on the nodes, too");
      }
      return ConfigUpdate.ofDeletion(place.product(), place.key(), change.version());
    }
    JsonObject content = settings.watchValues().parse(change.value().orElseThrow().bytes());
    return new ConfigUpdate(
        place.product(), place.key(), change.version(), Optional.of(content), Optional.empty());
  }

  /** What the layout is of: the key behind the first prefix that it begins with. */
  static String rest(String key, List<String> prefixes, KeyLayout layout) {
    if (prefixes.isEmpty()) {
      return key;
    }
    for (String prefix : prefixes) {
      if (key.startsWith(prefix)) {
        // Of /config/ and /PRODUCT/KEY only one of the slashes counts.
        boolean twice = prefix.endsWith("/") && layout.head().startsWith("/");
        return key.substring(twice ? prefix.length() - 1 : prefix.length());
      }
    }
    throw new RejectedException("begins with none of the prefixes of etcd.prefixes");
  }
}
