package io.github.serfhandler.etcd;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Posts to the servers of an etcd: HTTP/1.1, without proxy and redirects, each answer within a time
 * and a size. Thread-safe.
 *
 * <p>One client of Java's is kept for as long as the TLS files stay the same; Java 17 can not close
 * one, it ends when it is forgotten. Its threads are ours, daemons that end when idle.
 */
final class Http implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int THREADS = 2;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final boolean secure;
  private final EtcdSettings.Tls tls;
  private final ThreadPoolExecutor threads;
  private final Set<Runnable> running = ConcurrentHashMap.newKeySet();
  private final Set<LineFeed> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  @GuardedBy("this")
  private @Nullable HttpClient client;

  @GuardedBy("this")
  private @Nullable TlsFiles files;

  Http(EtcdSettings settings) {
    this.secure = settings.endpoints().stream().anyMatch(uri -> "https".equals(uri.getScheme()));
    this.tls = settings.tls();
    this.threads =
        new ThreadPoolExecutor(
            THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Http::thread);
    threads.allowCoreThreadTimeOut(true);
  }

  /** Reads the TLS files anew and takes another client where they have changed. */
  synchronized void renew() throws EtcdFailure {
    if (!secure) {
      return;
    }
    TlsFiles now = TlsFiles.read(tls);
    if (files == null || !files.isLike(now)) {
      client = builder().sslContext(now.context()).build();
      files = now;
    }
  }

  /**
   * Posts and takes the whole answer.
   *
   * @throws ExecutionException with what went wrong
   * @throws CancellationException where this was closed
   */
  HttpResponse<byte[]> post(HttpRequest.Builder request, Duration timeout, int maxBytes)
      throws EtcdFailure, ExecutionException, TimeoutException, InterruptedException {
    return send(request, info -> new BoundedBody(maxBytes), timeout);
  }

  /** Posts and gives an answer that does not end; {@link #forget} it at last. */
  HttpResponse<LineFeed> stream(HttpRequest.Builder request, Duration timeout, int maxLine)
      throws EtcdFailure, ExecutionException, TimeoutException, InterruptedException {
    LineFeed feed = new LineFeed(maxLine);
    streams.add(feed);
    try {
      HttpResponse<LineFeed> response = send(request, info -> feed, timeout);
      if (closed) {
        feed.close();
      }
      return response;
    } catch (Exception e) {
      forget(feed);
      throw e;
    }
  }

  /** Ends a stream. */
  void forget(LineFeed feed) {
    streams.remove(feed);
    feed.close();
  }

  boolean isClosed() {
    return closed;
  }

  /** Ends what waits for an answer, but not what is asked from now on. */
  void cancel() {
    closed = true;
    running.forEach(Runnable::run);
    streams.forEach(LineFeed::close);
  }

  @Override
  public void close() {
    cancel();
    threads.shutdownNow();
  }

  /** A request, with a body of JSON. */
  static HttpRequest.Builder request(URI endpoint, String path, String body) {
    return HttpRequest.newBuilder(URI.create(Failures.name(endpoint) + path))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private <T> HttpResponse<T> send(
      HttpRequest.Builder request, BodyHandler<T> handler, Duration timeout)
      throws EtcdFailure, ExecutionException, TimeoutException, InterruptedException {
    CompletableFuture<HttpResponse<T>> future = client().sendAsync(request.build(), handler);
    Runnable cancel = () -> future.cancel(true);
    running.add(cancel);
    try {
      // Not the request's own timeout, which ends with the headers.
      return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      running.remove(cancel);
      // Closes the connection where the answer did not come; else of no effect.
      cancel.run();
    }
  }

  private synchronized HttpClient client() throws EtcdFailure {
    if (client == null) {
      renew();
    }
    HttpClient made = client;
    if (made == null) {
      made = builder().build();
      client = made;
    }
    return made;
  }

  private HttpClient.Builder builder() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .proxy(HttpClient.Builder.NO_PROXY)
        .connectTimeout(CONNECT)
        .executor(threads);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "etcd-http-" + NUMBER.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
