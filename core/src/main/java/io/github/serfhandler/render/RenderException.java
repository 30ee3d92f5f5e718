package io.github.serfhandler.render;

/**
 * A file's bytes can not be made. The message is one line: what, where (file and line of a
 * template) and what to do.
 */
public final class RenderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For that reason. */
  public RenderException(String message) {
    super(message);
  }

  /** For that reason, which another exception told. */
  public RenderException(String message, Throwable cause) {
    super(message, cause);
  }
}
