package io.github.serfhandler.testkit;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: one request as it came over the wire.
 *
 * @param connection the number of its connection, from 1 in the order of arrival
 * @param command the command of its header
 * @param seq the sequence number of its header
 * @param body its body (see {@link Wire} for the types); empty for a command that has none, and for
 *     one that was refused before its body was read
 */
public record Request(
    int connection, String command, long seq, Map<String, @Nullable Object> body) {

  /** A field of the body, null where it is absent or nil. */
  public @Nullable Object field(String name) {
    return body.get(name);
  }
}
