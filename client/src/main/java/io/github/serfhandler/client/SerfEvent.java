package io.github.serfhandler.client;

/**
 * Immutable: what an {@link EventStream} delivers. A newer agent may send {@link UnknownEvent}s,
 * which must not break an older program; a {@link StreamGap} tells that events are missing at its
 * place.
 */
public sealed interface SerfEvent
    permits MemberEvent, UserEvent, QueryEvent, UnknownEvent, StreamGap {}
