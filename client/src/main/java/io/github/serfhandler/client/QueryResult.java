package io.github.serfhandler.client;

import java.util.Set;

/** Immutable: what a {@link QueryStream} delivers: acks and answers, then one {@link Done}. */
public sealed interface QueryResult {

  /**
   * Immutable: a node has received the query; nothing more.
   *
   * @param from the node's name
   */
  record Ack(String from) implements QueryResult {}

  /**
   * Immutable: a node's answer.
   *
   * @param from the node's name
   * @param payload what it says
   */
  record Answer(String from, Payload payload) implements QueryResult {}

  /**
   * Immutable: nothing more will come.
   *
   * @param reason why
   * @param missing the expected nodes that were waited for in vain
   */
  record Done(Reason reason, Set<String> missing) implements QueryResult {
    public Done {
      missing = Set.copyOf(missing);
    }

    /** Immutable: why a query has ended. */
    public enum Reason {
      /** Each expected node has answered. */
      ALL_ANSWERED,
      /** Each expected node has acknowledged, and that was all that was asked. */
      ALL_ACKED,
      /** The query's time is over. */
      TIMEOUT
    }
  }
}
