package io.github.serfhandler.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.source.SourceException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real etcd does not answer. */
@Timeout(60)
class FaultyEtcdTest {
  private final FakeGateway etcd = new FakeGateway();
  private final RecordingFeed feed = new RecordingFeed();

  @AfterEach
  void close() {
    etcd.close();
  }

  private EtcdSource source() {
    return Sources.source(Sources.settings(etcd.endpoint()));
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertFails() {
    try (EtcdSource source = source()) {
      return assertThatThrownBy(() -> source.follow(feed))
          .isInstanceOf(SourceException.class)
          .hasMessageNotContaining("\n")
          .hasMessageNotContaining("secret")
          .hasMessageContaining(" at etcd " + etcd.endpoint() + ": ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "[]",
        "null",
        "{}",
        "{\"header\":[]}",
        "{\"header\":{\"revision\":\"secret\"}}",
        "{\"header\":{\"revision\":\"-5\"}}",
        "{\"header\":{\"revision\":\"9223372036854775808\"}}",
        "{\"header\":{\"revision\":true}}",
        "{\"header\":{\"cluster_id\":{},\"revision\":\"5\"}}",
        "{\"header\":{\"revision\":\"5\"},\"header\":{\"revision\":\"5\"}}"
      })
  void anAnswerThatIsNoneIsOneLine(String answer) {
    etcd.range(answer);

    assertFails().hasMessageContaining("not what etcd answers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"kvs\":{}",
        "\"kvs\":[5]",
        "\"kvs\":[{\"key\":5}]",
        "\"kvs\":[{\"key\":\"*secret*\"}]",
        "\"kvs\":[{\"key\":\"L2FwcC9tYWlu\",\"value\":\"secret!\"}]",
        "\"kvs\":[{\"key\":\"L2FwcC9tYWlu\",\"mod_revision\":\"1.5\"}]",
        "\"kvs\":[{\"key\":\"c2VjcmV0\"}]",
        "\"kvs\":[{\"key\":\"L2FwcC9tYWlu\"},{\"key\":\"L2FwcC9tYWlu\"}]",
        "\"kvs\":[],\"more\":true",
        "\"more\":\"yes\""
      })
  void aListingThatCanNotBeOneIsOneLine(String members) {
    etcd.range("{" + FakeGateway.HEADER + "," + members + "}");

    assertFails().hasMessageStartingWith("listing / at etcd");
    assertThat(feed.listings()).isZero();
  }

  @Test
  void anErrorPageIsOneLine() {
    etcd.answer("/v3/kv/range", 502, "<html>secret</html>");

    assertFails().hasMessageContaining("HTTP status 502");
  }

  @Test
  void anotherServerIsOneLine() {
    etcd.answer("/v3/kv/range", 404, "not found");

    assertFails().hasMessageContaining("needs to be an etcd of version 3.4 or newer");
  }

  @Test
  void anErrorOfEtcdIsShownWithoutControlCharacters() {
    etcd.answer("/v3/kv/range", 503, "{\"error\":\"e\\u001b[31m\\nx\",\"code\":14}");

    assertFails().hasMessageEndingWith("e\\u001b[31m\\u000ax");
  }

  @Test
  void aRedirectIsNotFollowed() {
    etcd.on(
        "/v3/kv/range",
        exchange -> {
          exchange.getResponseHeaders().add("Location", etcd.endpoint() + "/elsewhere");
          exchange.sendResponseHeaders(307, -1);
        });

    assertFails().hasMessageContaining("HTTP status 307");
    assertThat(etcd.requests).noneMatch(request -> request.startsWith("/elsewhere"));
  }

  @Test
  void anAnswerThatDoesNotComeIsOneLine() {
    etcd.on("/v3/kv/range", exchange -> etcd.hold());

    assertFails().hasMessageContaining("no answer in time");
  }

  @Test
  void anAnswerThatDoesNotEndIsOneLine() {
    etcd.on(
        "/v3/kv/range",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream out = exchange.getResponseBody();
          byte[] bytes = new byte[64 * 1024];
          Arrays.fill(bytes, (byte) ' ');
          // The client breaks off; the bound is for where it does not.
          for (int i = 0; i < 1000; i++) {
            out.write(bytes);
          }
        });

    assertFails().hasMessageContaining("more than 65536 bytes came");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret\n",
        "[]\n",
        "{\"result\":5}\n",
        "{}\n",
        "{\"error\":5}\n",
        "{\"result\":{\"events\":{}}}\n",
        "{\"result\":{\"events\":[{\"type\":\"secret\",\"kv\":{}}]}}\n",
        "{\"result\":{\"events\":[{\"type\":\"PUT\"}]}}\n",
        "{\"result\":{\"watch_id\":\"77\",\"events\":[]}}\n",
        "{\"result\":{\"canceled\":true,\"cancel_reason\":\"gone\"}}\n",
        "{\"error\":{\"grpc_code\":14,\"message\":\"etcdserver: no leader\"}}\n",
        "{\"result\":{\"events\":[{\"kv\":"
      })
  void aWatchThatGoesWrongIsOneLine(String line) {
    etcd.stream(FakeGateway.CREATED + line, false);

    assertFails().hasMessageStartingWith("watching / at etcd");
    assertThat(feed.values()).containsOnlyKeys("app/main");
  }

  @Test
  void aWatchThatIsNoneIsOneLine() {
    etcd.answer("/v3/watch", 500, "secret");

    assertFails().hasMessageContaining("HTTP status 500");
  }

