package io.github.serfhandler.app.settings;

/** Immutable: an entry of a list that can not be used. The message is complete, with the remedy. */
public final class BadEntryException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;

  /** With the line of the part that is wrong, from 1. */
  public BadEntryException(int line, String message) {
    super(message, null, false, false);
    this.line = line;
  }

  int line() {
    return line;
  }
}
