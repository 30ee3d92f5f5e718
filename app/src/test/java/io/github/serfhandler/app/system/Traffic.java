package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that ask a port of this machine all the time, over a new connection each time, until they
 * are stopped. Thread-safe.
 */
final class Traffic implements AutoCloseable {
  private static final int CLIENTS = 4;
  private static final long PAUSE_MILLIS = 4;
  private static final long MOST = 200_000;
  private static final int READ_MILLIS = 90_000;

  private final int port;
  private final ScheduledExecutorService clients = Executors.newScheduledThreadPool(CLIENTS);
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

  private Traffic(int port) {
    this.port = port;
  }

  /** Begins to ask. */
  static Traffic start(int port) {
    Traffic traffic = new Traffic(port);
    for (int i = 0; i < CLIENTS; i++) {
      ScheduledFuture<?> unused =
          traffic.clients.scheduleWithFixedDelay(
              traffic::one, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
    return traffic;
  }

  /** One request over a connection of its own; gives the body of a good answer. */
  static String get(int port, String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(READ_MILLIS);
      String request = "GET " + path + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      int body = answer.indexOf("\r\n\r\n");
      if (!answer.startsWith("HTTP/1.1 200 ") || body < 0) {
        throw new IOException("answered \"" + answer + "\"");
      }
      return answer.substring(body + 4);
    }
  }

  /** The same, where what goes wrong is worth another try. */
  static String ask(int port, String path) {
    try {
      return get(port, path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void one() {
    if (asked.incrementAndGet() > MOST) {
      return;
    }
    try {
      assertThat(get(port, "/")).startsWith("127.");
      answered.incrementAndGet();
    } catch (IOException | AssertionError e) {
      failures.add("request " + asked.get() + ": " + e);
    }
  }

  /** Waits until this many more requests have been answered. */
  void awaitMore(int count) {
    long goal = answered.get() + count;
    Waiting.until(count + " answers", () -> assertThat(answered.get()).isGreaterThan(goal));
  }

  /** What went wrong. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Asks no more, and waits for the last answers. */
  void stop() throws InterruptedException {
    clients.shutdown();
    assertThat(clients.awaitTermination(2L * READ_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
  }

  @Override
  public void close() {
    clients.shutdownNow();
  }
}
