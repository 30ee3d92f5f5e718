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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: the values that a run works with, each with its origin. What they mean, their units
 * and defaults stand in {@link SettingsTable}.
 */
public final class Settings {
  private final @Nullable Object[] values;
  private final Origin[] origins;

  /** Takes both arrays over; places as in {@link SettingsTable#ALL}. */
  Settings(@Nullable Object[] values, Origin[] origins) {
    this.values = values;
    this.origins = origins;
  }

  /** Every setting at its default. */
  public static Settings defaults() {
    return SettingsLoader.load(Map.of(), Map.of());
  }

  /** The value of a setting; empty where nothing is set and there is no default. */
  public <T> Optional<T> get(Setting<T> setting) {
    // The loader puts into each place only what that setting's own type made.
    @SuppressWarnings("unchecked")
    @Nullable T value = (@Nullable T) values[SettingsTable.indexOf(setting)];
    return Optional.ofNullable(value);
  }

  /** Where the value of a setting came from. */
  public Origin origin(Setting<?> setting) {
    return origins[SettingsTable.indexOf(setting)];
  }

  /**
   * The value of a setting as people write it; a secret is hidden; {@code -} where there is none.
   */
  public <T> String text(Setting<T> setting) {
    Optional<T> value = get(setting);
    return value.isPresent() ? setting.type().format(value.get()) : "-";
  }

  /** The local agent's RPC address, unresolved. */
  public InetSocketAddress rpcAddr() {
    return required(SettingsTable.RPC_ADDR);
  }

  /** The key of the agent's RPC, from a file or not; empty where there is none. */
  public Optional<Secret> rpcAuth() {
    return get(SettingsTable.RPC_AUTH);
  }

  /** The longest wait for the agent. */
  public Duration rpcTimeout() {
    return required(SettingsTable.RPC_TIMEOUT);
  }

  /** The directory that the files are written to. */
  public Path confDir() {
    return required(SettingsTable.CONF_DIR);
  }

  /** The subscribed products; empty where the local agent's tags decide. */
  public Optional<List<String>> products() {
    return get(SettingsTable.PRODUCTS);
  }

  /** The observed products. */
  public List<String> observe() {
    return required(SettingsTable.OBSERVE);
  }

  /** The number of slots of a service in the hosts file. */
  public int hostsSlots() {
    return required(SettingsTable.HOSTS_SLOTS);
  }

  /** Whether the mass-loss guard is on. */
  public boolean guard() {
    return required(SettingsTable.GUARD);
  }

  /** The time within which failures count as one loss. */
  public Duration guardWindow() {
    return required(SettingsTable.GUARD_WINDOW);
  }

  /** Whether the three files that every consumer knows are kept. */
  public boolean defaultFiles() {
    return required(SettingsTable.FILES_DEFAULTS);
  }

  /** The files that are kept beside them, in their order. */
  public List<FileSetting> files() {
    return required(SettingsTable.FILES_RENDER);
  }

  /** The share of a service's instances, 0 to 1, of which more must fail to be held. */
  public double guardFraction() {
    return required(SettingsTable.GUARD_FRACTION);
  }

  /** The number of instances that must fail at least to be held. */
  public int guardMinimum() {
    return required(SettingsTable.GUARD_MINIMUM);
  }

  /** The longest time that failed instances are held. */
  public Duration guardHold() {
    return required(SettingsTable.GUARD_HOLD);
  }

  /** The pause between two looks at the agent's state. */
  public Duration pollProbe() {
    return required(SettingsTable.POLL_PROBE);
  }

  /** The longest time between two full readings of the members. */
  public Duration pollMembersMax() {
    return required(SettingsTable.POLL_MEMBERS_MAX);
  }

  /** Whether user events and queries are listened to. */
  public boolean events() {
    return required(SettingsTable.EVENTS);
  }

  /** The jars with the user's handlers, and directories of such jars. */
  public List<Path> handlerJars() {
    return required(SettingsTable.HANDLERS_JARS);
  }

  /** The scripts that are handlers, in their order. */
  public List<ScriptSpec> scripts() {
    return required(SettingsTable.HANDLERS_SCRIPTS);
  }

  /** How long one call of a handler may take. */
  public Duration handlerTimeout() {
    return required(SettingsTable.HANDLERS_TIMEOUT);
  }

  /** How many user events and queries wait for one handler. */
  public int handlerQueue() {
    return required(SettingsTable.HANDLERS_QUEUE);
  }

