package io.github.serfhandler.client;

import org.jspecify.annotations.Nullable;

/**
 * The agent wants an auth key, or another one than it got: mend the key. Trying again without that
 * is of no use.
 */
public final class SerfAuthException extends SerfException {
  private static final long serialVersionUID = 1L;

  public SerfAuthException(String message, boolean retrySafe, @Nullable Throwable cause) {
    super(message, retrySafe, cause);
  }
}
