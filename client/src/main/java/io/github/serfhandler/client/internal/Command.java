package io.github.serfhandler.client.internal;

import java.time.Duration;

/**
 * Immutable: the commands of Serf's RPC, as in {@code cmd/serf/command/agent/ipc.go} of Serf 0.9.4,
 * with what decides about retries and timeouts.
 */
public enum Command {
  HANDSHAKE("handshake", Effect.READ, 0),
  AUTH("auth", Effect.READ, 0),
  EVENT("event", Effect.ONCE, 0),
  // Waits for the broadcast for up to 5 s (BroadcastTimeout, serf/config.go).
  FORCE_LEAVE("force-leave", Effect.ONCE, 10),
  // 10 s for each address (TCPTimeout, memberlist/config.go); SerfClient.join multiplies.
  JOIN("join", Effect.REPEATABLE, 15),
  MEMBERS("members", Effect.READ, 0),
  MEMBERS_FILTERED("members-filtered", Effect.READ, 0),
  STREAM("stream", Effect.READ, 0),
  MONITOR("monitor", Effect.READ, 0),
  STOP("stop", Effect.REPEATABLE, 0),
  // Two broadcasts of up to 5 s, then LeavePropagateDelay (serf/serf.go, Leave).
  LEAVE("leave", Effect.ONCE, 20),
  // Queries inside the agent: 3.2 s up to 9 nodes, 12.8 s up to 9,999 (serf/query.go).
  INSTALL_KEY("install-key", Effect.REPEATABLE, 30),
  USE_KEY("use-key", Effect.REPEATABLE, 30),
  REMOVE_KEY("remove-key", Effect.REPEATABLE, 30),
  LIST_KEYS("list-keys", Effect.READ, 30),
  // As force-leave.
  TAGS("tags", Effect.REPEATABLE, 10),
  QUERY("query", Effect.ONCE, 0),
  RESPOND("respond", Effect.ONCE, 0),
  STATS("stats", Effect.READ, 0),
  GET_COORDINATE("get-coordinate", Effect.READ, 0);

  /** What doing it twice does. */
  public enum Effect {
    /** Changes nothing. */
    READ,
    /** Leaves the same state as doing it once. */
    REPEATABLE,
    /** Does it twice. */
    ONCE
  }

  private final String word;
  private final Effect effect;
  private final Duration leastTimeout;

  Command(String word, Effect effect, int leastSeconds) {
    this.word = word;
    this.effect = effect;
    this.leastTimeout = Duration.ofSeconds(leastSeconds);
  }

  /** The name on the wire. */
  public String word() {
    return word;
  }

  public Effect effect() {
    return effect;
  }

  /** Whether a repetition after an unknown outcome does no harm. */
  public boolean repeatable() {
    return effect != Effect.ONCE;
  }

  /** The longer of what the user set and what the agent itself may need. */
  public Duration timeout(Duration configured) {
    return configured.compareTo(leastTimeout) < 0 ? leastTimeout : configured;
  }
}
