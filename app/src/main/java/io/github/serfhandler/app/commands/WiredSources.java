package io.github.serfhandler.app.commands;

import io.github.serfhandler.app.handlers.Stores;
import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.settings.SettingsTable;
import io.github.serfhandler.directory.DirectorySource;
import io.github.serfhandler.etcd.EtcdSettings;
import io.github.serfhandler.etcd.EtcdSource;
import io.github.serfhandler.source.ConfigSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Stateless: makes the stores that the fleet follows, out of the settings. */
final class WiredSources {
  private static final List<String> THIS_MACHINE = List.of("http://127.0.0.1:2379");

  private WiredSources() {}

  /** All that the settings name, by a short name; none where they name none. */
  static Map<String, ConfigSource> of(Settings settings) {
    Map<String, ConfigSource> sources = new LinkedHashMap<>();
    if (settings.etcdEndpoints().isPresent()) {
      sources.putAll(etcd(settings));
    }
    if (settings.watchDir().isPresent()) {
      sources.putAll(directory(settings.watchDir().get()));
    }
    if (settings.watchStore().isPresent()) {
      sources.putAll(store(settings, settings.watchStore().get()));
    }
    return sources;
  }

  /** The etcd of the settings, by default the one of this machine. */
  static Map<String, ConfigSource> etcd(Settings settings) {
    List<String> prefixes = settings.etcdPrefixes();
    EtcdSettings etcd =
        new EtcdSettings(
            settings.etcdEndpoints().orElse(THIS_MACHINE).stream().map(URI::create).toList(),
            prefixes.isEmpty() ? List.of("") : prefixes,
            settings.watchKeys(),
            settings.watchValues(),
            user(settings),
            new EtcdSettings.Tls(
                settings.etcdCaFile(), settings.etcdCertFile(), settings.etcdKeyFile()),
            settings.etcdLock(),
            "process "
                + ProcessHandle.current().pid()
                + " beside "
                + settings.text(SettingsTable.RPC_ADDR));
    System.Logger log = System.getLogger(EtcdSource.class.getPackageName());
    return Map.of("etcd", new EtcdSource(etcd, new Random(), log, System::nanoTime));
  }

  private static Optional<EtcdSettings.User> user(Settings settings) {
    return settings.etcdUser().isEmpty() || settings.etcdPassword().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new EtcdSettings.User(
                settings.etcdUser().get(), settings.etcdPassword().get().reveal()));
  }

  /** A directory. */
  static Map<String, ConfigSource> directory(Path root) {
    return Map.of("dir", new DirectorySource(root));
  }

  /**
   * A store of the user's own, by the name that its provider has.
   *
   * @throws io.github.serfhandler.app.handlers.HandlersException where it can not be opened
   */
  static Map<String, ConfigSource> store(Settings settings, String name) {
    System.Logger log = System.getLogger(ConfigSource.class.getPackageName());
    return Map.of("store", Stores.open(settings, name, log::log));
  }
}
