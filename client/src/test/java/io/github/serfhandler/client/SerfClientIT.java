package io.github.serfhandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.client.QueryResult.Done;
import io.github.serfhandler.client.SerfCommandException.Reason;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every command of the RPC, against real agents. */
class SerfClientIT {
  private static final String KEY = "HvY8ubRZMgafUOWvrOadwOckVa1wN3QWAo46FVKbVN8=";
  private static final String OTHER_KEY = "T9jncgl9mbLus+baTTa7q7nPSUrXwbDi2dhbtqir37s=";

  @RegisterExtension static final SerfCluster serf = SerfCluster.create();
  private static SerfNode first;
  private static SerfNode second;
  private static SerfClient client;

  @BeforeAll
  static void startAgents() {
    List<SerfNode> nodes =
        serf.startJoined(
            List.of(
                SerfOptions.named("one").withTag("role", "web").withEncryptKey(KEY),
                SerfOptions.named("two").withTag("role", "webapp").withEncryptKey(KEY)));
    first = nodes.get(0);
    second = nodes.get(1);
    client = SerfClient.connect(options(first).build());
  }

  @AfterAll
  static void closeClient() {
    client.close();
  }

  @Test
  void readsMembersAsTheyAre() {
    assertThat(client.members()).extracting(Member::name).containsExactlyInAnyOrder("one", "two");
    Member one = client.members(MemberFilter.all().name("one")).get(0);
    assertThat(one.addr()).isEqualTo(first.rpc().getAddress());
    assertThat(one.port()).isEqualTo(7946);
    assertThat(one.status()).isEqualTo(MemberStatus.ALIVE);
    assertThat(one.protocol().protocolMax()).isPositive();
  }

  @Test
  void filtersMatchTheWholeValue() {
    MemberFilter web = MemberFilter.alive().tag("role", "web|db");
    assertThat(client.members(web)).extracting(Member::name).containsExactly("one");
    assertThat(client.members(MemberFilter.all().tag("absent", ""))).hasSize(2);
    assertThat(client.members(MemberFilter.all().status(MemberStatus.FAILED))).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithAnExpressionThatTheAgentCanNotCompile() {
    assertThatThrownBy(() -> client.members(MemberFilter.all().name("(?=look)")))
        .isInstanceOf(SerfConnectionException.class)
        .hasMessageContaining("probably an invalid regular expression");
    assertThat(client.members()).hasSize(2);
  }

  @Test
  void setsAndDeletesTags() {
    client.setTags(TagChange.none().set("a", "1").set("b", ""));
    assertThat(client.stats().tags()).containsEntry("a", "1").containsEntry("b", "");
    client.setTags(TagChange.none().delete("a").delete("b").delete("never"));
    assertThat(client.stats().tags()).isEqualTo(Map.of("role", "web"));
    assertThatThrownBy(() -> client.setTags(TagChange.none().set("big", "x".repeat(600))))
        .isInstanceOfSatisfying(
            SerfCommandException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
  }

  @Test
  void tellsWhatTheAgentTellsOfItself() {
    AgentStats stats = client.stats();
    assertThat(stats.agentName()).isEqualTo("one");
    assertThat(stats.members()).isEqualTo(2);
    assertThat(stats.failed()).isZero();
    assertThat(stats.left()).isZero();
    assertThat(stats.memberTime()).isPositive();
    assertThat(stats.eventTime()).isPositive();
    assertThat(stats.queryTime()).isPositive();
    assertThat(stats.eventQueue()).isNotNegative();
    assertThat(stats.encrypted()).isTrue();
    assertThat(stats.section("runtime")).containsKey("version");
  }

  @Test
  void knowsCoordinates() {
    Coordinate one = client.coordinate("one").orElseThrow();
    assertThat(one.vec()).hasSize(8);
    assertThat(one.distanceTo(one)).isPositive();
    assertThat(client.coordinate("nobody")).isEmpty();
  }

  @Test
  void refusesAnEventThatIsTooLarge() {
    assertThatThrownBy(() -> client.event("big", Payload.ofText("x".repeat(600))))
        .isInstanceOfSatisfying(
            SerfCommandException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE);
              assertThat(e).hasMessageContaining("user_event_size_limit");
              assertThat(e.retrySafe()).isTrue();
            });
  }

