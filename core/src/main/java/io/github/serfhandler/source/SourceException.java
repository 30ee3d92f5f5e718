package io.github.serfhandler.source;

/**
 * A source can not go on for now; it is tried again. The message is one line for people: what was
 * tried, on which store, what came of it, what to do. It holds no secret and nothing of a value.
 */
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With the message. */
  public SourceException(String message) {
    super(message);
  }

  /** With the message and what caused it. */
  public SourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
