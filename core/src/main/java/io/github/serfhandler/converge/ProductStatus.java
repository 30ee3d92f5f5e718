package io.github.serfhandler.converge;

import java.util.OptionalLong;

/**
 * Immutable: how a product stands. Times are those that were passed in, in nanoseconds.
 *
 * @param keys how many keys are held of it, deleted ones included
 * @param agreesSince since when all that is heard of others says the same as what is held here;
 *     empty after a mismatch and before anything was heard
 * @param lastMismatch when another last said something else; empty for never
 * @param repairsWaiting how many keys wait to be broadcast, since another lacks them
 */
public record ProductStatus(
    int keys, OptionalLong agreesSince, OptionalLong lastMismatch, int repairsWaiting) {
  /** Whether nothing is known that would have to be done. */
  public boolean settled() {
    return agreesSince.isPresent() && repairsWaiting == 0;
  }
}
