package io.github.serfhandler.testkit;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One request and the ways to answer it; thread-safe, so that a test may answer from its own
 * thread. Everything is written at once and flushed, in the agent's {@link WireFormat}.
 */
public final class Exchange {

  private static final long DRIP_NANOS = 100_000;

  private final FakeAgent agent;
  private final FakeConnection connection;
  private final Request request;

  Exchange(FakeAgent agent, FakeConnection connection, Request request) {
    this.agent = agent;
    this.connection = connection;
    this.request = request;
  }

  /** What is asked. */
  public Request request() {
    return request;
  }

  /** Answers as an agent would that nobody scripted. */
  public void proceed() throws IOException {
    agent.answers().answer(this);
  }

  /** A header without error and without a body. */
  public void reply() throws IOException {
    raw(encode(Wire.header(request.seq(), "")));
  }

  /** A header without error, and a body; also one record of a stream. */
  public void reply(@Nullable Object body) throws IOException {
    raw(encode(Wire.header(request.seq(), ""), body));
  }

  /** A header with an error and no body. */
  public void error(String text) throws IOException {
    raw(encode(Wire.header(request.seq(), text)));
  }

  /** A header with an error, and a body, as {@code join} and the key commands send it. */
  public void error(String text, @Nullable Object body) throws IOException {
    raw(encode(Wire.header(request.seq(), text), body));
  }

  /** Bytes as they are. */
  public void raw(byte[] bytes) throws IOException {
    connection.write(bytes);
  }

  /** Bytes as they are, each in a packet of its own, some 0.1 ms apart. */
  public void drip(byte[] bytes) throws IOException {
    for (byte b : bytes) {
      raw(new byte[] {b});
      LockSupport.parkNanos(DRIP_NANOS);
    }
  }

  /** The first bytes of an answer, and then the end of the connection. */
  public void truncate(byte[] bytes, int keep) throws IOException {
    raw(Arrays.copyOf(bytes, keep));
    close();
  }

  /** Ends the connection. */
  public void close() {
    connection.close();
  }

  /** Answers nothing and reads nothing more, until the agent or the test ends the connection. */
  public void hang() throws InterruptedException {
    connection.awaitClosed();
  }

  /** Waits until the test releases the latch or the connection is ended by the agent. */
  public void await(CountDownLatch latch) throws InterruptedException {
    connection.await(latch);
  }

  /** Values in the agent's format. */
  public byte[] encode(@Nullable Object... values) {
    return Wire.encodeAs(agent.format(), values);
  }

  FakeConnection connection() {
    return connection;
  }

  /** Registers this request as an open stream. */
  FakeStream stream(String type) {
    return new FakeStream(agent, connection, request.command(), type, request.seq());
  }
}
