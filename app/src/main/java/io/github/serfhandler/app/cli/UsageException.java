package io.github.serfhandler.app.cli;

/**
 * Arguments that cannot be used. The message is one line with the remedy; where to find help is
 * added by who prints it.
 */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
