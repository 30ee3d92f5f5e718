package io.github.serfhandler.etcd;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * A server that answers what a real etcd does not: by default one key at revision 5 and a watch
 * that tells nothing.
 */
final class FakeGateway implements AutoCloseable {
  static final String HEADER = "\"header\":{\"cluster_id\":\"7\",\"revision\":\"5\"}";

  /** {@code /app/main} with the value {@code {"secret":1}}. */
  static final String KEY =
      "{\"key\":\"L2FwcC9tYWlu\",\"mod_revision\":\"5\",\"value\":\"eyJzZWNyZXQiOjF9\"}";

  static final String RANGE = "{" + HEADER + ",\"kvs\":[" + KEY + "],\"count\":\"1\"}";
  static final String CREATED = "{\"result\":{" + HEADER + ",\"created\":true}}\n";

  final List<String> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, HttpHandler> handlers = new ConcurrentHashMap<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  FakeGateway() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen", e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    range(RANGE);
    stream(CREATED, true);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What ranges get. */
  void range(String json) {
    answer("/v3/kv/range", 200, json);
  }

  /** What each range gets; with {@code "error"} in it as an error. */
  void onRange(UnaryOperator<String> answers) {
    on(
        "/v3/kv/range",
        exchange -> {
          // One asks at a time.
          String request =
              requests.stream()
                  .filter(one -> one.startsWith("/v3/kv/range "))
                  .reduce("", (first, second) -> second);
          String answer = answers.apply(request);
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.startsWith("{\"error\"") ? 400 : 200, bytes.length);
          exchange.getResponseBody().write(bytes);
        });
  }

  /** What a path gets. */
  void answer(String path, int status, String body) {
    on(
        path,
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
        });
  }

  /** What a watch gets, and whether it goes on in silence then. */
  void stream(String text, boolean open) {
    on(
        "/v3/watch",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream out = exchange.getResponseBody();
          out.write(text.getBytes(StandardCharsets.UTF_8));
          out.flush();
          if (open) {
            hold();
          }
        });
  }

  /** What is done with a path. */
  void on(String path, HttpHandler handler) {
    handlers.put(path, handler);
  }

  /** Waits until the end of this server. */
  void hold() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      requests.add(path + " " + new String(body, StandardCharsets.UTF_8));
      HttpHandler handler = handlers.get(path);
      if (handler == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        handler.handle(exchange);
      }
    }
  }
}
