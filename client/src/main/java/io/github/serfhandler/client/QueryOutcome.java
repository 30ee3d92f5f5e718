package io.github.serfhandler.client;

import java.util.Map;
import java.util.Set;

/**
 * Immutable: all that came of a query.
 *
 * @param acks nodes that received it, where that was asked
 * @param answers the answers by node
 * @param done why it ended, and who is missing
 */
public record QueryOutcome(Set<String> acks, Map<String, Payload> answers, QueryResult.Done done) {

  public QueryOutcome {
    acks = Set.copyOf(acks);
    answers = Map.copyOf(answers);
  }
}
