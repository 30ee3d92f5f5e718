package io.github.serfhandler.discovery;

import java.util.Map;

/**
 * Immutable: a small sign of the cluster's state, whatever its size. Two equal pulses mean that
 * most probably nothing changed; two different ones, that the members are to be read again.
 *
 * <p>It holds what Serf's {@code stats} tells that changes with the membership and does not change
 * on an idle cluster ({@code Agent.Stats} in {@code agent.go} and {@code Serf.Stats} in {@code
 * serf.go}, 0.9.4). A tag change on another node does not show in it.
 *
 * @param agentName the local agent's node name
 * @param tags the local agent's own tags
 * @param members how many members the agent knows, in any state
 * @param failed how many of them failed
 * @param left how many of them left
 * @param memberTime the Lamport time of joins and leaves
 */
public record Pulse(
    String agentName,
    Map<String, String> tags,
    long members,
    long failed,
    long left,
    long memberTime) {

  public Pulse {
    tags = Map.copyOf(tags);
  }
}
