package io.github.serfhandler.client;

import io.github.serfhandler.client.QueryResult.Ack;
import io.github.serfhandler.client.QueryResult.Answer;
import io.github.serfhandler.client.QueryResult.Done;
import io.github.serfhandler.client.QueryResult.Done.Reason;
import io.github.serfhandler.client.internal.QueryReader;
import io.github.serfhandler.client.internal.QueryRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The acks and answers to one query, as they come. Confined to one thread, which reads from the
 * network itself; only {@link #close} may be called by any.
 *
 * <p>It ends as soon as all expected nodes have answered ({@link QueryEnd#ANSWERS}) or acknowledged
 * ({@link QueryEnd#ACKS}), otherwise at the query's timeout. A second ack or answer of one node,
 * and the nameless records that an agent sends after a timeout, are dropped.
 *
 * <p>Ending early closes the query's own connection. That is safe for the agent, unlike the end of
 * an event stream: {@code queryResponseStream.Stream} ({@code ipc_query_response_stream.go}, Serf
 * 0.9.4) is not registered anywhere, owns no channel that could be closed under a sender, and
 * simply returns at its first failing send, for which the agent logs one line. Late answers go to a
 * buffered channel with a non-blocking send ({@code sendResponse} in {@code serf/query.go}).
 */
public final class QueryStream implements AutoCloseable {
  private final QueryReader reader;
  private final QueryEnd end;
  private final Set<String> missing;
  private final Set<String> acked = new HashSet<>();
  private final Set<String> answered = new HashSet<>();
  private @Nullable Done done;

  QueryStream(QueryReader reader, QueryEnd end, Set<String> expected) {
    this.reader = reader;
    this.end = end;
    this.missing = new HashSet<>(expected);
  }

  /**
   * Waits for the next ack or answer; at the end gives {@link Done}, from then on always the same.
   *
   * @throws SerfConnectionException if the agent went away; what was delivered before stands
   * @throws SerfTimeoutException if the agent says nothing of the query's end within the command
   *     timeout after it
   * @throws SerfInterruptedException if the thread is interrupted; the query is closed then
   * @throws SerfClosedException after {@link #close}, unless the end had been reached
   */
  public QueryResult next() {
    while (done == null) {
      if (end != QueryEnd.TIMEOUT && missing.isEmpty()) {
        return finish(end == QueryEnd.ACKS ? Reason.ALL_ACKED : Reason.ALL_ANSWERED);
      }
      QueryRecord record = reader.next();
      if (record.type().equals("done")) {
        return finish(Reason.TIMEOUT);
      }
      Optional<QueryResult> result = accept(record);
      if (result.isPresent()) {
        return result.get();
      }
    }
    return done;
  }

  /** Waits for the end and gives all that came; what {@link #next} gave before is not in it. */
  public QueryOutcome collect() {
    Set<String> acks = new HashSet<>();
    Map<String, Payload> answers = new HashMap<>();
    while (true) {
      QueryResult result = next();
      if (result instanceof Ack ack) {
        acks.add(ack.from());
      } else if (result instanceof Answer answer) {
        answers.put(answer.from(), answer.payload());
      } else if (result instanceof Done finished) {
        return new QueryOutcome(acks, answers, finished);
      }
    }
  }

  /** Ends the interest in the query; the nodes carry on with it. Idempotent, does not wait. */
  @Override
  public void close() {
    reader.close();
  }

  private Optional<QueryResult> accept(QueryRecord record) {
    String from = record.from();
    if (from.isEmpty()) {
      return Optional.empty();
    }
    if (record.type().equals("ack") && acked.add(from)) {
      if (end == QueryEnd.ACKS) {
        missing.remove(from);
      }
      return Optional.of(new Ack(from));
    }
    if (record.type().equals("response") && answered.add(from)) {
      // An answer tells that the query arrived even where the ack was lost.
      missing.remove(from);
      return Optional.of(new Answer(from, record.payload()));
    }
    return Optional.empty();
  }

  private Done finish(Reason reason) {
    Done last = new Done(reason, missing);
    done = last;
    reader.close();
    return last;
  }
}
