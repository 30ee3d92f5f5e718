package io.github.serfhandler.app.settings;

import io.github.serfhandler.script.ScriptSpec;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Immutable: the table of all settings. Flags, YAML keys, environment variables, help, the
 * reference page and the JSON Schema are all read from here; a setting is added by a line of this
 * file and an accessor in {@link Settings}.
 */
public final class SettingsTable {
  /** The YAML file itself. */
  public static final Setting<Path> CONFIG =
      Setting.of(
              "config",
              new PathType("FILE"),
              null,
              "/etc/serf-handler.yml",
              "YAML file with settings",
              "Without it no file is read. Every other setting of this page has a key there.")
          .outsideFile();

  /** Where the local agent's RPC listens. */
  public static final Setting<InetSocketAddress> RPC_ADDR =
      Setting.of(
              "rpc.addr",
              new AddressType(),
              "127.0.0.1:7373",
              "[::1]:7373",
              "RPC address of the local Serf agent",
              "The `-rpc-addr` of the agent. RPC is not encrypted: keep it on the loopback"
                  + " interface.")
          .named("--rpc-addr", "SERF_RPC_ADDR");

  /** The key that the agent's RPC asks for. */
  public static final Setting<Secret> RPC_AUTH =
      Setting.of(
              "rpc.auth",
              new SecretType(),
              null,
              "the-key",
              "key of the agent's RPC; better in a file, see --rpc-auth-file",
              "The `-rpc-auth` of the agent. On the command line every user of the machine can see"
                  + " it (`ps`); prefer `rpc.auth_file`. It is never printed. An empty one means no"
                  + " key.")
          .named("--rpc-auth", "SERF_RPC_AUTH");

  /** A file that holds the key. */
  public static final Setting<Path> RPC_AUTH_FILE =
      Setting.of(
          "rpc.auth_file",
          new PathType("FILE"),
          null,
          "/etc/serf-handler.key",
          "file that holds the key of the agent's RPC",
          "One line end at its end does not belong to the key. At most 4096 bytes, UTF-8. Readable"
              + " for its owner alone is best (`chmod 600`). Not together with `rpc.auth` in the"
              + " same place; of two places the stronger one counts.");

  /** How long to wait for the agent. */
  public static final Setting<Duration> RPC_TIMEOUT =
      Setting.of(
          "rpc.timeout",
          new DurationType(Duration.ofMillis(10), Duration.ofHours(1)),
          "10s",
          "3s",
          "longest wait for the agent to connect or to answer",
          "An agent that takes longer counts as gone; the resident `agent` then tries again.");

  /** Where the files are kept. */
  public static final Setting<Path> CONF_DIR =
      Setting.of(
          "conf_dir",
          new PathType("DIR"),
          "conf",
          "/etc/serf-handler/conf",
          "directory that the files are written to",
          "Made if it does not exist. A relative path starts at the working directory, so that"
              + " under cron or systemd an absolute one is safer.");

  /** What this node subscribes to instead of what its tags say. */
  public static final Setting<List<String>> PRODUCTS =
      Setting.of(
          "products",
          new NamesType(),
          null,
          "product1:product2",
          "subscribed products (default: the tag products of the local agent)",
          "A subscribed product is written with all its services. Given and empty, nothing is"
              + " subscribed.");

  /** What this node consumes of others. */
  public static final Setting<List<String>> OBSERVE =
      Setting.of(
          "observe",
          new NamesType(),
          "",
          "product3",
          "products of which only the service public is of interest",
          "A product that is observed and not subscribed is written with its service `public`"
              + " alone.");

  /** How many slots a service has in the hosts file. */
  public static final Setting<Integer> HOSTS_SLOTS =
      Setting.of(
          "hosts.slots",
          new IntType(1, 256),
          "4",
          "8",
          "slots of each service in fakedhosts.txt",
          "`svc-PRODUCT-SERVICE-0` up to this number less one; the instances are dealt over them"
              + " in turn. Consumers must use the same number.");

