package io.github.serfhandler.oneshot;

/**
 * The environment or standard input hold no event, as when a person runs {@code event} by hand. The
 * message is one line with the remedy.
 */
public final class NoEventException extends Exception {
  private static final long serialVersionUID = 1L;

  NoEventException(String message) {
    super(message);
  }
}
