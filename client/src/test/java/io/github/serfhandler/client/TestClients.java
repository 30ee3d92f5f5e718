package io.github.serfhandler.client;

import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.SerfNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stateless: options for tests; patient with machines that are slow. */
final class TestClients {

  /** Long enough that only what never comes reaches it. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  /** For what is known never to come. */
  static final Duration IMPATIENCE = Duration.ofMillis(250);

  /** For a client that gets some answers and others never; each of the latter costs so long. */
  static final Duration HASTE = Duration.ofSeconds(3);

  private TestClients() {}

  static SerfClientOptions.Builder at(FakeAgent agent) {
    return patient().address(agent.address());
  }

  static SerfClientOptions.Builder at(SerfNode node) {
    return patient().address(node.rpc());
  }

  static SerfClient open(FakeAgent agent) {
    return SerfClient.open(at(agent).build());
  }

  static SerfClient open(SerfNode node) {
    return SerfClient.open(at(node).build());
  }

  /** What the agent was told to stop; without the 0 by which a new stream is made sure of. */
  static List<@Nullable Object> stopped(FakeAgent agent) {
    return agent.requests("stop").stream()
        .map(request -> request.field("Stop"))
        .filter(seq -> !Long.valueOf(0).equals(seq))
        .toList();
  }

  private static SerfClientOptions.Builder patient() {
    return SerfClientOptions.builder()
        .connectTimeout(PATIENCE)
        .commandTimeout(PATIENCE)
        .reconnect(new Backoff(Duration.ofMillis(1), Duration.ofMillis(20), 0.5));
  }
}