  /** Whether a sudden loss of many instances is believed. */
  public static final Setting<Boolean> GUARD =
      Setting.of(
              "guard.enabled",
              new SwitchType(),
              "on",
              "off",
              "keep the last known instances when many fail at once",
              "The mass-loss guard. When more than `guard.fraction` of the instances of a service,"
                  + " and at least `guard.minimum`, turn `failed` within `guard.window` or in one"
                  + " wave of failures, they stay in the files until they return, leave, are reaped,"
                  + " or `guard.hold` is over. A node that left on purpose is always believed. More"
                  + " in [files](files.md#the-mass-loss-guard).")
          .named("--guard", "SERF_HANDLER_GUARD");

  /** Within what time the losses count as one. */
  public static final Setting<Duration> GUARD_WINDOW =
      Setting.of(
          "guard.window",
          new DurationType(Duration.ofSeconds(1), Duration.ofHours(1)),
          "30s",
          "1m",
          "failures no further apart than this count as one loss",
          "An agent that is cut off reports the others one by one; as long as any member fails"
              + " within this time after the last, all count together. See `guard.enabled`.");

  /** The share of a service that must fail. */
  public static final Setting<Double> GUARD_FRACTION =
      Setting.of(
          "guard.fraction",
          new FractionType(),
          "0.5",
          "0.3",
          "share of a service's instances that must fail to be held",
          "More than this share, not just as much. See `guard.enabled`.");

  /** The number of instances that must fail. */
  public static final Setting<Integer> GUARD_MINIMUM =
      Setting.of(
          "guard.minimum",
          new IntType(1, 100_000),
          "2",
          "3",
          "instances that must fail at least to be held",
          "See `guard.enabled`.");

  /** How long instances are held. */
  public static final Setting<Duration> GUARD_HOLD =
      Setting.of(
          "guard.hold",
          new DurationType(Duration.ofSeconds(1), Duration.ofHours(24)),
          "10m",
          "1h",
          "longest time that failed instances are held",
          "At least `guard.window`. In a cluster of more than some 75 nodes the reports of a full"
              + " partition take longer than the default. See `guard.enabled`.");

  /** How often the agent is asked for a hint. */
  public static final Setting<Duration> POLL_PROBE =
      Setting.of(
          "poll.probe",
          new DurationType(Duration.ofMillis(10), Duration.ofMinutes(1)),
          "75ms",
          "200ms",
          "pause between two looks at the agent's state",
          "How often `agent` asks its Serf agent whether anything changed, a call whose cost does"
              + " not grow with the cluster. A tag change on this node is in the files about this"
              + " much later.");

  /** The longest time between two full readings. */
  public static final Setting<Duration> POLL_MEMBERS_MAX =
      Setting.of(
          "poll.members_max",
          new DurationType(Duration.ofMillis(100), Duration.ofHours(1)),
          "30s",
          "5s",
          "longest time between two full readings of the members",
          "A full reading is what shows a tag change on another node. The longer one takes, the more"
              + " seldom it comes (it may take one part in 400 of the time), but at least this often.");

  /** Whether user events and queries are listened to. */
  public static final Setting<Boolean> EVENTS =
      Setting.of(
          "events",
          new SwitchType(),
          "on",
          "off",
          "listen to user events and queries, and run handlers",
          "`agent` keeps one event stream of the Serf agent open. Off, it does discovery alone and"
              + " opens none.");

  /** The jars with the user's handlers. */
  public static final Setting<List<Path>> HANDLERS_JARS =
      Setting.of(
              "handlers.jars",
              new PathsType("JAR"),
              "",
              "/etc/serf-handler/handlers",
              "jars with handlers, or directories of such jars",
              "Every `HandlerProvider` that they name for `ServiceLoader` is registered, the jars of a"
                  + " directory in the order of their names.")
          .named("--handlers", "SERF_HANDLER_HANDLERS");

