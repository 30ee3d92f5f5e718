package io.github.serfhandler.peer;

import java.util.Optional;

/**
 * Immutable: what came of a pull.
 *
 * @param compared how many keys the peer told of
 * @param fetched how many newer ones were given to the sink
 * @param refused how many of these the sink refused
 * @param failed how many newer ones did not come
 * @param complete whether all that the peer holds was compared and tried
 * @param problem what ended it, or else the first thing that went wrong
 */
public record PullReport(
    int compared,
    int fetched,
    int refused,
    int failed,
    boolean complete,
    Optional<PeerException> problem) {
  @Override
  public String toString() {
    return compared
        + " compared, "
        + fetched
        + " fetched, "
        + refused
        + " refused, "
        + failed
        + " failed"
        + (complete ? "" : ", not complete");
  }
}
