package io.github.serfhandler.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Immutable: how to start one real agent. Defaults: profile {@code local} (a failure is seen in
 * about 3 s), log level {@code INFO}, no tags, no key, no encryption, no snapshot.
 *
 * <p>With profile {@code local} and 4 to 9 nodes each node passes a change on to two others only
 * ({@code RetransmitMult} 2 in memberlist's {@code config.go}); with four nodes, by reckoning, one
 * change in 27 misses a node until the next push/pull, 15 s later or more. Tests with that many
 * nodes that do not wait for a failure take profile {@code lan}.
 *
 * @param name the node's name, unique in its cluster
 * @param tags its tags
 * @param settings further keys of the agent's configuration file, see {@link #withSetting}
 * @param snapshot whether it keeps a snapshot file over restarts
 */
public record SerfOptions(
    String name, Map<String, String> tags, Map<String, Object> settings, boolean snapshot) {

  /** The maps are copied. */
  public SerfOptions {
    tags = Map.copyOf(tags);
    settings = Map.copyOf(settings);
  }

  /** The defaults. */
  public static SerfOptions named(String name) {
    return new SerfOptions(name, Map.of(), Map.of("profile", "local", "log_level", "INFO"), false);
  }

  /** With one more tag. */
  public SerfOptions withTag(String key, String value) {
    Map<String, String> more = new TreeMap<>(tags);
    more.put(key, value);
    return new SerfOptions(name, more, settings, snapshot);
  }

  /** With all of these tags in addition. */
  public SerfOptions withTags(Map<String, String> others) {
    Map<String, String> more = new TreeMap<>(tags);
    more.putAll(others);
    return new SerfOptions(name, more, settings, snapshot);
  }

  /** Clients must authenticate with this key. */
  public SerfOptions withAuthKey(String key) {
    return withSetting("rpc_auth", key);
  }

  /** {@code local}, {@code lan} or {@code wan}: how fast it gossips and sees failures. */
  public SerfOptions withProfile(String profile) {
    return withSetting("profile", profile);
  }

  /** Gossip is encrypted with this key: 32 bytes in base64. */
  public SerfOptions withEncryptKey(String base64) {
    return withSetting("encrypt_key", base64);
  }

  /** A script for events, as {@code user:deploy=/path/to/script}; called again, one more. */
  public SerfOptions withEventHandler(String handler) {
    List<String> more = new ArrayList<>();
    if (settings.get("event_handlers") instanceof List<?> list) {
      list.forEach(one -> more.add(String.valueOf(one)));
    }
    more.add(handler);
    return withSetting("event_handlers", List.copyOf(more));
  }

  /** A {@link Duration} setting, as {@code reconnect_interval} or {@code tombstone_timeout}. */
  public SerfOptions withSetting(String key, Duration value) {
    return withSetting(key, value.toMillis() + "ms");
  }

  /**
   * Any key of the agent's JSON configuration ({@code config.go} in Serf's agent).
   *
   * @param value a text, number, boolean, or a list of these
   */
  public SerfOptions withSetting(String key, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(settings);
    more.put(key, value);
    return new SerfOptions(name, tags, more, snapshot);
  }

  /** It remembers its cluster over a restart. */
  public SerfOptions withSnapshot() {
    return new SerfOptions(name, tags, settings, true);
  }

  String authKey() {
    return String.valueOf(settings.getOrDefault("rpc_auth", ""));
  }
}
