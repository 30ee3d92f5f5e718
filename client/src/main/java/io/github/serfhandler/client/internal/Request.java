package io.github.serfhandler.client.internal;

import io.github.serfhandler.client.SerfException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: one command to be carried out.
 *
 * @param decoder reads the reply's body
 * @param refusal makes an exception of the agent's error and of the body that stands after it all
 *     the same, as with join and the key commands; null where an error has no body
 */
public record Request<T>(
    Command command,
    Body body,
    Duration timeout,
    Decoder<T> decoder,
    @Nullable Refusal<T> refusal) {

  /** A command without a reply body. */
  public static Request<Boolean> plain(Command command, Body body, Duration timeout) {
    return new Request<>(command, body, timeout, in -> Boolean.TRUE, null);
  }

  /** A command with a reply body, which is missing when the agent reports an error. */
  public static <T> Request<T> of(
      Command command, Body body, Duration timeout, Decoder<T> decoder) {
    return new Request<>(command, body, timeout, decoder, null);
  }

  /** Makes an exception of an error and the body that came with it. */
  @FunctionalInterface
  public interface Refusal<T> {
    SerfException of(String target, String error, T body);
  }
}
