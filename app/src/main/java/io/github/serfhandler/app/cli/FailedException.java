package io.github.serfhandler.app.cli;

/** A command that could not do its work, for a reason that one line tells, with the remedy. */
public final class FailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FailedException(String message) {
    super(message);
  }

  public FailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
