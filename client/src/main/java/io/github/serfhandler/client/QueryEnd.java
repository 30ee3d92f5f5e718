package io.github.serfhandler.client;

/** Immutable: when the asker has heard enough. */
public enum QueryEnd {
  /** Once each expected node has answered, or at the query's timeout. */
  ANSWERS,
  /** Once each expected node has acknowledged, or at the query's timeout; asks for acks. */
  ACKS,
  /** At the query's timeout, whoever has answered by then; nobody is expected. */
  TIMEOUT
}
