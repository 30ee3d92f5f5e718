package io.github.serfhandler.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Thread-safe: a {@code stream} or {@code monitor} that a client opened on the fake agent. */
public final class FakeStream {

  private final FakeAgent agent;
  private final FakeConnection connection;
  private final String command;
  private final String type;
  private final long seq;

  FakeStream(FakeAgent agent, FakeConnection connection, String command, String type, long seq) {
    this.agent = agent;
    this.connection = connection;
    this.command = command;
    this.type = type;
    this.seq = seq;
  }

  /** {@code stream} or {@code monitor}. */
  public String command() {
    return command;
  }

  /** The event filter of a {@code stream}, the log level of a {@code monitor}. */
  public String type() {
    return type;
  }

  /** The sequence number that its records bear. */
  public long seq() {
    return seq;
  }

  /**
   * Sends a record whatever the filter says, and also after the client stopped the stream: real
   * agents send what was queued. Blocks while the client does not read.
   *
   * @throws UncheckedIOException if the client is gone
   */
  public void send(@Nullable Object record) {
    raw(Wire.encodeAs(agent.format(), Wire.header(seq, ""), record));
  }

  /** Sends bytes as they are. */
  public void raw(byte[] bytes) {
    try {
      connection.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("the client of stream " + seq + " is gone", e);
    }
  }

  /** Ends the connection that the stream stands on. */
  public void disconnect() {
    connection.close();
  }

  FakeConnection connection() {
    return connection;
  }
}
