package io.github.serfhandler.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;

/**
 * One client of the fake agent. Requests are read and answered on the connection's own thread;
 * writing and closing are thread-safe.
 */
final class FakeConnection implements AutoCloseable {

  private static final long POLL_MILLIS = 5;

  private final FakeAgent agent;
  private final int number;
  private final Socket socket;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<Long> pendingQueries = ConcurrentHashMap.newKeySet();
  private final Object writing = new Object();

  @GuardedBy("writing")
  private final OutputStream out;

  private boolean greeted;
  private boolean authenticated;

  FakeConnection(FakeAgent agent, int number, Socket socket) throws IOException {
    this.agent = agent;
    this.number = number;
    this.socket = socket;
    socket.setTcpNoDelay(true);
    this.out = socket.getOutputStream();
  }

  void start() {
    Thread thread = new Thread(this::run, "fake-agent-client-" + number);
    thread.setDaemon(true);
    thread.start();
  }

  void write(byte[] bytes) throws IOException {
    synchronized (writing) {
      out.write(bytes);
      out.flush();
    }
  }

  /** Does something before the next bytes are written, and then writes these. */
  void writeAfter(Runnable first, byte[] bytes) throws IOException {
    synchronized (writing) {
      first.run();
      write(bytes);
    }
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  void awaitClosed() throws InterruptedException {
    closed.await();
  }

  void await(CountDownLatch latch) throws InterruptedException {
    while (!isClosed() && !latch.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      // Either of the two ends the wait.
    }
  }

  /** A query record went out: {@code respond} with this ID is now right, once. */
  void expectResponse(long queryId) {
    pendingQueries.add(queryId);
  }

  boolean takeResponse(long queryId) {
    return pendingQueries.remove(queryId);
  }

  /** A scripted handshake counts as done. */
  void greet() {
    greeted = true;
  }

  boolean isGreeted() {
    return greeted;
  }

  void authenticate() {
    authenticated = true;
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("closing a socket of the fake agent", e);
    }
  }

  private void run() {
    try (MessageUnpacker in = MessagePack.newDefaultUnpacker(socket.getInputStream())) {
      serve(in);
    } catch (IOException | MessagePackException e) {
      agent.note("connection " + number + " ended: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      agent.forget(this);
      close();
    }
  }

  private void serve(MessageUnpacker in) throws IOException, InterruptedException {
    String command = "";
    long seq = 0;
    while (in.hasNext()) {
      Map<?, ?> header = map(Wire.read(in));
      // ipc.go declares the header outside of its loop: what a header does not name stays as it
      // was. That is why a body which was not consumed is answered with the same error again.
      command = header.get("Command") instanceof String s ? s : command;
      seq = header.get("Seq") instanceof Long n ? n : seq;
      if (!answer(in, command, seq)) {
        return;
      }
    }
  }

  /** Returns false when the connection ends. */
  private boolean answer(MessageUnpacker in, String command, long seq)
      throws IOException, InterruptedException {
    if (!greeted && !command.equals("handshake")) {
      refuse(command, seq, "Handshake required");
      return false;
    }
    if (agent.needsAuth()
        && !authenticated
        && !command.equals("auth")
        && !command.equals("handshake")) {
      refuse(command, seq, "Authentication required");
      return true;
    }
    Map<String, @Nullable Object> body = Map.of();
    RequestShape shape = RequestShape.of(command).orElse(null);
    if (shape != null) {
      body = map(Wire.read(in));
      if (!shape.fits(body)) {
        agent.note("connection " + number + " sent " + command + " with a wrong body: " + body);
        return false;
      }
    }
    Exchange exchange = new Exchange(agent, this, new Request(number, command, seq, body));
    agent.record(exchange.request());
    agent.answers().answerScripted(exchange);
    return !isClosed();
  }

  private void refuse(String command, long seq, String error) throws IOException {
    Exchange exchange = new Exchange(agent, this, new Request(number, command, seq, Map.of()));
    agent.record(exchange.request());
    exchange.error(error);
  }

  @SuppressWarnings("unchecked") // Wire gives every map String keys.
  private static Map<String, @Nullable Object> map(@Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw new IOException("a map was expected, not " + value);
  }
}
