package io.github.serfhandler.app.commands;

import io.github.serfhandler.app.cli.ExitStatus;
import io.github.serfhandler.app.cli.StopSignal;
import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.settings.SettingsTable;
import io.github.serfhandler.app.wiring.Listening;
import io.github.serfhandler.app.wiring.Wiring;
import io.github.serfhandler.client.SerfAuthException;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.discovery.Discovery;
import io.github.serfhandler.discovery.FollowListener;
import io.github.serfhandler.discovery.Follower;
import io.github.serfhandler.discovery.Journal;
import io.github.serfhandler.discovery.Pulse;
import io.github.serfhandler.discovery.RpcAgent;
import io.github.serfhandler.discovery.StatusFile;
import io.github.serfhandler.discovery.Vicinity;
import io.github.serfhandler.handler.SerfHandlerProxy;
import io.github.serfhandler.output.FileSpec;
import io.github.serfhandler.source.ConfigSource;
import io.github.serfhandler.store.FileStore;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A command that stays beside the Serf agent until it is stopped. Confined to the main thread. */
final class Resident {
  private final Settings settings;
  private final StopSignal stop;

  /** One that has not begun. */
  Resident(Settings settings, StopSignal stop) {
    this.settings = settings;
    this.stop = stop;
  }

  /**
   * Immutable: what it does.
   *
   * @param files the files of discovery that are kept
   * @param listens whether it hears of events and queries, and keeps the configuration
   * @param proxy the handlers; without effect where it does not listen
   * @param sources the stores that the fleet follows, by a short name; closed with this. None where
   *     it does not listen
   * @param reacts whether what the rules run after a change is run
   */
  record Work(
      List<FileSpec> files,
      boolean listens,
      SerfHandlerProxy proxy,
      Map<String, ConfigSource> sources,
      boolean reacts) {}

  /** Does the work until the signal comes. */
  int run(Work work) throws IOException, InterruptedException {
    System.Logger log = System.getLogger(Follower.class.getPackageName());
    Consumer<String> warnings = text -> log.log(System.Logger.Level.WARNING, text);
    FileStore store = Wiring.store(warnings);
    Journal journal =
        new Journal(
            log,
            settings.text(SettingsTable.RPC_ADDR),
            Clock.systemUTC(),
            new StatusFile(store, settings.confDir(), log));
    FollowListener told = work.files().isEmpty() ? journal.ofTheAgentAlone() : journal;
    try (SerfClient client = Wiring.client(settings)) {
      // Only where the agent hangs: else the step that is under way ends by itself.
      stop.whenOverdue(client::close);
      RpcAgent agent = new RpcAgent(client);
      refuseWrongKey(agent);
      // Not before: a mistake that ends it at the start is to leave no directory behind.
      ResidentLock lock = ResidentLock.take(settings.confDir(), warnings);
      try (lock) {
        Listening listening =
            work.listens()
                ? Listening.start(
                    settings, client, work.proxy(), store, warnings, work.sources(), work.reacts())
                : null;
        Discovery discovery = Wiring.discovery(settings, work.files(), store, warnings);
        Wiring.measure(discovery, work.files(), Vicinity.followed(agent, System::nanoTime));
        KeptFiles kept = KeptFiles.start(work.files(), store, settings.confDir());
        FollowListener alsoKept = told.andThen(kept);
        Follower follower =
            new Follower(
                agent,
                discovery,
                work.files().isEmpty()
                    ? Wiring.followingWithoutFiles()
                    : Wiring.following(settings),
                System::nanoTime,
                listening == null ? alsoKept : alsoKept.andThen(listening.listener()));
        try (kept;
            listening) {
          while (!stop.await(follower.step())) {
            // The step did what was due.
            kept.writeStatus();
            if (listening != null) {
              listening.writeStatus();
            }
          }
          // From here on the client is needed for the answers of the handlers that still run.
          stop.whenOverdue(() -> {});
        }
        journal.stopped();
      }
    }
    return ExitStatus.DONE;
  }

  /** A wrong key at the start is a mistake to mend; later on, the agent may be restarting. */
  private static void refuseWrongKey(RpcAgent agent) {
    try {
      Pulse ignored = agent.pulse();
    } catch (SerfAuthException e) {
      throw e;
    } catch (SerfException e) {
      // The follower meets it again at once, tells it and waits for the agent.
      return;
    }
  }
}
