package io.github.serfhandler.app.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An instance of a service: a web server that says its address and port. Thread-safe. */
final class WebApp implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicLong served = new AtomicLong();
  private final AtomicReference<@Nullable Hold> hold = new AtomicReference<>();

  /** One request that is kept waiting. */
  private record Hold(CountDownLatch came, CountDownLatch released) {}

  private WebApp(String host) throws IOException {
    server = HttpServer.create(new InetSocketAddress(host, 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Starts one at an address, on a port that is free. */
  static WebApp start(String host) {
    try {
      return new WebApp(host);
    } catch (IOException e) {
      throw new UncheckedIOException("starting a web server at " + host, e);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** What it answers, and what load balancers call it: {@code ADDR:PORT}. */
  String place() {
    return server.getAddress().getAddress().getHostAddress() + ":" + port();
  }

  /** How many requests it has answered. */
  long served() {
    return served.get();
  }

  /** Keeps the next request waiting, and waits until it is there; run it to let it go on. */
  Runnable holdOne() throws InterruptedException {
    Hold next = new Hold(new CountDownLatch(1), new CountDownLatch(1));
    hold.set(next);
    next.came().await();
    return next.released()::countDown;
  }

  private void answer(HttpExchange exchange) throws IOException {
    Hold held = hold.getAndSet(null);
    if (held != null) {
      held.came().countDown();
      try {
        held.released().await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    byte[] body = place().getBytes(StandardCharsets.US_ASCII);
    try (exchange) {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
    served.incrementAndGet();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
