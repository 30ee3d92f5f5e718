package io.github.serfhandler.config;

/**
 * An update can not be applied here, and nothing was changed. A retry is of no use: the message, or
 * what stands in its file's place, has to be mended. The message of this exception is one line and
 * holds nothing of the configuration but product and key.
 */
public final class RejectedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public RejectedException(String reason) {
    // No stack trace: it is a value for the answer, and whoever sends messages can cause many.
    super(reason, null, false, false);
  }

  /** The reason: one line. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
