package io.github.serfhandler.handler;

import io.github.serfhandler.client.Payload;
import java.time.Duration;
import java.util.Optional;

/**
 * Immutable: what came of one call of one handler.
 *
 * @param handler the handler's name
 * @param outcome how it ended
 * @param answer what it answers to a query
 * @param failure why it failed or was interrupted
 * @param duration how long it took
 */
public record CallResult(
    String handler,
    Outcome outcome,
    Optional<Payload> answer,
    Optional<Throwable> failure,
    Duration duration) {

  @Override
  public String toString() {
    return handler + " " + outcome.words();
  }
}
