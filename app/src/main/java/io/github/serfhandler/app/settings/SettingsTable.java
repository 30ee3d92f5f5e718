package io.github.serfhandler.app.settings;

import io.github.serfhandler.config.PublicKey;
import io.github.serfhandler.rule.Rule;
import io.github.serfhandler.script.ScriptSpec;
import io.github.serfhandler.source.Deletes;
import io.github.serfhandler.source.KeyLayout;
import io.github.serfhandler.source.ValueFormat;
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
              new SecretType("the agent's -rpc-auth", 1),
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

  /** Whether the three files of the contract are kept. */
  public static final Setting<Boolean> FILES_DEFAULTS =
      Setting.of(
              "files.defaults",
              new SwitchType(),
              "on",
              "off",
              "keep services.json, services.yml and fakedhosts.txt",
              "Off, only the files of `files.render` are kept. Those that are there already stay as"
                  + " they are then, and grow old.")
          .named("--default-files", "SERF_HANDLER_DEFAULT_FILES");

  /** The files that are kept beside them. */
  public static final Setting<List<FileSetting>> FILES_RENDER =
      Setting.of(
              "files.render",
              new FilesType(),
              "",
              "haproxy=/etc/haproxy/serf.cfg",
              "file to keep, as haproxy, nginx, hosts or template; may be repeated",
              "For load balancers, resolvers, scrapers, shells, and by templates for anything else;"
                  + " with checks and reloads, see [rendering](rendering.md). A file without a path is"
                  + " in the configuration directory under its format's own name. Of several places the"
                  + " strongest counts alone: flags replace what stands in the file.")
          .named("--file", "SERF_HANDLER_FILES");

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

  /** Whether nodes tell each other what they hold and fetch what they lack. */
  public static final Setting<Boolean> CONFIG_SYNC =
      Setting.of(
          "config.sync",
          new SwitchType(),
          "on",
          "off",
          "keep the configuration equal on all nodes",
          "`agent` tells the other nodes in short what it holds, and gives or gets what one of them"
              + " lacks: a node that was away, or that an event did not reach, ends up with the"
              + " same files. Off, it takes what events and queries bring and no more.");

  /** The longest time between two digests. */
  public static final Setting<Duration> CONFIG_SYNC_MAX =
      Setting.of(
          "config.sync_max",
          new DurationType(Duration.ofSeconds(5), Duration.ofHours(1)),
          "1m",
          "5m",
          "longest time between two digests of the configuration",
          "After a change a node tells at once what it holds; while nothing changes, this seldom."
              + " See `config.sync`.");

  /** How many earlier versions of a key are kept. */
  public static final Setting<Integer> CONFIG_HISTORY =
      Setting.of(
          "config.history",
          new IntType(0, 100),
          "10",
          "50",
          "earlier versions of each key that are kept",
          "They are what `config history`, `config diff` and `config rollback` work with.");

  /** Whose updates are taken. */
  public static final Setting<List<PublicKey>> CONFIG_TRUSTED =
      Setting.of(
              "config.trusted",
              new TrustedType(),
              "",
              "ops:7JS4ll4vyLQcJbHXky4_cmQLoNFRw46iD_KoJRuT6BQ",
              "public key of who may publish; may be repeated",
              "With keys, only what the holder of one of them has signed is taken, whatever node"
                  + " sent it. Without, everyone's: whoever can send a Serf event can publish."
                  + " `config keygen` makes keys. Of several places the strongest counts alone.")
          .named("--trusted", "SERF_HANDLER_TRUSTED");

  /** The private key that signs what this command publishes. */
  public static final Setting<Path> SIGNING_KEY_FILE =
      Setting.of(
              "config.signing_key_file",
              new PathType("FILE"),
              null,
              "/etc/serf-handler/ops.key",
              "file with the private key that signs what is published",
              "As `config keygen` writes it. Read only by the commands that publish. Keep it where"
                  + " people or jobs publish, not on the nodes.")
          .named("--signing-key", "SERF_HANDLER_SIGNING_KEY");

  /** What is demanded of pieces of configuration, and what is run when they change. */
  public static final Setting<List<Rule>> CONFIG_RULES =
      Setting.of(
          "config.rules",
          new RulesType(),
          "",
          "[{match: shop/*, schema: /etc/serf-handler/shop.schema.json}]",
          "checks of pieces of configuration, and what is run when they change",
          "Which keys must fit a JSON Schema or pass a check before they are stored, and which"
              + " program is run after a change; see [rules](rules.md). In the file alone.");

  /** How long a user event may be. */
  public static final Setting<Integer> EVENT_LIMIT =
      Setting.of(
              "config.event_limit",
              new IntType(64, 9216),
              "512",
              "1024",
              "longest user event in bytes, as the Serf agents have it",
              "The `user_event_size_limit` of the agents; the smallest one of all counts. What is"
                  + " beyond 1350 is not made use of: such an event fits no packet of gossip and"
                  + " waits up to 30 s.")
          .named("--event-limit", "SERF_HANDLER_EVENT_LIMIT");

  /** How long a query may be. */
  public static final Setting<Integer> QUERY_LIMIT =
      Setting.of(
              "config.query_limit",
              new IntType(256, 65_536),
              "1024",
              "1300",
              "longest query in bytes, as the Serf agents have it",
              "The `query_size_limit` of the agents. See `config.event_limit`.")
          .named("--query-limit", "SERF_HANDLER_QUERY_LIMIT");

  /** Where this node serves its configuration to others. */
  public static final Setting<InetSocketAddress> PEER_LISTEN =
      Setting.of(
          "peer.listen",
          new AddressType(),
          null,
          "10.0.0.1:7947",
          "address at which other nodes fetch long configuration",
          "What is too long for gossip is announced and then fetched here. Without it there is no"
              + " such port. Needs `peer.secret_file` or `peer.secret`.");

  /** What nodes that fetch from each other share. */
  public static final Setting<Secret> PEER_SECRET =
      Setting.of(
          "peer.secret",
          new SecretType("the secret of the peer port", 16),
          null,
          "a-long-secret-of-your-own",
          "secret of the peer port; better in a file, see --peer-secret-file",
          "The same on all nodes, at least 16 characters. On the command line every user of the"
              + " machine can see it (`ps`); prefer `peer.secret_file`. It is never printed.");

  /** A file that holds it. */
  public static final Setting<Path> PEER_SECRET_FILE =
      Setting.of(
          "peer.secret_file",
          new PathType("FILE"),
          null,
          "/etc/serf-handler/peer.secret",
          "file that holds the secret of the peer port",
          "One line end at its end does not belong to the secret. At most 4096 bytes, UTF-8."
              + " Readable for its owner alone is best (`chmod 600`). Not together with"
              + " `peer.secret` in the same place; of two places the stronger one counts.");

  /** The etcd that is followed. */
  public static final Setting<List<String>> ETCD_ENDPOINTS =
      Setting.of(
              "etcd.endpoints",
              TextsType.endpoints(),
              null,
              "https://10.0.0.1:2379,https://10.0.0.2:2379",
              "servers of the etcd whose keys are published",
              "With it `agent` follows that etcd; `watch etcd` does in any case, by default the one"
                  + " at `http://127.0.0.1:2379`. The next one is taken where one is away.")
          .named("--endpoints", "SERF_HANDLER_ETCD_ENDPOINTS");

  /** What the keys in etcd begin with. */
  public static final Setting<List<String>> ETCD_PREFIXES =
      Setting.of(
              "etcd.prefixes",
              TextsType.prefixes(),
              "",
              "/config,/config-of-this-site",
              "what the keys in etcd begin with, before the pattern; may be repeated",
              "A key in etcd is one of these and then the pattern of `watch.keys`. Where two of them"
                  + " have the same product and key, the first one counts.")
          .named("--prefix", "SERF_HANDLER_ETCD_PREFIXES");

  /** Who asks etcd. */
  public static final Setting<String> ETCD_USER =
      Setting.of(
              "etcd.user",
              new TextType("USER"),
              null,
              "serf-handler",
              "user of etcd",
              "Needed where etcd has authentication on; the password is in"
                  + " `etcd.password_file`. The user must be allowed to read the prefixes, and"
                  + " to write below `serf-handler/` for `etcd.lock`.")
          .named("--user", "SERF_HANDLER_ETCD_USER");

  /** The password of who asks etcd. */
  public static final Setting<Secret> ETCD_PASSWORD =
      Setting.of(
              "etcd.password",
              new SecretType("the password of the user of etcd", 1),
              null,
              "the-password",
              "password of the user of etcd; better in a file, see --password-file",
              "On the command line every user of the machine can see it (`ps`); prefer"
                  + " `etcd.password_file`. It is never printed.")
          .named("--password", "SERF_HANDLER_ETCD_PASSWORD");

  /** A file that holds it. */
  public static final Setting<Path> ETCD_PASSWORD_FILE =
      Setting.of(
              "etcd.password_file",
              new PathType("FILE"),
              null,
              "/etc/serf-handler/etcd.password",
              "file that holds the password of the user of etcd",
              "One line end at its end does not belong to the password. At most 4096 bytes, UTF-8."
                  + " Readable for its owner alone is best (`chmod 600`). Not together with"
                  + " `etcd.password` in the same place; of two places the stronger one"
                  + " counts.")
          .named("--password-file", "SERF_HANDLER_ETCD_PASSWORD_FILE");

  /** Who may have signed etcd's certificate. */
  public static final Setting<Path> ETCD_CA_FILE =
      Setting.of(
              "etcd.ca_file",
              new PathType("FILE"),
              null,
              "/etc/serf-handler/etcd-ca.pem",
              "certificates of who may have signed that of etcd (PEM)",
              "For endpoints with `https`. Without it those that Java trusts count. The certificate"
                  + " must be for the host of the endpoint.")
          .named("--cacert", "SERF_HANDLER_ETCD_CA_FILE");

  /** The certificate that is shown to etcd. */
  public static final Setting<Path> ETCD_CERT_FILE =
      Setting.of(
              "etcd.cert_file",
              new PathType("FILE"),
              null,
              "/etc/serf-handler/etcd-client.pem",
              "certificate that is shown to etcd (PEM)",
              "Where etcd asks clients for one. Needs `etcd.key_file`.")
          .named("--cert", "SERF_HANDLER_ETCD_CERT_FILE");

  /** The private key of that certificate. */
  public static final Setting<Path> ETCD_KEY_FILE =
      Setting.of(
              "etcd.key_file",
              new PathType("FILE"),
              null,
              "/etc/serf-handler/etcd-client.key",
              "private key of the certificate that is shown to etcd (PEM, PKCS#8)",
              "See `etcd.cert_file`. Another form becomes PKCS#8 with `openssl pkcs8 -topk8"
                  + " -nocrypt`.")
          .named("--key", "SERF_HANDLER_ETCD_KEY_FILE");

  /** Whether one of several watchers of an etcd publishes. */
  public static final Setting<Boolean> ETCD_LOCK =
      Setting.of(
              "etcd.lock",
              new SwitchType(),
              "on",
              "off",
              "of several that follow the same keys of etcd only one publishes",
              "Those with the same prefixes and pattern share a lock in etcd, below"
                  + " `serf-handler/`; when the one that has it dies, another takes over within some 6"
                  + " seconds. Off, each publishes, which does no harm but costs messages; nothing is"
                  + " written to etcd, all is listed after each lost connection, and an etcd that"
                  + " was rebuilt is known by a smaller revision alone.")
          .named("--lock", "SERF_HANDLER_ETCD_LOCK");

  /** The directory that is followed. */
  public static final Setting<Path> WATCH_DIR =
      Setting.of(
              "watch.dir",
              new PathType("DIR"),
              null,
              "/srv/config",
              "directory whose files PRODUCT/KEY.json or .yml are published",
              "With it `agent` follows that directory, as `watch dir` does.")
          .named("--watch-dir", "SERF_HANDLER_WATCH_DIR");

  /** The store of the user's own that is followed. */
  public static final Setting<String> WATCH_STORE =
      Setting.of(
              "watch.store",
              new TextType("NAME"),
              null,
              "consul",
              "store of your own that is followed, by the name that its provider has",
              "Its `ConfigSourceProvider` is found in the jars of `handlers.jars`; see [how to follow"
                  + " another store](../how-to/follow-a-store-of-your-own.md).")
          .named("--store", "SERF_HANDLER_WATCH_STORE");

  /** What that store is told. */
  public static final Setting<List<String>> WATCH_OPTIONS =
      Setting.of(
              "watch.options",
              TextsType.options(),
              "",
              "url=http://127.0.0.1:8500",
              "option of the store of your own; may be repeated",
              "See `watch.store`. Every user of the machine can see the command line: a secret"
                  + " belongs into a file that an option names.")
          .named("--option", "SERF_HANDLER_WATCH_OPTIONS");

  /** How the keys of a store are made. */
  public static final Setting<KeyLayout> WATCH_KEYS =
      Setting.of(
              "watch.keys",
              new LayoutType(),
              "/PRODUCT/KEY",
              "/config/PRODUCT/KEY.json",
              "pattern of the keys in the store",
              "`PRODUCT` and `KEY` stand for the two names, all else for itself. What is not of this"
                  + " pattern is told once and left out.")
          .named("--keys", "SERF_HANDLER_WATCH_KEYS");

  /** How the values of a store are read. */
  public static final Setting<ValueFormat> WATCH_VALUES =
      Setting.of(
              "watch.values",
              new WordType<>(
                  List.of("json", "yaml", "text"),
                  List.of(ValueFormat.JSON, ValueFormat.YAML, ValueFormat.TEXT)),
              "json",
              "yaml",
              "how the values in the store are read",
              "`json`: a JSON object. `yaml`: a YAML mapping. `text`: any text in UTF-8, which becomes"
                  + " `{\"value\": TEXT}`. In a directory the end of a file's name says it.")
          .named("--values", "SERF_HANDLER_WATCH_VALUES");

  /** What becomes of keys that are deleted in the store. */
  public static final Setting<Deletes> WATCH_DELETES =
      Setting.of(
              "watch.deletes",
              new WordType<>(
                  List.of("off", "on", "all"), List.of(Deletes.OFF, Deletes.ON, Deletes.ALL)),
              "off",
              "on",
              "delete on the nodes what is deleted in the store",
              "Off, the nodes keep it. On, it is deleted on the nodes, too; but where a listing lacks"
                  + " more than half of what was there (and more than one), as when a directory is not"
                  + " mounted, nothing is deleted and that is told. `all`: without that guard.")
          .named("--deletes", "SERF_HANDLER_WATCH_DELETES");

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
          FILES_DEFAULTS,
          FILES_RENDER,
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
          CONFIG_SYNC,
          CONFIG_SYNC_MAX,
          CONFIG_HISTORY,
          CONFIG_TRUSTED,
          SIGNING_KEY_FILE,
          CONFIG_RULES,
          EVENT_LIMIT,
          QUERY_LIMIT,
          PEER_LISTEN,
          PEER_SECRET,
          PEER_SECRET_FILE,
          ETCD_ENDPOINTS,
          ETCD_PREFIXES,
          ETCD_USER,
          ETCD_PASSWORD,
          ETCD_PASSWORD_FILE,
          ETCD_CA_FILE,
          ETCD_CERT_FILE,
          ETCD_KEY_FILE,
          ETCD_LOCK,
          WATCH_DIR,
          WATCH_STORE,
          WATCH_OPTIONS,
          WATCH_KEYS,
          WATCH_VALUES,
          WATCH_DELETES,
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
