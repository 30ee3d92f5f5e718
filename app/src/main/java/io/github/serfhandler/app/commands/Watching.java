package io.github.serfhandler.app.commands;

import io.github.serfhandler.app.cli.CommonSettings;
import io.github.serfhandler.app.cli.ExitStatus;
import io.github.serfhandler.app.cli.FailedException;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.StopSignal;
import io.github.serfhandler.app.handlers.HandlersException;
import io.github.serfhandler.app.log.StderrLoggerFinder;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.settings.SettingsTable;
import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.app.wiring.Wiring;
import io.github.serfhandler.handler.ConfigHandler;
import io.github.serfhandler.handler.SerfHandlerProxy;
import io.github.serfhandler.peer.PeerException;
import io.github.serfhandler.rule.SchemaException;
import io.github.serfhandler.source.ConfigSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Stateless: what the commands of the group {@code watch} have in common. */
final class Watching {
  /** The name of the group. */
  static final String GROUP = "watch";

  /** What the group is for. */
  static final String SUMMARY = "lets the fleet follow a store: publishes what changes there";

  /** The names of its commands, in the order of the help. */
  static final List<String> NAMES = List.of("watch etcd", "watch dir", "watch store");

  /** What the descriptions have in common. */
  static final String HOW =
      """
      What differs from what the fleet holds is published: at the start, after every
      change, and after it was away. It keeps a copy of that configuration in the
      configuration directory, as agent does, and is kept equal to the others by the same
      digests; so it needs a Serf agent on this machine, of which no tag is asked. Runs
      until it is stopped (ctrl-c or SIGTERM). On a node where agent runs, let that one
      watch: name the store in its settings.""";

  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private Watching() {}

  /** The settings of a command of the group. */
  static List<Setting<?>> settings(Setting<?>... own) {
    List<Setting<?>> all = new ArrayList<>(List.of(own));
    all.addAll(
        List.of(
            SettingsTable.WATCH_DELETES,
            SettingsTable.CONF_DIR,
            SettingsTable.CONFIG_SYNC_MAX,
            SettingsTable.CONFIG_HISTORY,
            SettingsTable.CONFIG_TRUSTED,
            SettingsTable.SIGNING_KEY_FILE,
            SettingsTable.EVENT_LIMIT,
            SettingsTable.QUERY_LIMIT,
            SettingsTable.PEER_LISTEN,
            SettingsTable.PEER_SECRET,
            SettingsTable.PEER_SECRET_FILE));
    return CommonSettings.talkingAnd(all.toArray(new Setting<?>[0]));
  }

  /**
   * Refuses to follow a store with a copy that is not kept equal to those of the others.
   *
   * @throws FailedException where the settings say so
   */
  static void requireSync(Settings settings) {
    if (!settings.configSync()) {
      throw new FailedException(
          "a store is to be followed, but config.sync is off ("
              + settings.origin(SettingsTable.CONFIG_SYNC)
              + "): what the fleet holds would not be known here, and what gossip loses would stay"
              + " lost; turn it on");
    }
  }

  /** Makes the store that is followed. */
  interface Store {
    /**
     * Makes it.
     *
     * @throws HandlersException where the jar of a store of the user's own can not be used
     */
    Map<String, ConfigSource> open(Settings settings);
  }

  /** Follows a store until the signal comes. */
  static int run(Invocation invocation, Store store) throws IOException, InterruptedException {
    Settings settings = invocation.settings();
    requireSync(settings);
    StderrLoggerFinder.setLevel(settings.logLevel());
    StopSignal stop = StopSignal.install(STOP_LIMIT);
    Map<String, ConfigSource> sources;
    try {
      // First of all: what can not be used is a mistake to mend before anything begins.
      sources = store.open(settings);
      Wiring.rules(settings).prepare();
    } catch (HandlersException | SchemaException e) {
      invocation.err().line("serf-handler: " + Printable.of(String.valueOf(e.getMessage())));
      return ExitStatus.USAGE;
    }
    SerfHandlerProxy proxy = new SerfHandlerProxy();
    proxy.register(SerfHandlerProxy.DEFAULT, new ConfigHandler());
    for (ConfigSource source : sources.values()) {
      invocation
          .err()
          .line(
              "The fleet of the Serf agent at "
                  + settings.text(SettingsTable.RPC_ADDR)
                  + " follows "
                  + Printable.of(source.name()));
    }
    invocation.err().line("Stop with ctrl-c.");
    invocation.err().flush();
    try {
      return new Resident(settings, stop)
          .run(new Resident.Work(List.of(), true, proxy, sources, false));
    } catch (InterruptedException e) {
      if (stop.requested()) {
        return ExitStatus.DONE;
      }
      throw e;
    } catch (PeerException e) {
      throw new FailedException(String.valueOf(e.getMessage()));
    }
  }
}
