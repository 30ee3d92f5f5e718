package io.github.serfhandler.client;

/**
 * Immutable: somebody asks. Answer with {@link EventStream#respond} on the stream that delivered
 * it, before the deadline, which the agent does not tell; nobody can tell who asks either.
 *
 * @param connection which connection of the stream it came over, from 1; a query can not be
 *     answered after the stream has reconnected
 * @param id its number on that connection; an unsigned 64-bit number
 * @param ltime its Lamport time; an unsigned 64-bit number
 * @param name what is asked
 * @param payload what was given with the question
 */
public record QueryEvent(int connection, long id, long ltime, String name, Payload payload)
    implements SerfEvent {}
