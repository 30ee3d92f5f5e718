package io.github.serfhandler.client;

import java.util.HashMap;
import java.util.Map;

/**
 * Immutable: what an agent tells of itself. Small, whatever the size of the cluster. Where an agent
 * does not tell a number, or no number, it is -1 here.
 *
 * @param sections all of it by section ({@code agent}, {@code runtime}, {@code serf}, {@code tags},
 *     {@code event_handlers}), everything as text
 */
public record AgentStats(Map<String, Map<String, String>> sections) {

  public AgentStats {
    Map<String, Map<String, String>> copy = new HashMap<>();
    sections.forEach((name, entries) -> copy.put(name, Map.copyOf(entries)));
    sections = Map.copyOf(copy);
  }

  /** A section's entries; empty where the agent has no such section. */
  public Map<String, String> section(String name) {
    return sections.getOrDefault(name, Map.of());
  }

  /** The local node's name; {@code ""} where it was not told. */
  public String agentName() {
    return section("agent").getOrDefault("name", "");
  }

  /** The local node's tags. */
  public Map<String, String> tags() {
    return section("tags");
  }

  /** Members that the agent knows, in whatever state, itself included. */
  public long members() {
    return number("members");
  }

  public long failed() {
    return number("failed");
  }

  public long left() {
    return number("left");
  }

  /** How badly the agent itself keeps up: 0 is well. */
  public long healthScore() {
    return number("health_score");
  }

  /** The Lamport clock of joins and leaves. */
  public long memberTime() {
    return number("member_time");
  }

  /** The Lamport clock of user events. */
  public long eventTime() {
    return number("event_time");
  }

  /** The Lamport clock of queries. */
  public long queryTime() {
    return number("query_time");
  }

  /** Joins and leaves that wait to be gossiped. */
  public long intentQueue() {
    return number("intent_queue");
  }

  /** User events that wait to be gossiped; publish more slowly while it grows. */
  public long eventQueue() {
    return number("event_queue");
  }

  /** Queries that wait to be gossiped. */
  public long queryQueue() {
    return number("query_queue");
  }

  /** Whether gossip is encrypted. */
  public boolean encrypted() {
    return "true".equals(section("serf").get("encrypted"));
  }

  private long number(String key) {
    String text = section("serf").get(key);
    try {
      return text == null ? -1 : Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
