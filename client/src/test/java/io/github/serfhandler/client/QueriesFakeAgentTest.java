package io.github.serfhandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.client.QueryResult.Ack;
import io.github.serfhandler.client.QueryResult.Answer;
import io.github.serfhandler.client.QueryResult.Done;
import io.github.serfhandler.client.QueryResult.Done.Reason;
import io.github.serfhandler.testkit.Exchange;
import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.FakeMember;
import io.github.serfhandler.testkit.Records;
import io.github.serfhandler.testkit.Request;
import io.github.serfhandler.testkit.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Queries whose answers come in every order, too often, nameless, or not at all. */
class QueriesFakeAgentTest {

  private static final byte[] PAYLOAD = {0, (byte) 0xff};

  private final FakeAgent agent =
      FakeAgent.start()
          .members(
              FakeMember.named("a").withTag("role", "web"),
              FakeMember.named("b").withTag("role", "webapp"),
              FakeMember.named("c").withStatus("failed").withTag("role", "web"));
  private final SerfClient client = TestClients.open(agent);

  @AfterEach
  void closeBoth() {
    client.close();
    agent.close();
  }

  @Test
  void endsAsSoonAsAllWhoAreAliveHaveAnswered() {
    script(Records.response("b", PAYLOAD), Records.ack("a"), Records.response("a", new byte[0]));
    try (QueryStream query = client.query(QueryRequest.of("q"))) {
      assertThat(query.next()).isEqualTo(new Answer("b", Payload.of(PAYLOAD)));
      assertThat(query.next()).isEqualTo(new Ack("a"));
      assertThat(query.next()).isEqualTo(new Answer("a", Payload.EMPTY));
      assertThat(query.next()).isEqualTo(new Done(Reason.ALL_ANSWERED, Set.of()));
      assertThat(query.next()).isEqualTo(new Done(Reason.ALL_ANSWERED, Set.of()));
    }
  }

  @Test
  void waitsForThoseWhomTheFiltersMatchAnywhereInTheTag() {
    script(Records.response("b", PAYLOAD), Records.response("a", PAYLOAD));
    QueryOutcome both = collect(QueryRequest.builder("q").filterTag("role", "web").build());
    assertThat(both.answers()).containsOnlyKeys("a", "b");
    QueryOutcome one = collect(QueryRequest.builder("q").filterTag("role", "app$").build());
    assertThat(one.answers()).containsOnlyKeys("b");
    assertThat(one.done().reason()).isEqualTo(Reason.ALL_ANSWERED);
    QueryOutcome named = collect(QueryRequest.builder("q").filterNodes(List.of("b", "zz")).build());
    assertThat(named.answers()).containsOnlyKeys("b");
  }

  @Test
  void endsWithTheAcksWhereThatIsAllThatIsAsked() {
    script(Records.ack("a"), Records.ack("b"));
    QueryOutcome outcome = collect(QueryRequest.builder("q").end(QueryEnd.ACKS).build());
    assertThat(outcome.acks()).containsExactlyInAnyOrder("a", "b");
    assertThat(outcome.done().reason()).isEqualTo(Reason.ALL_ACKED);
    assertThat(agent.requests("query").get(0).field("RequestAck")).isEqualTo(true);
  }

  @Test
  void dropsTheNamelessFloodThatFollowsATimeout() {
    agent.on(
        "query",
        x -> {
          x.reply();
          x.reply(Records.response("a", PAYLOAD));
          byte[] flood =
              x.encode(
                  Wire.header(x.request().seq(), ""),
                  Records.ack(""),
                  Wire.header(x.request().seq(), ""),
                  Records.response("", new byte[0]));
          for (int i = 0; i < 20_000; i++) {
            x.raw(flood);
          }
          x.reply(Records.done());
        });
    QueryOutcome outcome = collect(QueryRequest.of("q"));
    assertThat(outcome.acks()).isEmpty();
    assertThat(outcome.answers()).containsOnlyKeys("a");
    assertThat(outcome.done()).isEqualTo(new Done(Reason.TIMEOUT, Set.of("b")));
  }

  @Test
  void countsNobodyTwiceAndNoStranger() {
    script(
        Records.response("a", PAYLOAD),
        Records.response("a", new byte[0]),
        Records.response("stranger", PAYLOAD),
        Wire.map("Type", "relay", "From", "b", "Hops", List.of(1, 2)),
        Records.ack("b"),
        Records.ack("b"),
        Records.done());
    try (QueryStream query = client.query(QueryRequest.of("q"))) {
      assertThat(query.next()).isEqualTo(new Answer("a", Payload.of(PAYLOAD)));
      assertThat(query.next()).isEqualTo(new Answer("stranger", Payload.of(PAYLOAD)));
      assertThat(query.next()).isEqualTo(new Ack("b"));
      assertThat(query.next()).isEqualTo(new Done(Reason.TIMEOUT, Set.of("b")));
    }
  }

