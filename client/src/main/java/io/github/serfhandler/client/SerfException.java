package io.github.serfhandler.client;

import org.jspecify.annotations.Nullable;

/**
 * The root of what this library throws; unchecked. Its subtypes differ by what the caller does
 * next. The message names the operation, the agent's address, the offending value and the remedy in
 * one line that is fit for a user, and never holds a secret.
 *
 * <p>A wrong argument is not one of these: that is an {@link IllegalArgumentException}, thrown
 * before anything is sent.
 */
public abstract class SerfException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean retrySafe;

  protected SerfException(String message, boolean retrySafe, @Nullable Throwable cause) {
    super(message, cause);
    this.retrySafe = retrySafe;
  }

  /**
   * Whether the same call may be made again without doing its work twice: nothing of it reached the
   * agent, or it changes nothing, or doing it twice gives the same state as once. It says nothing
   * of whether the next try would succeed.
   */
  public boolean retrySafe() {
    return retrySafe;
  }
}