  /** How many bytes the agent takes as a query's answer, its own part included. */
  public int answerLimit() {
    return required(SettingsTable.HANDLERS_ANSWER_LIMIT);
  }

  /** Whether nodes tell each other what they hold and fetch what they lack. */
  public boolean configSync() {
    return required(SettingsTable.CONFIG_SYNC);
  }

  /** The longest time between two digests of the configuration. */
  public Duration configSyncMax() {
    return required(SettingsTable.CONFIG_SYNC_MAX);
  }

  /** How many earlier versions of a key are kept. */
  public int configHistory() {
    return required(SettingsTable.CONFIG_HISTORY);
  }

  /** Whose updates are taken; everyone's where there is none. */
  public List<PublicKey> trusted() {
    return required(SettingsTable.CONFIG_TRUSTED);
  }

  /** The file with the private key that signs what is published; empty where nothing is signed. */
  public Optional<Path> signingKeyFile() {
    return get(SettingsTable.SIGNING_KEY_FILE);
  }

  /** How many bytes the agents take as a user event, Serf's own part included. */
  public int eventLimit() {
    return required(SettingsTable.EVENT_LIMIT);
  }

  /** How many bytes the agents take as a query, Serf's own part included. */
  public int queryLimit() {
    return required(SettingsTable.QUERY_LIMIT);
  }

  /** Where this node serves its peers, unresolved; empty where it does not. Has a secret then. */
  public Optional<InetSocketAddress> peerListen() {
    return get(SettingsTable.PEER_LISTEN);
  }

  /** The secret of the peer port, from a file or not; empty where there is none. */
  public Optional<Secret> peerSecret() {
    return get(SettingsTable.PEER_SECRET);
  }

  /** What is demanded of pieces of configuration, and what is run when they change. */
  public List<Rule> rules() {
    return required(SettingsTable.CONFIG_RULES);
  }

  /** The servers of the etcd that is followed; empty where none is said. */
  public Optional<List<String>> etcdEndpoints() {
    return get(SettingsTable.ETCD_ENDPOINTS);
  }

  /** What the keys in etcd begin with before the pattern; empty where that is nothing. */
  public List<String> etcdPrefixes() {
    return required(SettingsTable.ETCD_PREFIXES);
  }

  /** The user of etcd; has a password then. */
  public Optional<String> etcdUser() {
    return get(SettingsTable.ETCD_USER);
  }

  /** The password of that user, from a file or not. */
  public Optional<Secret> etcdPassword() {
    return get(SettingsTable.ETCD_PASSWORD);
  }

  /** Certificates of who may have signed that of etcd; empty for those that Java trusts. */
  public Optional<Path> etcdCaFile() {
    return get(SettingsTable.ETCD_CA_FILE);
  }

  /** The certificate that is shown to etcd; has a key then. */
  public Optional<Path> etcdCertFile() {
    return get(SettingsTable.ETCD_CERT_FILE);
  }

  /** The private key of that certificate. */
  public Optional<Path> etcdKeyFile() {
    return get(SettingsTable.ETCD_KEY_FILE);
  }

  /** Whether one of several watchers of an etcd publishes. */
  public boolean etcdLock() {
    return required(SettingsTable.ETCD_LOCK);
  }

  /** The directory that is followed; empty where none is. */
  public Optional<Path> watchDir() {
    return get(SettingsTable.WATCH_DIR);
  }

  /** The store of the user's own that is followed; empty where none is. */
  public Optional<String> watchStore() {
    return get(SettingsTable.WATCH_STORE);
  }

  /** What that store is told, {@code NAME=VALUE} each. */
  public List<String> watchOptions() {
    return required(SettingsTable.WATCH_OPTIONS);
  }

  /** How the keys of a store are made. */
  public KeyLayout watchKeys() {
    return required(SettingsTable.WATCH_KEYS);
  }

  /** How the values of a store are read. */
  public ValueFormat watchValues() {
    return required(SettingsTable.WATCH_VALUES);
  }

  /** What becomes of keys that are deleted in the store. */
  public Deletes watchDeletes() {
    return required(SettingsTable.WATCH_DELETES);
  }

  /** The least important level that is logged. */
  public System.Logger.Level logLevel() {
    return required(SettingsTable.LOG_LEVEL);
  }

  private <T> T required(Setting<T> setting) {
    return Objects.requireNonNull(get(setting).orElse(null), setting.key());
  }
}