  @Test
  void streamsEventsAnswersQueriesAndEndsTheQueryEarly() {
    try (SerfClient other = SerfClient.open(options(second).build());
        EventStream stream =
            other.stream(EventFilter.userEvents("deploy").or(EventFilter.queries("load")))) {
      client.event("ignored", Payload.EMPTY);
      client.event("deploy", Payload.of(new byte[] {0, -1}));
      assertThat(stream.take())
          .isInstanceOfSatisfying(
              UserEvent.class,
              e -> {
                assertThat(e.name()).isEqualTo("deploy");
                assertThat(e.payload()).isEqualTo(Payload.of(new byte[] {0, -1}));
              });
      QueryRequest request =
          QueryRequest.builder("load")
              .filterTag("role", "^webapp$")
              .requestAck(true)
              .timeout(Duration.ofSeconds(30))
              .build();
      try (QueryStream query = client.query(request)) {
        QueryEvent asked = (QueryEvent) stream.take();
        stream.respond(asked, Payload.ofText("0.5"));
        QueryOutcome outcome = query.collect();
        assertThat(outcome.answers()).isEqualTo(Map.of("two", Payload.ofText("0.5")));
        assertThat(outcome.done()).isEqualTo(new Done(Done.Reason.ALL_ANSWERED, Set.of()));
        assertThatThrownBy(() -> stream.respond(asked, Payload.ofText("again")))
            .isInstanceOfSatisfying(
                SerfCommandException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.ALREADY_ANSWERED));
      }
    }
  }

  @Test
  void endsAQueryWithTheAcksWhereNoMoreIsAsked() {
    QueryRequest request =
        QueryRequest.builder("nobody-answers")
            .end(QueryEnd.ACKS)
            .timeout(Duration.ofSeconds(30))
            .build();
    try (QueryStream query = client.query(request)) {
      QueryOutcome outcome = query.collect();
      assertThat(outcome.acks()).containsExactlyInAnyOrder("one", "two");
      assertThat(outcome.done().reason()).isEqualTo(Done.Reason.ALL_ACKED);
    }
  }

  @Test
  void endsQueriesEarlyWithoutHarmToTheAgent() {
    QueryRequest request =
        QueryRequest.builder("early")
            .end(QueryEnd.ACKS)
            .expect(List.of("one"))
            .timeout(Duration.ofSeconds(5))
            .build();
    for (int i = 0; i < 200; i++) {
      // The agent itself acknowledges at once; the ack of the other comes to a closed connection.
      assertThat(client.query(request).collect().done().reason()).isEqualTo(Done.Reason.ALL_ACKED);
    }
    first.awaitLog("Failed to stream");
    assertThat(client.members()).hasSize(2);
    assertThat(first.log()).doesNotContain("panic");
  }

  @Test
  void namesWhoIsMissingAtTheTimeout() {
    QueryRequest request =
        QueryRequest.builder("nobody-answers").timeout(Duration.ofMillis(300)).build();
    try (QueryStream query = client.query(request)) {
      assertThat(query.collect().done())
          .isEqualTo(new Done(Done.Reason.TIMEOUT, Set.of("one", "two")));
    }
  }

  @Test
  void pingsThroughSerfsOwnQuery() {
    QueryRequest request =
        QueryRequest.builder("_serf_ping")
            .end(QueryEnd.ACKS)
            .timeout(Duration.ofSeconds(30))
            .build();
    try (QueryStream query = client.query(request)) {
      assertThat(query.collect().acks()).containsExactlyInAnyOrder("one", "two");
    }
  }

  @Test
  void readsTheAgentsLog() {
    try (LogStream log = client.monitor(LogLevel.DEBUG)) {
      client.event("show-me-in-the-log", Payload.EMPTY);
      Awaitility.await()
          .until(() -> log.take() instanceof LogLine line && line.text().contains("show-me-in"));
    }
  }

  @Test
  void handlesTheKeyring() {
    assertThat(client.installKey(OTHER_KEY).complete()).isTrue();
    assertThat(client.listKeys().keys()).isEqualTo(Map.of(KEY, 2, OTHER_KEY, 2));
    assertThat(client.useKey(OTHER_KEY).nodes()).isEqualTo(2);
    assertThatThrownBy(() -> client.removeKey(OTHER_KEY))
        .isInstanceOfSatisfying(
            SerfKeyException.class,
            e -> {
              assertThat(e.response().errors()).isEqualTo(2);
              assertThat(e.response().messages()).containsKeys("one", "two");
              assertThat(e).hasMessageContaining("one: ").hasMessageNotContaining(OTHER_KEY);
            });
    client.useKey(KEY);
    assertThat(client.removeKey(OTHER_KEY).complete()).isTrue();
  }

  @Test
  void joinsAndTellsOfEachAddressThatFailed() {
    assertThat(client.join(List.of(second.gossipAddr()), false)).isEqualTo(1);
    assertThatThrownBy(() -> client.join(List.of("127.0.0.1:1", "127.0.0.1:2"), false))
        .isInstanceOfSatisfying(
            SerfJoinException.class,
            e -> {
              assertThat(e.joined()).isZero();
              assertThat(e.lines()).hasSize(2).allMatch(line -> line.contains("127.0.0.1"));
              assertThat(e.getMessage()).doesNotContain("\n").doesNotContain("\t");
            });
  }

  @Test
  void forcesAFailedNodeOut() {
    List<SerfNode> pair = serf.startJoined(List.of(SerfOptions.named("a"), SerfOptions.named("b")));
    try (SerfClient a = SerfClient.open(options(pair.get(0)).build())) {
      pair.get(1).kill();
      pair.get(0).awaitStatus(pair.get(1), "failed");
      a.forceLeave("b", true);
      assertThat(a.members()).extracting(Member::name).containsExactly("a");
      a.leave();
      pair.get(0).awaitEnd();
      assertThatThrownBy(a::members)
          .isInstanceOf(SerfConnectionException.class)
          .hasMessageContaining(pair.get(0).rpcAddr());
    }
  }

  @Test
  void survivesARestartOfTheAgent() {
    SerfNode node = serf.start("restarted");
    try (SerfClient agent = SerfClient.connect(options(node).build());
        EventStream stream = agent.stream(EventFilter.all())) {
      agent.setTags(TagChange.none().set("a", "1"));
      node.restart();
      assertThat(agent.members()).hasSize(1);
      agent.setTags(TagChange.none().set("a", "2"));
      Awaitility.await().until(() -> stream.take() instanceof StreamGap);
      assertThat(stream.connected()).isTrue();
    }
  }

  @Test
  void authenticates() {
    SerfNode node = serf.start(SerfOptions.named("locked").withAuthKey("s3cret"));
    try (SerfClient right = SerfClient.connect(options(node).authKey("s3cret").build())) {
      assertThat(right.members()).hasSize(1);
    }
    assertThatThrownBy(() -> SerfClient.connect(options(node).authKey("wr0ng").build()))
        .isInstanceOf(SerfAuthException.class)
        .hasMessageContaining("refused the auth key")
        .hasMessageNotContaining("wr0ng");
    try (SerfClient without = SerfClient.connect(options(node).build())) {
      assertThatThrownBy(without::members)
          .isInstanceOf(SerfAuthException.class)
          .hasMessageContaining("wants an auth key");
    }
  }

  @Test
  void timesOutWhenTheAgentHangs() {
    SerfNode node = serf.start("paused");
    Duration short_ = Duration.ofMillis(300);
    try (SerfClient agent =
        SerfClient.open(options(node).connectTimeout(short_).commandTimeout(short_).build())) {
      Awaitility.await().ignoreExceptions().until(() -> agent.members().size() == 1);
      node.pause();
      assertThatThrownBy(agent::members)
          .isInstanceOfSatisfying(
              SerfTimeoutException.class, e -> assertThat(e.retrySafe()).isTrue());
      assertThatThrownBy(agent::members)
          .isInstanceOf(SerfTimeoutException.class)
          .hasMessageContaining("handshake");
      node.resume();
      Awaitility.await().ignoreExceptions().until(() -> agent.members().size() == 1);
    }
  }

  @Test
  void tellsTheGossipPortFromTheRpcPort() {
    SerfClientOptions gossip = SerfClientOptions.builder().address(first.host(), 7946).build();
    assertThatThrownBy(() -> SerfClient.connect(gossip))
        .isInstanceOf(SerfException.class)
        .hasMessageContaining("not its gossip port 7946");
  }

  private static SerfClientOptions.Builder options(SerfNode node) {
    return SerfClientOptions.builder().address(node.rpc());
  }
}
