package io.github.serfhandler.app.cli;

/**
 * Immutable: a command line that shows a use.
 *
 * @param purpose what it is for, without a full stop
 * @param line what one types, from {@code serf-handler} on
 */
public record Example(String purpose, String line) {}
