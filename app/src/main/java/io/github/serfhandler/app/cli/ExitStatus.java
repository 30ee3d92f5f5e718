package io.github.serfhandler.app.cli;

/** Immutable: the exit statuses that scripts rely on. */
public final class ExitStatus {
  /** What was asked for is done. */
  public static final int DONE = 0;

  /** It failed; one line on standard error says what and what to do. */
  public static final int FAILED = 1;

  /** The arguments or the settings cannot be used; trying again does not help. */
  public static final int USAGE = 2;

  private ExitStatus() {}
}
