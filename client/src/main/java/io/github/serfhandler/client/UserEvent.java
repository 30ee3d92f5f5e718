package io.github.serfhandler.client;

/**
 * Immutable: somebody sent an event. Neither its order nor its arrival is guaranteed, and nobody
 * can tell who sent it.
 *
 * @param ltime its Lamport time; an unsigned 64-bit number
 * @param name what the sender called it
 * @param payload what the sender gave with it
 * @param coalesce whether agents may drop all but the newest of this name
 */
public record UserEvent(long ltime, String name, Payload payload, boolean coalesce)
    implements SerfEvent {}
