package io.github.serfhandler.client;

import org.jspecify.annotations.Nullable;

/**
 * What answers is not a Serf agent, speaks an incompatible version, or sent something over the
 * {@link DecodeLimits}: mend the address, or the limits. The connection was closed.
 */
public final class SerfProtocolException extends SerfException {
  private static final long serialVersionUID = 1L;

  public SerfProtocolException(String message, boolean retrySafe, @Nullable Throwable cause) {
    super(message, retrySafe, cause);
  }
}
