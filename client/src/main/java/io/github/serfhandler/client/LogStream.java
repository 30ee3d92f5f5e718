package io.github.serfhandler.client;

import io.github.serfhandler.client.internal.Command;
import io.github.serfhandler.client.internal.RecordDecoder;
import io.github.serfhandler.client.internal.StreamPump;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/**
 * The agent's log, as it is written, after up to 512 older lines; those come again after a
 * reconnection. Thread-safe. Queue, gaps, reconnection and the reading thread are those of {@link
 * EventStream}. Its end is safe for the agent: it takes log streams off under a lock ({@code
 * log_writer.go}, Serf 0.9.4).
 *
 * <p>This program must stay able to read while a log stream is open. An agent that can not get rid
 * of its lines logs that it drops one, which is another line that it can not get rid of ({@code
 * HandleLog} in {@code ipc_log_stream.go}): while a client of the level WARN or below is stopped or
 * swapped out, its agent may keep a core busy.
 */
public final class LogStream implements AutoCloseable, Iterable<LogEvent> {
  private final StreamPump<LogEvent> pump;

  LogStream(SerfClientOptions options, LogLevel level, Runnable onClose) {
    this.pump =
        new StreamPump<>(
            options,
            Command.MONITOR,
            w -> w.map(1).string("LogLevel").string(level.name()),
            (in, connection) -> RecordDecoder.log(in),
            gap -> gap,
            onClose);
  }

  /** Subscribes, or closes this and throws. */
  void start() {
    pump.start();
  }

  /** Waits for the next line; throws as {@link EventStream#take}. */
  public LogEvent take() {
    return Taking.take(pump.feed());
  }

  /** As {@link #take}, but waits so long at most; zero does not wait. */
  public Optional<LogEvent> poll(Duration wait) {
    return Taking.poll(pump.feed(), wait);
  }

  /** Takes lines until this is closed; throws what {@link #take} throws but for the closing. */
  @Override
  public Iterator<LogEvent> iterator() {
    return new Taking<>(pump.feed());
  }

  /** How many lines were dropped because the consumer was too slow. */
  public long dropped() {
    return pump.feed().dropped();
  }

  /** Whether the agent is connected, as far as is known. */
  public boolean connected() {
    return pump.connected();
  }

  /** As {@link EventStream#close}. */
  @Override
  public void close() {
    pump.close();
  }
}
