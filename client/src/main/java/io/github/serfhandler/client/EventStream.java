package io.github.serfhandler.client;

import io.github.serfhandler.client.internal.Command;
import io.github.serfhandler.client.internal.RecordDecoder;
import io.github.serfhandler.client.internal.StreamPump;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/**
 * The events that an agent sees from the moment that {@link SerfClient#stream} returns, as they
 * come. Thread-safe; several threads may take from it, and each event goes to one of them.
 *
 * <p>One daemon thread reads from the network into a queue ({@link
 * SerfClientOptions#queueCapacity}); when the consumer is too slow, the newest events are dropped,
 * a {@link StreamGap} stands in their place, and {@link #dropped} counts them. When the connection
 * is lost, the stream connects again ({@link SerfClientOptions#reconnect}) and a {@link StreamGap}
 * tells that an unknown number of events is missing; without reconnection it ends with the failure.
 *
 * <p><b>Open one stream and keep it.</b> An agent can crash ({@code panic: send on closed channel})
 * when a stream's client goes away while events flow: {@code eventStream.Stop} closes a channel to
 * which {@code Agent.eventLoop} may still be sending ({@code ipc_event_stream.go}, {@code
 * agent.go}, Serf 0.9.4, the same in 0.10). It happens within a second under churn, and nearly
 * always when a slow script handler runs at that moment. So never open short-lived streams, and
 * learn of members from {@link SerfClient#members()} rather than from a stream.
 */
public final class EventStream implements AutoCloseable, Iterable<SerfEvent> {
  private final StreamPump<SerfEvent> pump;
  private final Duration commandTimeout;

  EventStream(SerfClientOptions options, EventFilter filter, Runnable onClose) {
    this.commandTimeout = options.commandTimeout();
    this.pump =
        new StreamPump<>(
            options,
            Command.STREAM,
            w -> w.map(1).string("Type").string(filter.toString()),
            RecordDecoder::event,
            gap -> gap,
            onClose);
  }

  /** Subscribes, or closes this and throws. */
  void start() {
    pump.start();
  }

  /**
   * Waits for the next event.
   *
   * @throws SerfException what the stream has ended with: {@link SerfClosedException} after {@link
   *     #close}, {@link SerfAuthException} if the agent wants another key since, any failure of the
   *     connection where reconnection is off
   * @throws SerfInterruptedException if the thread is interrupted; the stream lives on
   */
  public SerfEvent take() {
    return Taking.take(pump.feed());
  }

  /** As {@link #take}, but waits so long at most; zero does not wait. */
  public Optional<SerfEvent> poll(Duration wait) {
    return Taking.poll(pump.feed(), wait);
  }

  /** Takes events until this is closed; throws what {@link #take} throws but for the closing. */
  @Override
  public Iterator<SerfEvent> iterator() {
    return new Taking<>(pump.feed());
  }

  /**
   * Answers a query of this stream, once, before its deadline; waits for the agent's consent. The
   * first answer of an agent counts, whichever program beside it gives it. Some 975 bytes less the
   * node's name fit at Serf's defaults.
   *
   * @throws SerfCommandException if the answer came too late, a second time, or is too large
   *     ({@link SerfCommandException#reason()})
   * @throws SerfTimeoutException if the agent does not reply within the command timeout; the stream
   *     lives on
   */
  public void respond(QueryEvent query, Payload answer) {
    pump.call(
        Command.RESPOND,
        w -> w.map(2).string("ID").unsigned(query.id()).string("Payload").binary(answer.bytes()),
        query.connection(),
        commandTimeout);
  }

  /** How many events were dropped because the consumer was too slow. */
  public long dropped() {
    return pump.feed().dropped();
  }

  /** Whether the agent is connected, as far as is known: a hung agent is silent, no more. */
  public boolean connected() {
    return pump.connected();
  }

  /**
   * Ends the stream; those who wait in {@link #take} get {@link SerfClosedException}, and events
   * that were not taken are lost. Idempotent; takes some 200 ms at most if the agent hangs.
   */
  @Override
  public void close() {
    pump.close();
  }
}
