package io.github.serfhandler.app.handlers;

/**
 * A user's jar or provider can not be used. The message is one line that names it and the remedy.
 * Trying again does not help.
 */
public final class HandlersException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HandlersException(String message) {
    super(message);
  }

  HandlersException(String message, Throwable cause) {
    super(message, cause);
  }
}