  @Test
  void aLineThatDoesNotEndIsOneLineAndThenAllIsListedAnew() throws Exception {
    etcd.on(
        "/v3/watch",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream out = exchange.getResponseBody();
          byte[] bytes = new byte[1024 * 1024];
          Arrays.fill(bytes, (byte) 'x');
          for (int i = 0; i < 40; i++) {
            out.write(bytes);
          }
        });
    try (EtcdSource source = source()) {
      assertThatThrownBy(() -> source.follow(feed)).hasMessageContaining("8388608 bytes came");
      etcd.stream(FakeGateway.CREATED + "{}\n", false);
      assertThatThrownBy(() -> source.follow(feed)).isInstanceOf(SourceException.class);
    }

    assertThat(feed.listings()).isEqualTo(2);
    assertThat(feed.resumes).hasValue(0);
  }

  @Test
  void aCompactionAfterEachListingDoesNotTurnInACircle() {
    etcd.stream("{\"result\":{\"canceled\":true,\"compact_revision\":\"6\"}}\n", false);

    try (EtcdSource source = source()) {
      assertThatThrownBy(() -> source.follow(feed)).hasMessageContaining("compacted too often");
    }
    assertThat(feed.listings()).isEqualTo(1);
  }

  @Test
  void aStreamThatDripsIsHeldOpenAndEndsWithClose() {
    etcd.stream(FakeGateway.CREATED + "\n\n\n{\"result\":{\"ev", true);
    FollowRun run = FollowRun.of(source());
    Sources.await(() -> run.feed.listings() == 1);
    run.close();

    assertThat(run.failures).isEmpty();
  }

  @Test
  void aStreamThatIsSilentWhileOthersWriteBeginsAnew() {
    AtomicLong later = new AtomicLong();
    EtcdSource source =
        new EtcdSource(
            Sources.settings(etcd.endpoint()),
            new Random(),
            Sources.LOG,
            () -> System.nanoTime() + later.get());
    try (FollowRun run = FollowRun.of(source)) {
      // The stream is read since before the first question that comes after it.
      Sources.await(() -> watches() == 1 && !isWatch(etcd.requests.get(etcd.requests.size() - 1)));
      // Others write: the revision grows, and no key of ours has changed.
      etcd.range("{\"header\":{\"cluster_id\":\"7\",\"revision\":\"9\"}}");
      later.set(Duration.ofMinutes(2).toNanos());
      Sources.await(() -> watches() == 2);

      assertThat(run.failures).isEmpty();
      assertThat(run.feed.listings()).isEqualTo(1);
      assertThat(etcd.requests)
          .filteredOn(FaultyEtcdTest::isWatch)
          .allMatch(one -> one.contains("\"start_revision\":\"6\""));
    }
  }

  @Test
  void aChangeWithALongNameCountsAsOneThatTheStreamDoesNotTell() {
    String big = "\"" + "x".repeat(3 * 1024 * 1024) + "\"";
    etcd.onRange(
        request -> {
          if (request.contains("min_mod_revision")) {
            return big;
          }
          return request.contains("count_only")
              ? "{\"header\":{\"cluster_id\":\"7\",\"revision\":\"9\"}}"
              : FakeGateway.RANGE;
        });
    AtomicLong later = new AtomicLong();
    // Time that passes by being asked for, so that the two questions come soon.
    EtcdSource source =
        new EtcdSource(
            Sources.settings(etcd.endpoint()),
            new Random(),
            Sources.LOG,
            () -> System.nanoTime() + later.addAndGet(Duration.ofSeconds(1).toNanos()));

    assertThatThrownBy(() -> source.follow(feed))
        .hasMessageContaining("the stream does not tell what has changed");
    source.close();
  }

  @Test
  void aCompactionDuringAListingKeepsTheLock() throws Exception {
    String lease = "\"ID\":\"99\",\"TTL\":\"5\"";
    etcd.answer("/v3/lease/grant", 200, "{" + FakeGateway.HEADER + "," + lease + "}");
    etcd.answer("/v3/lease/keepalive", 200, "{\"result\":{" + lease + "}}");
    etcd.answer("/v3/lease/revoke", 200, "{" + FakeGateway.HEADER + "}");
    etcd.answer("/v3/kv/txn", 200, "{" + FakeGateway.HEADER + ",\"succeeded\":true}");
    String none = "{" + FakeGateway.HEADER + "}";
    etcd.onRange(
        request -> {
          if (request.contains("\"revision\"")) {
            return "{\"error\":\"etcdserver: mvcc: required revision has been compacted\","
                + "\"message\":\"etcdserver: mvcc: required revision has been compacted\","
                + "\"code\":11}";
          }
          return request.contains("limit")
              ? FakeGateway.RANGE.replace("\"kvs\"", "\"more\":true,\"kvs\"")
              : none;
        });
    EtcdSource source = Sources.source(Sources.locked(Sources.settings(etcd.endpoint()), "node1"));
    try (source) {
      assertThatThrownBy(() -> source.follow(feed))
          .hasMessageContaining("required revision has been compacted");
      String held = none.replace("}}", "},\"kvs\":[{\"key\":\"eA==\",\"lease\":\"99\"}]}");
      etcd.onRange(request -> request.contains("range_end") ? FakeGateway.RANGE : held);
      etcd.stream(FakeGateway.CREATED + "{}\n", false);
      assertThatThrownBy(() -> source.follow(feed)).hasMessageContaining("watching");

      assertThat(etcd.requests).noneMatch(request -> request.startsWith("/v3/lease/revoke"));
      assertThat(feed.listings()).isEqualTo(1);
    }
  }

  private long watches() {
    return etcd.requests.stream().filter(FaultyEtcdTest::isWatch).count();
  }

  private static boolean isWatch(String request) {
    return request.startsWith("/v3/watch ");
  }
}
