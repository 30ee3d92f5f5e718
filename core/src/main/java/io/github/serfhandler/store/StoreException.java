package io.github.serfhandler.store;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file could not be read or written. The file is as it was before, unless {@link #reason()} says
 * otherwise, and a retry is always safe. The message is one line: operation, path, reason, remedy.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String operation;
  private final transient Path path;
  private final String reason;
  private final String remedy;

  StoreException(String operation, Path path, String reason, String remedy) {
    super(operation + " " + path + ": " + reason + (remedy.isEmpty() ? "" : "; " + remedy));
    this.operation = operation;
    this.path = path;
    this.reason = reason;
    this.remedy = remedy;
  }

  StoreException(String operation, Path path, String reason, String remedy, IOException cause) {
    this(operation, path, reason, remedy);
    initCause(cause);
  }

  /** What was tried: {@code cannot write}, {@code cannot read}. */
  public String operation() {
    return operation;
  }

  /** The file, as the caller named it. */
  public Path path() {
    return path;
  }

  /** What stood in the way, as {@code no space left on device}. */
  public String reason() {
    return reason;
  }

  /** What to do about it; may be empty. */
  public String remedy() {
    return remedy;
  }
}
