package io.github.serfhandler.client;

import org.jspecify.annotations.Nullable;

/**
 * The calling thread was interrupted while it waited; its interrupt flag is set (again). The
 * connection of a command that was under way is closed.
 */
public final class SerfInterruptedException extends SerfException {
  private static final long serialVersionUID = 1L;

  public SerfInterruptedException(String message, boolean retrySafe, @Nullable Throwable cause) {
    super(message, retrySafe, cause);
  }
}
