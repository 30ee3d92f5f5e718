package io.github.serfhandler.converge;

/**
 * Immutable: what convergence did since its start, all products together.
 *
 * @param digestsSent messages {@code config_digest} of this node
 * @param repairsSent updates that this node broadcast since another lacked them
 * @param pullsStarted pulls from other nodes
 * @param digestsHeard messages {@code config_digest} of others, of whatever product
 * @param updatesHeard updates of others, of whatever product
 * @param mismatches messages that told something else than what this node holds
 * @param malformed messages that could not be read
 * @param unknownFormat messages of a format that this version does not know
 * @param answersDropped answers that were not even scheduled, since too many waited; the next
 *     digest asks for them again
 */
public record Status(
    long digestsSent,
    long repairsSent,
    long pullsStarted,
    long digestsHeard,
    long updatesHeard,
    long mismatches,
    long malformed,
    long unknownFormat,
    long answersDropped) {
  static Status of(Counters counters) {
    return new Status(
        counters.digestsSent,
        counters.repairsSent,
        counters.pullsStarted,
        counters.digestsHeard,
        counters.updatesHeard,
        counters.mismatches,
        counters.malformed,
        counters.unknownFormat,
        counters.answersDropped);
  }
}
