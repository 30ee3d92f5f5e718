package io.github.serfhandler.process;

import java.time.Duration;
import java.util.List;

/**
 * Immutable: what came of a run.
 *
 * @param end how it ended
 * @param status the exit status, above 128 where a signal ended it; -1 where it did not exit by
 *     itself
 * @param took from before its start to its end, that of its children included where they were ended
 * @param output the last lines that it printed on standard output and standard error together, fit
 *     for a log; they may hold what it was told, so they are no part of {@link #reason}
 * @param problem why it could not be started, with a remedy, in one line; empty where it was
 */
public record ProgramResult(
    End end, int status, Duration took, List<String> output, String problem) {

  /** How a run ended. */
  public enum End {
    /** By itself. */
    EXITED,
    /** It took longer than its timeout, and was ended with all that it started. */
    TIMED_OUT,
    /** It did not begin. */
    NOT_STARTED
  }

  /** Copies. */
  public ProgramResult {
    output = List.copyOf(output);
  }

  /** Whether it ended by itself, with status 0. */
  public boolean succeeded() {
    return end == End.EXITED && status == 0;
  }

  /** How it ended, in a few words that hold nothing of what it printed: {@code status 3}. */
  public String reason() {
    return switch (end) {
      case EXITED -> "status " + status;
      case TIMED_OUT -> "timed out";
      case NOT_STARTED -> "can not be started";
    };
  }

  @Override
  public String toString() {
    return reason() + " after " + took.toMillis() + " ms";
  }
}
