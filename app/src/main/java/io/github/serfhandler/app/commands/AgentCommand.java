package io.github.serfhandler.app.commands;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.ExitStatus;
import io.github.serfhandler.app.cli.FailedException;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.cli.StopSignal;
import io.github.serfhandler.app.cli.UsageException;
import io.github.serfhandler.app.dev.DevCluster;
import io.github.serfhandler.app.handlers.Handlers;
import io.github.serfhandler.app.handlers.HandlersException;
import io.github.serfhandler.app.log.StderrLoggerFinder;
import io.github.serfhandler.app.settings.IntType;
import io.github.serfhandler.app.settings.Secret;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.settings.SettingsTable;
import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.app.wiring.Wiring;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.handler.HandlerProvider;
import io.github.serfhandler.handler.SerfHandlerProxy;
import io.github.serfhandler.peer.PeerException;
import io.github.serfhandler.render.RenderException;
import io.github.serfhandler.rule.SchemaException;
import io.github.serfhandler.source.ConfigSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code agent}: follows the local Serf agent and keeps the files current until it is stopped. */
final class AgentCommand implements Command {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final Duration DEV_START_LIMIT = Duration.ofSeconds(20);

  static final Option<Boolean> DEV =
      Option.ofSwitch("--dev", "start private Serf agents when none answers, to try things out");
  static final Option<Integer> NODES =
      Option.of("--nodes", new IntType(1, 9), "1", "how many agents --dev starts");
  static final Option<Boolean> ONCE = Option.ofSwitch("--once", "make one full pass and end");

  private final List<HandlerProvider> providers;

  /** Runs the handlers of these providers too. */
  AgentCommand(List<HandlerProvider> providers) {
    this.providers = providers;
  }

  @Override
  public String name() {
    return "agent";
  }

  @Override
  public String summary() {
    return "follows the local Serf agent and keeps the files current";
  }

  @Override
  public String description() {
    return """
        Follows the local Serf agent over RPC and keeps services.json, services.yml and
        fakedhosts.txt in the configuration directory current, until it is stopped (ctrl-c
        or SIGTERM). While the agent is away, the last files stay. Runs the handlers of the
        node's roles for user events, queries and changes of members.""";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(DEV, NODES, ONCE);
  }

