package io.github.serfhandler.client;

import org.jspecify.annotations.Nullable;

/** The {@link SerfClient} or the stream was closed by this program: stop using it. */
public final class SerfClosedException extends SerfException {
  private static final long serialVersionUID = 1L;

  public SerfClosedException(String message, boolean retrySafe, @Nullable Throwable cause) {
    super(message, retrySafe, cause);
  }
}
