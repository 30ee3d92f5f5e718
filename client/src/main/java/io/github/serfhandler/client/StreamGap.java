package io.github.serfhandler.client;

/**
 * Immutable: here, records of a stream are missing. Whoever keeps a state must read it anew, as
 * with {@link SerfClient#members()}.
 *
 * @param reason why
 * @param lost how many are missing, over 0; -1 where nobody knows
 */
public record StreamGap(Reason reason, long lost) implements SerfEvent, LogEvent {

  /** Immutable: why records are missing. */
  public enum Reason {
    /** The consumer was too slow for the stream's queue, and the newest records were dropped. */
    OVERFLOW,
    /** The connection was lost, and is there again. */
    RECONNECTED
  }
}
