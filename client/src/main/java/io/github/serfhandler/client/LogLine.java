package io.github.serfhandler.client;

/**
 * Immutable: one entry of the agent's log.
 *
 * @param text the line as the agent writes it, as {@code 2025/11/23 16:02:11 [INFO] serf:
 *     EventMemberJoin: n1 127.0.0.1}; it may hold anything that came over the network, control
 *     characters too
 */
public record LogLine(String text) implements LogEvent {}