  /** The scripts that are handlers. */
  public static final Setting<List<ScriptSpec>> HANDLERS_SCRIPTS =
      Setting.of(
              "handlers.scripts",
              new ScriptsType(),
              "",
              "user:deploy=/etc/serf/deploy.sh",
              "script for events, as in Serf's event_handlers; may be repeated",
              "Serf's own lines, unchanged: `FILTER=SCRIPT`, or a script for every event. Environment,"
                  + " standard input and answers are as under Serf, see [scripts](scripts.md). Of"
                  + " several places the strongest counts alone: flags replace what stands in the"
                  + " file.")
          .named("--script", "SERF_HANDLER_SCRIPTS");

  /** How long one call of a handler may take. */
  public static final Setting<Duration> HANDLERS_TIMEOUT =
      Setting.of(
              "handlers.timeout",
              new DurationType(Duration.ofMillis(10), Duration.ofHours(24)),
              "1m",
              "5m",
              "longest time that one call of a handler may take",
              "A script is ended then, with all that it started; a Java handler is interrupted.")
          .named("--handler-timeout", "SERF_HANDLER_HANDLER_TIMEOUT");

  /** How many events wait for a handler. */
  public static final Setting<Integer> HANDLERS_QUEUE =
      Setting.of(
              "handlers.queue",
              new IntType(1, 100_000),
              "256",
              "1000",
              "user events and queries that wait for one handler",
              "When one more comes the oldest is dropped, counted and logged. Changes of members do"
                  + " not count: they wait as one difference, which can not overflow.")
          .named("--handler-queue", "SERF_HANDLER_HANDLER_QUEUE");

  /** How long the answer to a query may be. */
  public static final Setting<Integer> HANDLERS_ANSWER_LIMIT =
      Setting.of(
              "handlers.answer_limit",
              new IntType(1, 65_536),
              "1024",
              "4096",
              "longest answer to a query in bytes, as the Serf agent has it",
              "The `query_response_size_limit` of the agent: Serf counts some 50 bytes and the"
                  + " node's name with it. A longer answer is replaced by a short error.")
          .named("--answer-limit", "SERF_HANDLER_ANSWER_LIMIT");

  /** What the log tells. */
  public static final Setting<System.Logger.Level> LOG_LEVEL =
      Setting.of(
          "log.level",
          new WordType<>(
              List.of("error", "warn", "info", "debug"),
              List.of(
                  System.Logger.Level.ERROR,
                  System.Logger.Level.WARNING,
                  System.Logger.Level.INFO,
                  System.Logger.Level.DEBUG)),
          "info",
          "debug",
          "least important kind of message that is logged",
          "`debug` also shows the stack trace of an unexpected error. The log goes to standard"
              + " error.");

  /** All of them, in the order of the reference. */
  public static final List<Setting<?>> ALL =
      List.of(
          CONFIG,
          RPC_ADDR,
          RPC_AUTH,
          RPC_AUTH_FILE,
          RPC_TIMEOUT,
          CONF_DIR,
          PRODUCTS,
          OBSERVE,
          HOSTS_SLOTS,
          GUARD,
          GUARD_WINDOW,
          GUARD_FRACTION,
          GUARD_MINIMUM,
          GUARD_HOLD,
          POLL_PROBE,
          POLL_MEMBERS_MAX,
          EVENTS,
          HANDLERS_JARS,
          HANDLERS_SCRIPTS,
          HANDLERS_TIMEOUT,
          HANDLERS_QUEUE,
          HANDLERS_ANSWER_LIMIT,
          LOG_LEVEL);

  private SettingsTable() {}

  /** The place of a setting in {@link #ALL}. */
  static int indexOf(Setting<?> setting) {
    for (int i = 0; i < ALL.size(); i++) {
      if (ALL.get(i).equals(setting)) {
        return i;
      }
    }
    throw new IllegalArgumentException(setting + " is not in the table of settings");
  }
}
