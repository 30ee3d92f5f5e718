package io.github.serfhandler.client;

import org.jspecify.annotations.Nullable;

/**
 * No agent answers at the address, or the connection broke: start the agent or mend the address,
 * then call again. A {@link SerfClient} reconnects by itself at its next command.
 */
public final class SerfConnectionException extends SerfException {
  private static final long serialVersionUID = 1L;

  public SerfConnectionException(String message, boolean retrySafe, @Nullable Throwable cause) {
    super(message, retrySafe, cause);
  }
}
