package io.github.serfhandler.output;

/** A running program can not be told what changed. The message is one line with a remedy. */
public final class LiveException extends Exception {
  private static final long serialVersionUID = 1L;

  /** For that reason. */
  public LiveException(String message) {
    super(message);
  }

  /** For that reason, which another exception told. */
  public LiveException(String message, Throwable cause) {
    super(message, cause);
  }
}
