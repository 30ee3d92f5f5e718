package io.github.serfhandler.client.internal;

import io.github.serfhandler.client.QueryRequest;
import io.github.serfhandler.client.SerfClientOptions;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.client.internal.msgpack.MsgpackWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * One query on a connection of its own. Confined to one thread; only {@link #close} may be called
 * by any.
 */
public final class QueryReader implements AutoCloseable {
  /** For an agent's own timeout, which it does not tell: 40 s with Serf's wan profile. */
  private static final Duration AGENTS_OWN = Duration.ofSeconds(60);

  private final SerfClientOptions options;
  private final QueryRequest request;
  private final Wire wire;
  private final Runnable onClose;
  private final String target;
  private Deadline deadline;
  private volatile boolean closed;

  /**
   * A query yet to be started.
   *
   * @param onClose is told once this is closed
   */
  public QueryReader(SerfClientOptions options, QueryRequest request, Runnable onClose) {
    this.options = options;
    this.request = request;
    this.wire = new Wire(options);
    this.onClose = onClose;
    this.target = wire.target();
    this.deadline = Deadline.in(options.commandTimeout());
  }

  /** Sends the query in its turn and waits for the agent's consent. */
  public void start(QueryStarts starts) {
    boolean started = false;
    try {
      wire.open(deadline);
      started = starts.alone(Command.QUERY, target, deadline, this::ask);
    } catch (SerfException e) {
      throw closed ? Failures.closed("the query") : e;
    } finally {
      if (!started) {
        close();
      }
    }
    Duration open = request.timeout().isZero() ? AGENTS_OWN : request.timeout();
    deadline = Deadline.in(open.plus(options.commandTimeout()));
  }

  private boolean ask() {
    try {
      wire.send(Command.QUERY, this::write);
      Reply reply = wire.receive(deadline);
      if (reply.failed()) {
        throw AgentErrors.of(Command.QUERY, target, reply.error());
      }
      return true;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void write(MsgpackWriter w) {
    w.map(7);
    w.string("FilterNodes").array(request.filterNodes().size());
    request.filterNodes().forEach(w::string);
    w.string("FilterTags").map(request.filterTags().size());
    for (Map.Entry<String, String> tag : request.filterTags().entrySet()) {
      w.string(tag.getKey()).string(tag.getValue());
    }
    w.string("RequestAck").bool(request.requestAck());
    w.string("RelayFactor").integer(request.relayFactor());
    w.string("Timeout").integer(request.timeout().toNanos());
    w.string("Name").string(request.name());
    w.string("Payload");
    if (request.payload().isEmpty()) {
      w.nil(); // The agent allows _serf_ping with nil only (Agent.Query in agent.go).
    } else {
      w.binary(request.payload().bytes());
    }
  }

  /** Waits for the next record. */
  public QueryRecord next() {
    boolean inStep = false;
    try {
      if (closed) {
        throw Failures.closed("the query");
      }
      Reply reply = wire.receive(deadline);
      if (reply.failed()) {
        throw AgentErrors.of(Command.QUERY, target, reply.error());
      }
      QueryRecord record = QueryRecord.read(wire.reader());
      inStep = true;
      return record;
    } catch (IOException e) {
      throw failed(e);
    } finally {
      if (!inStep) {
        close();
      }
    }
  }

  private SerfException failed(IOException e) {
    return closed
        ? Failures.closed("the query")
        : Failures.during(Command.QUERY, target, deadline.timeout(), false, e);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      wire.close();
      onClose.run();
    }
  }
}
