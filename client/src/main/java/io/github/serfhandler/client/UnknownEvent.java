package io.github.serfhandler.client;

/**
 * Immutable: an event of a kind that this version does not know.
 *
 * @param event the agent's word for its kind
 */
public record UnknownEvent(String event) implements SerfEvent {}
