package io.github.serfhandler.config;

/**
 * The store could not be locked, so that nothing was read or changed. A retry is safe. The message
 * is one line: what was tried, the file, the reason, the remedy.
 */
public final class ConfigLockException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConfigLockException(String message) {
    super(message);
  }

  ConfigLockException(String message, Throwable cause) {
    super(message, cause);
  }
}
