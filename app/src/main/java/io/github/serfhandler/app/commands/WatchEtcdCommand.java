package io.github.serfhandler.app.commands;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.SettingsTable;
import java.io.IOException;
import java.util.List;

/** {@code watch etcd}: lets the fleet follow keys of etcd. */
final class WatchEtcdCommand implements Command {
  @Override
  public String name() {
    return "watch etcd";
  }

  @Override
  public String summary() {
    return "follows keys of etcd and publishes what changes";
  }

  @Override
  public String description() {
    return """
        Follows the keys of etcd (its v3 API) that are a prefix and then the pattern, and
        publishes their values as the configuration of the product and key that the
        pattern names. Start it on several nodes: one publishes, the others stand by and
        take over when it dies.
        """
        + Watching.HOW;
  }

  @Override
  public List<Option<?>> options() {
    return List.of();
  }

  @Override
  public List<Setting<?>> settings() {
    return Watching.settings(
        SettingsTable.ETCD_ENDPOINTS,
        SettingsTable.ETCD_PREFIXES,
        SettingsTable.WATCH_KEYS,
        SettingsTable.WATCH_VALUES,
        SettingsTable.ETCD_USER,
        SettingsTable.ETCD_PASSWORD,
        SettingsTable.ETCD_PASSWORD_FILE,
        SettingsTable.ETCD_CA_FILE,
        SettingsTable.ETCD_CERT_FILE,
        SettingsTable.ETCD_KEY_FILE,
        SettingsTable.ETCD_LOCK);
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example(
            "The etcd of this machine: /shop/db is key db of product shop",
            "serf-handler watch etcd"),
        new Example(
            "Another etcd, keys like /config/shop/db",
            "serf-handler watch etcd --endpoints=http://10.0.0.1:2379 --prefix=/config"),
        new Example(
            "With TLS and a user",
            "serf-handler watch etcd --endpoints=https://etcd1:2379 --cacert=ca.pem --user=me --password-file=pw"),
        new Example(
            "What is deleted in etcd is deleted on the nodes",
            "serf-handler watch etcd --deletes=on"));
  }

  @Override
  public int run(Invocation invocation) throws IOException, InterruptedException {
    return Watching.run(invocation, WiredSources::etcd);
  }
}
