package io.github.serfhandler.config;

import java.util.Optional;

/**
 * Immutable: what became of an update.
 *
 * @param result how it compares with what was stored
 * @param stored the revision that this node holds now; of an update that was rejected or failed its
 *     own one
 * @param notice what people should know: one line; empty where all is as it should be
 */
public record Applied(Result result, Revision stored, Optional<String> notice) {
  /** How an update compares with what was stored. */
  public enum Result {
    /** It is newer, or the first; it counts now. */
    APPLIED,
    /** It was stored already, or a newer one was; nothing changes. */
    OLDER_OR_EQUAL,
    /**
     * Another content, or a deletion, was stored under its version. Every node keeps the same one,
     * see {@link Revision}; here that is this one.
     */
    CONFLICT_WON,
    /** Like {@link #CONFLICT_WON}, but the stored one stays. */
    CONFLICT_LOST,
    /** It can not be applied here, see {@link RejectedException}; the notice says why. */
    REJECTED,
    /** It could not be applied, and a retry is safe; the notice says why. */
    FAILED
  }

  /** Whether it counts from now on. */
  public boolean changed() {
    return result == Result.APPLIED || result == Result.CONFLICT_WON;
  }

  @Override
  public String toString() {
    return result + " " + stored;
  }
}
