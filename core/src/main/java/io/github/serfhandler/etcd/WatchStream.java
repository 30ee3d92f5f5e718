package io.github.serfhandler.etcd;

import io.github.serfhandler.etcd.EtcdFailure.Kind;
import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Watches that are under way at one server. Confined to the thread that opened it. */
final class WatchStream implements AutoCloseable {

  private final LineFeed lines;
  private final Http http;
  private final URI endpoint;
  private final String what;

  WatchStream(LineFeed lines, Http http, URI endpoint, String what) {
    this.lines = lines;
    this.http = http;
    this.endpoint = endpoint;
    this.what = what;
  }

  /**
   * The next answer.
   *
   * @param nanos how long to wait for it, about
   * @return empty where it did not come
   * @throws EtcdFailure where no more will come, or what came is no answer
   */
  Optional<WatchAnswer> next(long nanos) throws EtcdFailure, InterruptedException {
    Optional<byte[]> line;
    try {
      line = lines.next(nanos);
    } catch (LineFeed.TooLong e) {
      throw Failures.tooBig(what, endpoint, Gateway.MAX_LINE);
    } catch (IOException e) {
      throw http.isClosed() ? Failures.closed() : Failures.thrown(what, endpoint, e);
    }
    return line.isEmpty() ? Optional.empty() : Optional.of(answer(line.get()));
  }

  /** That it ended, for its message. */
  EtcdFailure ended(WatchAnswer last) {
    return Failures.refused(what, endpoint, 0, last.reason());
  }

  /** That it is of no use. */
  EtcdFailure stuck(String problem) {
    return new EtcdFailure(Kind.AWAY, Failures.odd(what, endpoint, problem).line());
  }

  @Override
  public void close() {
    http.forget(lines);
  }

  private WatchAnswer answer(byte[] line) throws EtcdFailure {
    try {
      AnswerLine parts = AnswerLine.of(line);
      JsonObject json = parts.rest();
      Optional<JsonValue> error = json.member("error");
      if (error.isPresent()) {
        throw Failures.told(what, endpoint, error.get().asObject());
      }
      return WatchAnswer.of(json.required("result").asObject(), parts.events());
    } catch (JsonException | IllegalArgumentException e) {
      throw Failures.odd(
          what,
          endpoint,
          "not what etcd answers: " + Printable.text(String.valueOf(e.getMessage())));
    }
  }
}