  @Test
  void whatIsAskedGoesOutInTheAgentsTypes() {
    script(Records.done());
    collect(
        QueryRequest.builder("uptime")
            .payload(Payload.of(PAYLOAD))
            .filterNodes(List.of("a"))
            .filterTag("role", "web")
            .timeout(Duration.ofMillis(1_500))
            .relayFactor(255)
            .requestAck(true)
            .build());
    assertThat(agent.requests("query").get(0).body())
        .containsEntry("Name", "uptime")
        .containsEntry("Payload", PAYLOAD)
        .containsEntry("FilterNodes", List.of("a"))
        .containsEntry("FilterTags", Map.of("role", "web"))
        .containsEntry("Timeout", 1_500_000_000L)
        .containsEntry("RelayFactor", 255L)
        .containsEntry("RequestAck", true);
  }

  @Test
  void keepsWhatCameBeforeTheAgentWentAway() {
    agent.on(
        "query",
        x -> {
          x.reply();
          x.reply(Records.response("a", PAYLOAD));
          x.close();
        });
    try (QueryStream query = client.query(QueryRequest.of("q"))) {
      assertThat(query.next()).isEqualTo(new Answer("a", Payload.of(PAYLOAD)));
      assertThatThrownBy(query::next)
          .isInstanceOfSatisfying(
              SerfConnectionException.class, e -> assertThat(e.retrySafe()).isFalse());
    }
    assertThat(agent.requests("query")).hasSize(1);
  }

  @Test
  void anAgentThatNeverSaysDoneTimesOut() {
    agent.on("query", Exchange::reply);
    SerfClientOptions hasty = TestClients.at(agent).commandTimeout(TestClients.HASTE).build();
    QueryRequest brief =
        QueryRequest.builder("q").timeout(Duration.ofMillis(50)).end(QueryEnd.TIMEOUT).build();
    try (SerfClient impatient = SerfClient.open(hasty);
        QueryStream query = impatient.query(brief)) {
      assertThatThrownBy(query::next).isInstanceOf(SerfTimeoutException.class);
    }
    Awaitility.await().until(() -> agent.connected() == 0);
  }

  @Test
  void aRefusedQueryIsACommandErrorAndLeavesNoConnection() {
    agent.on("query", x -> x.error("query exceeds limit of 1024 bytes"));
    assertThatThrownBy(() -> client.query(QueryRequest.builder("q").end(QueryEnd.TIMEOUT).build()))
        .isInstanceOfSatisfying(
            SerfCommandException.class,
            e -> assertThat(e.reason()).isEqualTo(SerfCommandException.Reason.TOO_LARGE));
    Awaitility.await().until(() -> agent.connected() == 0);
  }

  @Test
  void aRecordThatCanNotBeReadIsAProtocolError() {
    agent.on(
        "query",
        x -> {
          x.reply();
          x.reply("rubbish");
        });
    try (QueryStream query = client.query(QueryRequest.of("q"))) {
      assertThatThrownBy(query::next).isInstanceOf(SerfProtocolException.class);
      assertThatThrownBy(query::next).isInstanceOf(SerfClosedException.class);
    }
  }

  @Test
  void queriesOfOneClientStartOneAfterTheOther() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    agent.on(
        "query",
        x -> {
          x.await(release);
          x.reply();
          x.reply(Records.done());
        });
    QueryRequest request = QueryRequest.builder("q").end(QueryEnd.TIMEOUT).build();
    CompletableFuture<QueryOutcome> one = Async.supply(() -> collect(request));
    CompletableFuture<QueryOutcome> two = Async.supply(() -> collect(request));
    agent.awaitRequest("handshake", 2);
    agent.awaitRequest("query", 1);
    assertThat(agent.requests("query")).hasSize(1);
    release.countDown();
    one.get(20, TimeUnit.SECONDS);
    two.get(20, TimeUnit.SECONDS);
    assertThat(agent.requests("query"))
        .extracting(Request::connection)
        .doesNotHaveDuplicates()
        .hasSize(2);
  }

  private QueryOutcome collect(QueryRequest request) {
    try (QueryStream query = client.query(request)) {
      return query.collect();
    }
  }

  @SafeVarargs
  private void script(Map<String, @Nullable Object>... records) {
    agent.on(
        "query",
        x -> {
          x.reply();
          for (Map<String, @Nullable Object> record : records) {
            if (!sent(x, record)) {
              return;
            }
          }
        });
  }

  /** A client that has heard enough hangs up, which is no fault. */
  private static boolean sent(Exchange x, Map<String, @Nullable Object> record) {
    try {
      x.reply(record);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