  @Override
  public List<Setting<?>> settings() {
    return Commands.discoveringAnd(
        SettingsTable.POLL_PROBE,
        SettingsTable.POLL_MEMBERS_MAX,
        SettingsTable.EVENTS,
        SettingsTable.HANDLERS_JARS,
        SettingsTable.HANDLERS_SCRIPTS,
        SettingsTable.HANDLERS_TIMEOUT,
        SettingsTable.HANDLERS_QUEUE,
        SettingsTable.HANDLERS_ANSWER_LIMIT,
        SettingsTable.CONFIG_SYNC,
        SettingsTable.CONFIG_SYNC_MAX,
        SettingsTable.CONFIG_HISTORY,
        SettingsTable.CONFIG_TRUSTED,
        SettingsTable.EVENT_LIMIT,
        SettingsTable.QUERY_LIMIT,
        SettingsTable.PEER_LISTEN,
        SettingsTable.PEER_SECRET,
        SettingsTable.PEER_SECRET_FILE,
        SettingsTable.SIGNING_KEY_FILE,
        SettingsTable.ETCD_ENDPOINTS,
        SettingsTable.ETCD_PREFIXES,
        SettingsTable.ETCD_USER,
        SettingsTable.ETCD_PASSWORD,
        SettingsTable.ETCD_PASSWORD_FILE,
        SettingsTable.ETCD_CA_FILE,
        SettingsTable.ETCD_CERT_FILE,
        SettingsTable.ETCD_KEY_FILE,
        SettingsTable.ETCD_LOCK,
        SettingsTable.WATCH_DIR,
        SettingsTable.WATCH_STORE,
        SettingsTable.WATCH_OPTIONS,
        SettingsTable.WATCH_KEYS,
        SettingsTable.WATCH_VALUES,
        SettingsTable.WATCH_DELETES);
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example(
            "Try it out: a private cluster of three Serf agents, files in ./conf",
            "serf-handler agent --dev --nodes=3"),
        new Example(
            "Beside the Serf agent of this machine",
            "serf-handler agent --conf-dir=/etc/serf-handler/conf"),
        new Example(
            "Its RPC asks for a key",
            "serf-handler agent --rpc-auth-file=/etc/serf-handler/rpc.key"),
        new Example(
            "With handlers of your own, and a script for deployments",
            "serf-handler agent --handlers=my.jar --script='user:deploy=/usr/local/bin/deploy'"),
        new Example(
            "All settings in a file", "serf-handler agent --config=/etc/serf-handler/conf.yml"));
  }

  @Override
  public int run(Invocation invocation) throws IOException, InterruptedException {
    if (invocation.has(NODES) && !invocation.value(DEV)) {
      throw new UsageException("--nodes is for --dev alone; add --dev or leave it out");
    }
    StderrLoggerFinder.setLevel(invocation.settings().logLevel());
    StopSignal stop = StopSignal.install(STOP_LIMIT);
    boolean once = invocation.value(ONCE);
    Settings settings = invocation.settings();
    SerfHandlerProxy proxy;
    Map<String, ConfigSource> sources;
    try {
      // First of all: a jar that can not be used is a mistake to mend before anything begins.
      proxy = settings.events() && !once ? handlers(settings) : new SerfHandlerProxy();
      sources = once ? Map.of() : sources(settings);
      Wiring.rules(settings).prepare();
      Wiring.prepare(Wiring.files(settings));
    } catch (HandlersException | SchemaException | RenderException e) {
      invocation.err().line("serf-handler: " + Printable.of(String.valueOf(e.getMessage())));
      return ExitStatus.USAGE;
    }
    try (DevCluster cluster = invocation.value(DEV) ? start(invocation, stop) : null) {
      // A single pass beside an agent is for scripts, which hear of failures alone.
      if (!once || cluster != null) {
        invocation.err().print(text(settings, cluster, once));
        invocation.err().flush();
      }
      return once ? once(invocation) : follow(settings, proxy, sources, stop);
    } catch (InterruptedException e) {
      if (stop.requested()) {
        return ExitStatus.DONE;
      }
      throw e;
    } catch (PeerException e) {
      throw new FailedException(String.valueOf(e.getMessage()));
    }
  }

  private static String text(Settings settings, @Nullable DevCluster cluster, boolean once) {
    return once && cluster != null
        ? Welcome.textOfOnePass(settings, cluster)
        : Welcome.text(settings, cluster);
  }

  private static int once(Invocation invocation) {
    boolean updated = OnePass.run(invocation.settings(), invocation.err());
    invocation.out().line(updated ? "updated" : "unchanged");
    return ExitStatus.DONE;
  }

  private static int follow(
      Settings settings, SerfHandlerProxy proxy, Map<String, ConfigSource> sources, StopSignal stop)
      throws IOException, InterruptedException {
    Resident.Work work =
        new Resident.Work(Wiring.files(settings), settings.events(), proxy, sources, true);
    return new Resident(settings, stop).run(work);
  }

  /** The stores that the settings name; they need the stream of events. */
  private static Map<String, ConfigSource> sources(Settings settings) {
    Map<String, ConfigSource> sources = WiredSources.of(settings);
    if (!sources.isEmpty()) {
      Watching.requireSync(settings);
      if (!settings.events()) {
        throw new FailedException(
            "a store is to be followed ("
                + String.join(", ", sources.keySet())
                + "), but events is off; turn it on, or take out what names the store");
      }
    }
    return sources;
  }

  private SerfHandlerProxy handlers(Settings settings) {
    System.Logger log = System.getLogger(Handlers.class.getPackageName());
    return Handlers.load(settings, providers, log::log);
  }

  private static @Nullable DevCluster start(Invocation invocation, StopSignal stop)
      throws IOException, InterruptedException {
    Settings settings = invocation.settings();
    if (DevCluster.isTaken(settings.rpcAddr())) {
      // Says in a line what is wrong where that is not a Serf agent, or wants another key.
      SerfClient.connect(Wiring.options(settings)).close();
      String ignored = invocation.has(NODES) ? "; --nodes has no effect" : "";
      invocation.err().line("A Serf agent runs there already: none is started" + ignored);
      return null;
    }
    Optional<String> key = settings.rpcAuth().map(Secret::reveal);
    DevCluster.Request request =
        new DevCluster.Request(
            settings.rpcAddr(), invocation.value(NODES), key, DEV_START_LIMIT, System.getenv());
    return DevCluster.start(request, stop::requested);
  }
}
