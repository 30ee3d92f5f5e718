package io.github.serfhandler.handler;

/**
 * A handler could not do its work, for a reason that the message tells in one line. Logged without
 * a stack trace; every other exception of a handler is taken for its bug and logged with one.
 */
public final class HandlerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason, in one line, with what to do. */
  public HandlerException(String message) {
    super(message);
  }

  /** With the reason and what caused it. */
  public HandlerException(String message, Throwable cause) {
    super(message, cause);
  }
}
