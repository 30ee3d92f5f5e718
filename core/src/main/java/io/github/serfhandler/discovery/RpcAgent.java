package io.github.serfhandler.discovery;

import io.github.serfhandler.client.AgentStats;
import io.github.serfhandler.client.Coordinate;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfCommandException;
import java.util.List;
import java.util.Optional;

/**
 * An agent asked over its RPC, on one connection that is kept: the agent logs each new one.
 * Thread-safe, as the client is; the client stays the caller's to close.
 */
public final class RpcAgent implements Agent {
  private final SerfClient client;

  public RpcAgent(SerfClient client) {
    this.client = client;
  }

  @Override
  public Pulse pulse() {
    AgentStats stats = client.stats();
    return new Pulse(
        stats.agentName(),
        stats.tags(),
        stats.members(),
        stats.failed(),
        stats.left(),
        stats.memberTime());
  }

  @Override
  public List<Member> members() {
    return client.members();
  }

  @Override
  public Optional<Coordinate> coordinate(String node) {
    try {
      return client.coordinate(node);
    } catch (SerfCommandException e) {
      return Optional.empty(); // Its coordinates are turned off.
    }
  }
}
