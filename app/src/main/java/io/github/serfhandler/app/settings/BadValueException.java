package io.github.serfhandler.app.settings;

/**
 * Immutable: a text that is no value of its type. The message continues the sentence that begins
 * with the quoted text: {@code is not a duration; write for example 30s}.
 */
public final class BadValueException extends Exception {
  public BadValueException(String message) {
    super(message, null, false, false);
  }
}
