package io.github.serfhandler.config;

import java.util.Optional;

/**
 * Immutable: what became of an update.
 *
 * @param result how it compares with what was stored
 * @param stored the version that the file holds now
 * @param notice what people should know: one line; empty where all is as it should be
 */
public record Applied(Result result, long stored, Optional<String> notice) {
  /** How an update compares with what was stored. */
  public enum Result {
    /** It is newer, or the first; the file holds it now. */
    APPLIED,
    /** It was stored already, or a newer one was; the file is as before. */
    OLDER_OR_EQUAL,
    /**
     * Another content was stored under its version. Every node keeps the one with the larger
     * SHA-256; here that is this one, and the file holds it now.
     */
    CONFLICT_WON,
    /** Like {@link #CONFLICT_WON}, but the stored one has the larger SHA-256 and stays. */
    CONFLICT_LOST
  }

  /** Whether the file was written. */
  public boolean changed() {
    return result == Result.APPLIED || result == Result.CONFLICT_WON;
  }

  @Override
  public String toString() {
    return result + " " + stored;
  }
}
