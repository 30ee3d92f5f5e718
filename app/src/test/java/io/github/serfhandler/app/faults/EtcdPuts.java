package io.github.serfhandler.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.testkit.EtcdNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Puts values into etcd on a thread of its own, one after the other, each until etcd says that it
 * stands. Thread-safe.
 */
final class EtcdPuts implements AutoCloseable {
  private static final int KEYS = 5;
  private static final long PAUSE_NANOS = 20_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(60);

  private final URI target;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final Thread thread;
  private final AtomicLong puts = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final Map<String, String> last = new TreeMap<>();
  private volatile boolean closing;
  private volatile boolean ended;

  private EtcdPuts(URI endpoint) {
    this.target = endpoint.resolve("/v3/kv/put");
    this.thread = new Thread(this::run, "etcd-puts");
    this.thread.setDaemon(true);
  }

  /** Begins. */
  static EtcdPuts into(EtcdNode etcd) {
    EtcdPuts puts = new EtcdPuts(etcd.endpoint());
    puts.thread.start();
    return puts;
  }

  /** How many values stand. */
  long puts() {
    return puts.get();
  }

  /** How many tries had no answer. */
  long failures() {
    return failures.get();
  }

  /** Ends it, checks that etcd has what it said, and gives that by key. */
  Map<String, String> finish(EtcdNode etcd) {
    close();
    for (Map.Entry<String, String> entry : last.entrySet()) {
      assertThat(etcd.ctl("get", "--print-value-only", "/p/" + entry.getKey()).strip())
          .as("what etcd has of " + entry.getKey())
          .isEqualTo(entry.getValue());
    }
    return last;
  }

  private void run() {
    long number = 0;
    while (!closing) {
      number++;
      String key = "key" + number % KEYS;
      String value = "{\"n\":" + number + "}";
      while (!put("/p/" + key, value)) {
        if (ended) {
          return;
        }
        long ignored = failures.incrementAndGet();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      last.put(key, value);
      long ignored = puts.incrementAndGet();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private boolean put(String key, String value) {
    String body = "{\"key\":\"" + base64(key) + "\",\"value\":\"" + base64(value) + "\"}";
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while putting " + key, e);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    closing = true;
    try {
      // The value that is on its way is put to its end, unless etcd stays away.
      thread.join(LAST_PATIENCE.toMillis());
      ended = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
