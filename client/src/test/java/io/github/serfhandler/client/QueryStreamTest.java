package io.github.serfhandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.client.QueryResult.Ack;
import io.github.serfhandler.client.QueryResult.Answer;
import io.github.serfhandler.client.QueryResult.Done;
import io.github.serfhandler.testkit.Exchange;
import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.FakeMember;
import io.github.serfhandler.testkit.Records;
import io.github.serfhandler.testkit.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QueryStreamTest {
  private static final byte[] YES = {'y'};
  private static final Duration LONG = Duration.ofSeconds(50);

  private final FakeAgent agent = FakeAgent.start();
  private final SerfClient client = SerfClient.open(options().build());

  @AfterEach
  void close() {
    client.close();
    agent.close();
  }

  @Test
  void sendsTheWholeRequest() {
    QueryRequest request =
        QueryRequest.builder("load")
            .payload(Payload.of(YES))
            .filterNodes(List.of("n1"))
            .filterTag("role", "web")
            .timeout(Duration.ofMillis(1500))
            .relayFactor(3)
            .end(QueryEnd.TIMEOUT)
            .build();
    client.query(request).close();
    Map<String, @Nullable Object> body = agent.awaitRequest("query", 1).body();
    assertThat(body)
        .containsEntry("Name", "load")
        .containsEntry("FilterNodes", List.of("n1"))
        .containsEntry("FilterTags", Map.of("role", "web"))
        .containsEntry("Timeout", 1_500_000_000L)
        .containsEntry("RelayFactor", 3L)
        .containsEntry("RequestAck", false);
    assertThat(body.get("Payload")).isEqualTo(YES);
    assertThat(agent.requests("members-filtered")).isEmpty();
  }

  @Test
  void expectsThoseWhoAreAliveAndMatch() throws IOException {
    agent.members(
        FakeMember.named("n1").withTag("role", "web"),
        FakeMember.named("n2").withTag("role", "webapp"),
        FakeMember.named("n3").withTag("role", "web").withStatus("failed"),
        FakeMember.named("n4").withTag("role", "db"));
    agent.on(
        "query",
        x -> {
          x.reply();
          x.reply(Records.response("n2", YES));
          x.reply(Records.response("n1", YES));
        });
    QueryRequest request =
        QueryRequest.builder("q")
            .filterTag("role", "we.")
            .filterNodes(List.of("n1", "n2", "n4"))
            .timeout(LONG)
            .build();
    QueryOutcome outcome = client.query(request).collect();
    assertThat(outcome.answers().keySet()).containsExactlyInAnyOrder("n1", "n2");
    assertThat(outcome.done()).isEqualTo(new Done(Done.Reason.ALL_ANSWERED, Set.of()));
    assertThat(agent.requests("members-filtered").get(0).body())
        .isEqualTo(
            Map.of(
                "Tags",
                Map.of("role", "(?s:.*)(?:we.)(?s:.*)"),
                "Status",
                "(?:alive)",
                "Name",
                ""));
    Awaitility.await().until(() -> agent.connected() == 1);
  }

  @Test
  void dropsNamelessAndRepeatedRecords() {
    agent.on(
        "query",
        x -> {
          x.reply();
          x.reply(Records.ack("n1"));
          x.reply(Records.ack("n1"));
          x.reply(Records.ack(""));
          x.reply(Records.response("", YES));
          x.reply(Records.response("n1", YES));
          x.reply(Records.response("n1", new byte[] {'n'}));
          x.reply(Wire.map("Type", "rumour", "From", "n1"));
          x.reply(Records.done());
        });
    QueryRequest request =
        QueryRequest.builder("q").requestAck(true).end(QueryEnd.TIMEOUT).timeout(LONG).build();
    try (QueryStream query = client.query(request)) {
      assertThat(query.next()).isEqualTo(new Ack("n1"));
      assertThat(query.next()).isEqualTo(new Answer("n1", Payload.of(YES)));
      Done done = new Done(Done.Reason.TIMEOUT, Set.of());
      assertThat(query.next()).isEqualTo(done);
      assertThat(query.next()).isEqualTo(done);
    }
  }

  @Test
  void takesAnAnswerForAnAckThatWasLost() {
    agent.on(
        "query",
        x -> {
          x.reply();
          x.reply(Records.ack("n1"));
          x.reply(Records.response("n2", YES));
        });
    QueryRequest request =
        QueryRequest.builder("q")
            .end(QueryEnd.ACKS)
            .expect(List.of("n1", "n2"))
            .timeout(LONG)
            .build();
    QueryOutcome outcome = client.query(request).collect();
    assertThat(outcome.done().reason()).isEqualTo(Done.Reason.ALL_ACKED);
    assertThat(outcome.acks()).containsExactly("n1");
    assertThat(agent.requests("query").get(0).field("RequestAck")).isEqualTo(true);
  }

  @Test
  void endsAtOnceWhereNobodyIsExpected() {
    agent.on("query", Exchange::reply);
    QueryRequest request = QueryRequest.builder("q").filterNodes(List.of("nobody")).build();
    assertThat(client.query(request).collect().done())
        .isEqualTo(new Done(Done.Reason.ALL_ANSWERED, Set.of()));
  }

  @Test
  void timesOutWhenTheAgentForgetsToEndIt() {
    agent.on("query", Exchange::reply);
    try (SerfClient hasty = SerfClient.open(options().commandTimeout(TestClients.HASTE).build())) {
      QueryStream query =
          hasty.query(QueryRequest.builder("q").timeout(Duration.ofMillis(10)).build());
      assertThatThrownBy(query::next).isInstanceOf(SerfTimeoutException.class);
      assertThatThrownBy(query::next).isInstanceOf(SerfClosedException.class);
    }
  }

  @Test
  void failsWithItsConnectionAndIsNotSafeToRepeat() {
    agent.on(
        "query",
        x -> {
          x.reply();
          x.close();
        });
    QueryStream query = client.query(QueryRequest.of("q"));
    assertThatThrownBy(query::next)
        .isInstanceOfSatisfying(
            SerfConnectionException.class, e -> assertThat(e.retrySafe()).isFalse());
  }

  @Test
  void canBeClosedByAnotherThread() {
    agent.on("query", Exchange::reply);
    QueryStream query = client.query(QueryRequest.builder("q").timeout(LONG).build());
    CompletableFuture<QueryResult> next = Async.supply(query::next);
    query.close();
    query.close();
    assertThatThrownBy(next::join).hasCauseInstanceOf(SerfClosedException.class);
  }

  @Test
  void startsOneQueryAtATime() {
    List<Exchange> begun = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch go = new CountDownLatch(1);
    agent.on(
        "query",
        x -> {
          begun.add(x);
          x.await(go);
          x.reply();
        });
    QueryRequest request = QueryRequest.builder("q").end(QueryEnd.TIMEOUT).build();
    List<CompletableFuture<QueryStream>> queries = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      queries.add(Async.supply(() -> client.query(request)));
    }
    // All three have connected, and only one has asked.
    Awaitility.await().until(() -> agent.requests("handshake").size() == queries.size());
    Awaitility.await().until(() -> begun.size() == 1);
    assertThat(agent.requests("query")).hasSize(1);
    go.countDown();
    queries.forEach(query -> query.join().close());
    assertThat(begun).hasSize(3);
  }

  @Test
  void tellsThatAnExpressionDoesNotCompileBeforeItAsks() {
    QueryRequest request = QueryRequest.builder("q").filterTag("role", "**").build();
    assertThatThrownBy(() -> client.query(request))
        .isInstanceOf(SerfConnectionException.class)
        .hasMessageContaining("regular expression");
    assertThat(agent.requests("query")).isEmpty();
  }

  private SerfClientOptions.Builder options() {
    return SerfClientOptions.builder().address(agent.address());
  }
}
