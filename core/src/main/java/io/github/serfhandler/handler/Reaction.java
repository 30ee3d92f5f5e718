package io.github.serfhandler.handler;

import io.github.serfhandler.client.Payload;
import java.util.Optional;

/**
 * Immutable: what a handler did with an event.
 *
 * @param handled whether it had anything registered for the event
 * @param answer what it answers to a query; empty for none, and always for other events
 */
public record Reaction(boolean handled, Optional<Payload> answer) {
  /** It has nothing for such an event. */
  public static final Reaction NOT_HANDLED = new Reaction(false, Optional.empty());

  /** It did its work and answers nothing. */
  public static final Reaction HANDLED = new Reaction(true, Optional.empty());

  /** It answers a query. */
  public static Reaction answer(Payload answer) {
    return new Reaction(true, Optional.of(answer));
  }

  @Override
  public String toString() {
    return (handled ? "handled" : "not handled") + (answer.isPresent() ? " with an answer" : "");
  }
}
