package io.github.serfhandler.resident;

import io.github.serfhandler.client.EventStream;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.SerfCommandException;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.handler.AnswerLimit;
import io.github.serfhandler.handler.Messages;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Thread-safe: takes answers to the queries of one stream, and no others, to the asker. */
final class Answers {
  private final EventStream stream;
  private final int limit;
  private final ResidentNode node;
  private final Logger log;

  Answers(EventStream stream, int limit, ResidentNode node, Logger log) {
    this.stream = stream;
    this.limit = limit;
    this.node = node;
    this.log = log;
  }

  /**
   * Sends an answer, or a short error where it is too long; waits for the agent's consent. What
   * fails is logged.
   *
   * @param from whose answer it is
   * @return whether the agent took it
   */
  boolean send(QueryEvent query, Payload answer, String from) {
    AnswerLimit most = new AnswerLimit(limit, node.self().name());
    Payload fitting =
        most.fit(answer, why -> log.log(Level.WARNING, about(query, from) + ": " + why));
    try {
      return respond(query, fitting, from);
    } catch (SerfException e) {
      log.log(Level.WARNING, about(query, from) + " did not reach the asker: " + e.getMessage());
      return false;
    }
  }

  private boolean respond(QueryEvent query, Payload answer, String from) {
    try {
      stream.respond(query, answer);
      return true;
    } catch (SerfCommandException e) {
      if (e.reason() != SerfCommandException.Reason.TOO_LARGE) {
        throw e;
      }
      // The agent's own limit is below the setting.
      log.log(Level.WARNING, about(query, from) + ": " + e.getMessage());
      stream.respond(
          query,
          Payload.ofText(
              "error: the answer of " + answer.size() + " bytes is longer than Serf takes"));
      return true;
    }
  }

  private static String about(QueryEvent query, String from) {
    return "the answer of " + from + " to the " + Messages.of(query);
  }
}
