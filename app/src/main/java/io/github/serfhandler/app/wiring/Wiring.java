package io.github.serfhandler.app.wiring;

import io.github.serfhandler.app.settings.Secret;
import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.settings.SettingsException;
import io.github.serfhandler.app.settings.SettingsTable;
import io.github.serfhandler.app.settings.SmallFile;
import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.catalog.GuardSettings;
import io.github.serfhandler.client.Backoff;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfClientOptions;
import io.github.serfhandler.config.ConfigStore;
import io.github.serfhandler.config.SigningKey;
import io.github.serfhandler.config.Trust;
import io.github.serfhandler.discovery.Discovery;
import io.github.serfhandler.discovery.FollowSettings;
import io.github.serfhandler.discovery.Interest;
import io.github.serfhandler.discovery.Vicinity;
import io.github.serfhandler.handler.SerfHandlerProxy;
import io.github.serfhandler.output.FileSpec;
import io.github.serfhandler.peer.PeerException;
import io.github.serfhandler.peer.PeerSecret;
import io.github.serfhandler.publish.MessageLimits;
import io.github.serfhandler.render.RenderException;
import io.github.serfhandler.replica.Gate;
import io.github.serfhandler.replica.Replica;
import io.github.serfhandler.resident.ResidentHandlers;
import io.github.serfhandler.resident.ResidentSettings;
import io.github.serfhandler.rule.Rules;
import io.github.serfhandler.source.ConfigSource;
import io.github.serfhandler.source.Sources;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.sync.ConfigSync;
import io.github.serfhandler.sync.SyncSettings;
import io.github.serfhandler.template.TemplateRenderer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Stateless: makes the parts that commands are put together from, out of the settings. */
public final class Wiring {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);

  /** The event stream comes back as soon as the files do. */
  private static final Backoff RECONNECT =
      new Backoff(Duration.ofMillis(100), FollowSettings.DEFAULTS.retryMax(), 0.5);

  private static final int MAX_KEY_BYTES = 4096;

  private Wiring() {}

  /** Where the agent is, and how long to wait for it. */
  public static SerfClientOptions options(Settings settings) {
    Duration timeout = settings.rpcTimeout();
    Optional<Secret> key = settings.rpcAuth();
    return SerfClientOptions.builder()
        .address(settings.rpcAddr())
        .authKey(key.isPresent() ? key.get().reveal() : "")
        .connectTimeout(timeout.compareTo(CONNECT_LIMIT) < 0 ? timeout : CONNECT_LIMIT)
        .commandTimeout(timeout)
        .reconnect(RECONNECT)
        .build();
  }

  /** A client of the agent, which connects at its first command. */
  public static SerfClient client(Settings settings) {
    return SerfClient.open(options(settings));
  }

  /** A store whose notices go to {@code notices}. */
  public static FileStore store(Consumer<String> notices) {
    return new FileStore(Clock.systemUTC(), notices);
  }

  /** The configuration in the configuration directory. */
  public static ConfigStore configStore(Settings settings, Consumer<String> notices) {
    return new ConfigStore(
        settings.confDir(), store(notices), Clock.systemUTC(), settings.configHistory(), notices);
  }

  /** Whose updates are taken. */
  public static Trust trust(Settings settings) {
    return Trust.of(settings.trusted());
  }

  /** This node's copy of the configuration, which nobody watches yet. */
  public static Replica replica(Settings settings, ConfigStore store) {
    Gate gate = settings.rules().isEmpty() ? Gate.OPEN : new RuleGate(rules(settings));
    return new Replica(store, trust(settings), gate);
  }

  /** The copy in a process that Serf forked: what reacts to a change is done before it ends. */
  public static Replica forkedReplica(Settings settings, Consumer<String> notices) {
    Replica replica = replica(settings, configStore(settings, notices));
    if (!settings.rules().isEmpty()) {
      replica.watch(new RuleChanges(settings.confDir(), new ForkedReactions(settings.rules())));
    }
    return replica;
  }

  /** What is demanded of configuration before it is stored. */
  public static Rules rules(Settings settings) {
    return new Rules(
        settings.rules(),
        settings.confDir().resolve(Discovery.OWN_FOLDER),
        System.getLogger(Rules.class.getPackageName()));
  }

  /**
   * The key that signs what is published; empty where nothing is signed.
   *
   * @throws SettingsException where its file can not be used
   */
  public static Optional<SigningKey> signingKey(Settings settings) {
    Optional<Path> file = settings.signingKeyFile();
    if (file.isEmpty()) {
      return Optional.empty();
    }
    String place = settings.origin(SettingsTable.SIGNING_KEY_FILE) + ": ";
    try {
      return Optional.of(SigningKey.parse(SmallFile.read(file.get(), MAX_KEY_BYTES)));
    } catch (IOException e) {
      throw new SettingsException(List.of(place + e.getMessage()));
    } catch (IllegalArgumentException e) {
      String name = Printable.of(file.get().toString());
      throw new SettingsException(List.of(place + name + ": " + e.getMessage()));
    }
  }

  /** Discovery into the configuration directory, all of its files. */
  public static Discovery discovery(Settings settings, FileStore store, Consumer<String> warnings) {
    return discovery(settings, files(settings), store, warnings);
  }

  /** Discovery into the configuration directory, some files only. */
  public static Discovery discovery(
      Settings settings, List<FileSpec> files, FileStore store, Consumer<String> warnings) {
    return new Discovery(
        settings.confDir(),
        interest(settings),
        files,
        guard(settings),
        store,
        Clock.systemUTC(),
        warnings);
  }

  /** The products that the user wants. */
  private static Interest interest(Settings settings) {
    return new Interest(settings.products(), settings.observe());
  }

  /** The handlers of a resident agent, which wait for the first pass of discovery. */
  static ResidentHandlers handlers(
      Settings settings,
      SerfClient client,
      SerfHandlerProxy proxy,
      Replica replica,
      FileStore store) {
    return new ResidentHandlers(
        client,
        proxy,
        ResidentSettings.of(
            settings.handlerTimeout(), settings.handlerQueue(), settings.answerLimit()),
        interest(settings),
        replica,
        settings.confDir(),
        store,
        Clock.systemUTC(),
        System::nanoTime,
        System.getLogger(SerfHandlerProxy.class.getPackageName()));
  }

  /**
   * What keeps the copy equal to that of the others, which waits for the first pass of discovery.
   *
   * @throws PeerException where the peer port can not be opened
   */
  static ConfigSync sync(Settings settings, SerfClient client, Replica replica, FileStore store) {
    SyncSettings sync =
        new SyncSettings(
            settings.configSyncMax(),
            new MessageLimits(settings.eventLimit(), settings.queryLimit()),
            settings.peerSecret().map(secret -> PeerSecret.of(secret.reveal())),
            settings.peerListen().map(Wiring::resolved));
    System.Logger log = System.getLogger(ConfigSync.class.getPackageName());
    return new ConfigSync(
        sync,
        replica,
        interest(settings),
        client,
        store,
        settings.confDir(),
        System::nanoTime,
        log);
  }

  /**
   * What lets the fleet follow stores, which waits for the first pass of discovery.
   *
   * @param stores by a short name; closed with it
   * @param synced whether the copy is kept equal to that of the others
   */
  static Sources sources(
      Settings settings,
      Map<String, ConfigSource> stores,
      SerfClient client,
      Replica replica,
      FileStore store,
      boolean synced) {
    Sources.Terms terms =
        new Sources.Terms(
            settings.watchDeletes(),
            signingKey(settings),
            new MessageLimits(settings.eventLimit(), settings.queryLimit()),
            synced && settings.peerListen().isPresent(),
            synced);
    System.Logger log = System.getLogger(Sources.class.getPackageName());
    return new Sources(stores, terms, replica, client, store, settings.confDir(), log);
  }

  private static InetSocketAddress resolved(InetSocketAddress address) {
    return new InetSocketAddress(address.getHostString(), address.getPort());
  }

  /**
   * The files that are kept.
   *
   * @throws SettingsException where two of them have one path
   */
  public static List<FileSpec> files(Settings settings) {
    return WiredFiles.of(settings);
  }

  /**
   * Reads the templates of the files, so that a mistake in one is told before anything begins.
   *
   * @throws RenderException where one can not be used
   */
  public static void prepare(List<FileSpec> files) {
    for (FileSpec file : files) {
      file.renderer().prepare();
    }
  }

  /**
   * Has discovery measure how far away the nodes are as soon as a file wants to know. A template
   * that can not be used is told where it is rendered.
   */
  public static void measure(Discovery discovery, List<FileSpec> files, Vicinity vicinity) {
    if (files.stream().anyMatch(file -> file.renderer() instanceof TemplateRenderer)) {
      for (FileSpec file : files) {
        try {
          file.renderer().prepare();
        } catch (RenderException e) {
          // Rendering tells it.
        }
      }
      discovery.measure(
          vicinity, () -> files.stream().anyMatch(file -> file.renderer().wantsDistances()));
    }
  }

  /** When the mass-loss guard steps in. */
  public static GuardSettings guard(Settings settings) {
    return new GuardSettings(
        settings.guard(),
        settings.guardWindow(),
        settings.guardFraction(),
        settings.guardMinimum(),
        settings.guardHold());
  }

  /** How often to look. */
  public static FollowSettings following(Settings settings) {
    FollowSettings defaults = FollowSettings.DEFAULTS;
    Duration longest = settings.pollMembersMax();
    Duration shortest = defaults.membersMin();
    return new FollowSettings(
        settings.pollProbe(),
        shortest.compareTo(longest) < 0 ? shortest : longest,
        longest,
        defaults.retryMax());
  }

  /** How often to look where no files are kept: the members matter for the size of the fleet. */
  public static FollowSettings followingWithoutFiles() {
    FollowSettings defaults = FollowSettings.DEFAULTS;
    return new FollowSettings(
        Duration.ofSeconds(1), Duration.ofSeconds(5), defaults.membersMax(), defaults.retryMax());
  }
}
