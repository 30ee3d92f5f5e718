package io.github.serfhandler.etcd;

import io.github.serfhandler.etcd.EtcdFailure.Kind;
import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The servers of an etcd, each through the JSON gateway of its v3 API. One of them is the current
 * one; what does not answer is passed over. Thread-safe.
 */
final class Gateway implements AutoCloseable {
  private static final String NO_TOKEN = "";

  /** Longer than what etcd sends as one fragment, 2 MiB before base64, where it is not tuned. */
  static final int MAX_LINE = 8 * 1024 * 1024;

  private static final Duration OPENING = Duration.ofSeconds(5);

  private final List<URI> endpoints;
  private final Optional<EtcdSettings.User> user;
  private final Http http;
  private final AtomicInteger current = new AtomicInteger();
  private volatile Optional<String> token = Optional.empty();

  Gateway(EtcdSettings settings) {
    this.endpoints = settings.endpoints();
    this.user = settings.user();
    this.http = new Http(settings);
    if (user.isEmpty()) {
      token = Optional.of(NO_TOKEN);
    }
  }

  /** Reads the TLS files anew. */
  void renew() throws EtcdFailure {
    http.renew();
  }

  /** The number of the current server. */
  int current() {
    return current.get();
  }

  /** Takes the next server where this one is the current one. */
  void leave(int endpoint) {
    current.compareAndSet(endpoint, (endpoint + 1) % endpoints.size());
  }

  /** Asks the current server, and then each of the others until one answers. */
  <T> T ask(Call call, Function<JsonObject, T> reader) throws EtcdFailure, InterruptedException {
    int first = current.get();
    for (int i = 0; ; i++) {
      int endpoint = (first + i) % endpoints.size();
      try {
        T answer = askAt(endpoint, call, reader);
        current.compareAndSet(first, endpoint);
        return answer;
      } catch (EtcdFailure e) {
        if (!e.isOfServer() || i == endpoints.size() - 1) {
          throw e;
        }
      }
    }
  }

  /** Asks one server. */
  <T> T askAt(int endpoint, Call call, Function<JsonObject, T> reader)
      throws EtcdFailure, InterruptedException {
    if (http.isClosed()) {
      throw Failures.closed();
    }
    return read(endpoints.get(endpoint), call, reader);
  }

  /** Asks the current server though this is closed for all else. */
  <T> T askLast(Call call, Function<JsonObject, T> reader)
      throws EtcdFailure, InterruptedException {
    return read(endpoints.get(current.get()), call, reader);
  }

  private <T> T read(URI uri, Call call, Function<JsonObject, T> reader)
      throws EtcdFailure, InterruptedException {
    JsonObject answer = withToken(uri, used -> post(uri, call, used));
    try {
      return reader.apply(answer);
    } catch (JsonException | IllegalArgumentException e) {
      throw odd(call.what(), uri, e);
    }
  }

  /** Opens a watch at one server. */
  WatchStream watch(int endpoint, String body, String what)
      throws EtcdFailure, InterruptedException {
    URI uri = endpoints.get(endpoint);
    LineFeed lines = withToken(uri, used -> open(uri, body, what, used));
    return new WatchStream(lines, http, uri, what);
  }

  /** Whether there is a token that could be a new one. */
  boolean forgetToken() {
    boolean renewable = user.isPresent();
    if (renewable) {
      token = Optional.empty();
    }
    return renewable;
  }

  /** Ends what waits; what is asked from now on is answered still. */
  void cancel() {
    http.cancel();
  }

  boolean isClosed() {
    return http.isClosed();
  }

  @Override
  public void close() {
    http.close();
  }

  /** Something to do with a token. */
  private interface Attempt<T> {
    T with(String token) throws EtcdFailure, InterruptedException;
  }

  private <T> T withToken(URI uri, Attempt<T> attempt) throws EtcdFailure, InterruptedException {
    try {
      return attempt.with(token(uri));
    } catch (EtcdFailure e) {
      if (e.kind() != Kind.TOKEN || !forgetToken()) {
        throw e;
      }
    }
    return attempt.with(token(uri));
  }

  private String token(URI uri) throws EtcdFailure, InterruptedException {
    Optional<String> known = token;
    if (known.isPresent()) {
      return known.get();
    }
    String fresh = authenticate(uri, user.orElseThrow());
    token = Optional.of(fresh);
    return fresh;
  }

  private String authenticate(URI uri, EtcdSettings.User who)
      throws EtcdFailure, InterruptedException {
    JsonObject body =
        JsonObject.builder().put("name", who.name()).put("password", who.password()).build();
    Call call =
        Call.small("/v3/auth/authenticate", body, "logging in as " + Printable.text(who.name()));
    try {
      String fresh = Fields.text(post(uri, call, NO_TOKEN), "token");
      if (fresh.isEmpty() || !fresh.matches("[!-~]{1,16384}")) {
        throw Failures.odd(call.what(), uri, "no token came");
      }
      return fresh;
    } catch (JsonException e) {
      throw odd(call.what(), uri, e);
    } catch (EtcdFailure e) {
      // Authentication is off: anybody may do anything, we too.
      if (e.code() == EtcdFailure.FAILED_PRECONDITION) {
        return NO_TOKEN;
      }
      throw e;
    }
  }

  private JsonObject post(URI uri, Call call, String used)
      throws EtcdFailure, InterruptedException {
    HttpResponse<byte[]> response;
    try {
      HttpRequest.Builder request = Http.request(uri, call.path(), call.body().compact());
      response = http.post(authorized(request, used), call.timeout(), call.maxBytes());
    } catch (ExecutionException e) {
      throw failed(call.what(), uri, e, call.maxBytes());
    } catch (TimeoutException e) {
      throw Failures.thrown(call.what(), uri, e);
    } catch (CancellationException | RejectedExecutionException e) {
      throw Failures.closed();
    }
    if (response.statusCode() != 200) {
      throw Failures.answered(call.what(), uri, response.statusCode(), response.body());
    }
    try {
      return JsonValue.parse(response.body(), Fields.limits(call.maxBytes())).asObject();
    } catch (JsonException e) {
      throw odd(call.what(), uri, e);
    }
  }

  private LineFeed open(URI uri, String body, String what, String used)
      throws EtcdFailure, InterruptedException {
    HttpResponse<LineFeed> response;
    try {
      HttpRequest.Builder request = Http.request(uri, "/v3/watch", body);
      response = http.stream(authorized(request, used), OPENING, MAX_LINE);
    } catch (ExecutionException e) {
      throw failed(what, uri, e, MAX_LINE);
    } catch (TimeoutException e) {
      throw Failures.thrown(what, uri, e);
    } catch (CancellationException | RejectedExecutionException e) {
      throw Failures.closed();
    }
    if (response.statusCode() == 200) {
      return response.body();
    }
    http.forget(response.body());
    throw Failures.answered(what, uri, response.statusCode(), new byte[0]);
  }

  private EtcdFailure failed(String what, URI uri, ExecutionException e, int maxBytes) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    if (cause instanceof BoundedBody.TooLong || cause.getCause() instanceof BoundedBody.TooLong) {
      return Failures.tooBig(what, uri, maxBytes);
    }
    return http.isClosed() ? Failures.closed() : Failures.thrown(what, uri, cause);
  }

  private static EtcdFailure odd(String what, URI uri, RuntimeException e) {
    return Failures.odd(
        what, uri, "not what etcd answers: " + Printable.text(String.valueOf(e.getMessage())));
  }

  private static HttpRequest.Builder authorized(HttpRequest.Builder request, String token) {
    return token.isEmpty() ? request : request.header("Authorization", token);
  }
}
