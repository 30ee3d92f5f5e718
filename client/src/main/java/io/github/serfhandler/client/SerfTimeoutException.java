package io.github.serfhandler.client;

import org.jspecify.annotations.Nullable;

/**
 * The agent did not answer completely in time: it hangs, is overloaded, or the command takes longer
 * than the timeout. The connection was closed, so that a late answer can not be mistaken for the
 * next one.
 */
public final class SerfTimeoutException extends SerfException {
  private static final long serialVersionUID = 1L;

  public SerfTimeoutException(String message, boolean retrySafe, @Nullable Throwable cause) {
    super(message, retrySafe, cause);
  }
}
