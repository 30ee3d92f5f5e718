package io.github.serfhandler.config;

import java.util.Optional;

/**
 * Immutable: a version of a key in its record, without its content.
 *
 * @param revision which one
 * @param time when it came here, as {@code 2026-11-25T08:30:00Z}; for people, nothing decides by it
 * @param origin how it came here, as {@code query}; one line, for people
 * @param signature as that of the {@link ConfigUpdate}
 * @param bytes the length of its content in canonical form; 0 of a deletion
 */
public record Head(
    Revision revision, String time, String origin, Optional<String> signature, int bytes) {
  @Override
  public String toString() {
    return revision + " of " + time;
  }
}
