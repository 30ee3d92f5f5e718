package io.github.serfhandler.client;

/** Immutable: what a {@link LogStream} delivers. */
public sealed interface LogEvent permits LogLine, StreamGap {}
