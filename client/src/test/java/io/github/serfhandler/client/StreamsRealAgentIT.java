package io.github.serfhandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.client.QueryResult.Done;
import io.github.serfhandler.client.SerfCommandException.Reason;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Streams, logs and queries of real agents. Streams stay open: their end can crash an agent. */
class StreamsRealAgentIT {

  private static final Duration LONG = Duration.ofSeconds(60);

  @RegisterExtension static final SerfCluster serf = SerfCluster.create();
  private static SerfClient a;
  private static SerfClient b;
  private static SerfClient c;
  private static SerfNode first;

  @BeforeAll
  static void startAgents() {
    List<SerfNode> nodes =
        serf.startJoined(
            List.of(
                reliable("a").withTag("role", "db"),
                reliable("b").withTag("role", "web"),
                reliable("c").withTag("role", "webapp")));
    first = nodes.get(0);
    a = TestClients.open(first);
    b = TestClients.open(nodes.get(1));
    c = TestClients.open(nodes.get(2));
  }

  @AfterAll
  static void closeClients() {
    a.close();
    b.close();
    c.close();
  }

  @Test
  void everyByteOfAPayloadArrivesEverywhere() {
    byte[] bytes = new byte[256];
    IntStream.range(0, 256).forEach(i -> bytes[i] = (byte) i);
    EventStream local = a.stream(EventFilter.userEvents("bytes"));
    EventStream remote = b.stream(EventFilter.userEvents("bytes"));
    a.event("other", Payload.EMPTY);
    a.event("bytes", Payload.of(bytes));
    UserEvent here = (UserEvent) next(local, e -> e instanceof UserEvent);
    assertThat(here.payload()).isEqualTo(Payload.of(bytes));
    assertThat(here.coalesce()).isFalse();
    assertThat(next(remote, e -> e instanceof UserEvent)).isEqualTo(here);
    a.event("bytes", Payload.EMPTY);
    assertThat(((UserEvent) next(remote, e -> true)).payload()).isEqualTo(Payload.EMPTY);
  }

  @Test
  void membersThatComeChangeAndGoAreTold() {
    EventStream stream = b.stream(EventFilter.memberEvents());
    SerfNode guest = serf.start(reliable("guest"));
    guest.join(first);
    assertThat(members(stream, MemberEvent.Type.JOIN, "guest"))
        .allSatisfy(m -> assertThat(m.addr()).isEqualTo(guest.rpc().getAddress()));
    guest.setTag("mood", "good");
    assertThat(members(stream, MemberEvent.Type.UPDATE, "guest"))
        .allSatisfy(m -> assertThat(m.tag("mood")).isEqualTo("good"));
    guest.leave();
    assertThat(members(stream, MemberEvent.Type.LEAVE, "guest")).hasSize(1);
  }

  @Test
  void oneClientHasManyStreamsAtOnce() {
    List<EventStream> streams =
        IntStream.range(0, 5).mapToObj(i -> c.stream(EventFilter.userEvents("many" + i))).toList();
    for (int i = 4; i >= 0; i--) {
      a.event("many" + i, Payload.ofText(String.valueOf(i)));
    }
    for (int i = 0; i < 5; i++) {
      assertThat(((UserEvent) next(streams.get(i), e -> true)).payload().text())
          .isEqualTo(String.valueOf(i));
    }
  }

  @Test
  void theLogTellsAtOnceWhatTheAgentDoes() {
    try (LogStream log = a.monitor(LogLevel.INFO)) {
      a.event("in-the-log", Payload.EMPTY);
      assertThat(next(log, e -> e instanceof LogLine line && line.text().contains("in-the-log")))
          .extracting(e -> ((LogLine) e).text())
          .asString()
          .contains("[INFO]");
    }
    try (LogStream quiet = a.monitor(LogLevel.ERR)) {
      a.event("not-in-the-log", Payload.EMPTY);
      for (Optional<LogEvent> line = quiet.poll(TestClients.IMPATIENCE);
          line.isPresent();
          line = quiet.poll(TestClients.IMPATIENCE)) {
        // Clients of other tests that hung up are errors to the agent.
        assertThat(line.get().toString()).contains("[ERR]").doesNotContain("not-in-the-log");
      }
    }
  }

  @Test
  void aQueryEndsWithTheLastOfThoseWhoAreAsked() {
    EventStream onB = b.stream(EventFilter.queries("load"));
    EventStream onC = c.stream(EventFilter.queries("load"));
    QueryRequest request =
        QueryRequest.builder("load")
            .payload(Payload.ofText("1m"))
            .filterTag("role", "web")
            .requestAck(true)
            .timeout(LONG)
            .build();
    try (QueryStream query = a.query(request)) {
      QueryEvent asked = (QueryEvent) next(onB, e -> true);
      assertThat(asked.payload().text()).isEqualTo("1m");
      onB.respond(asked, Payload.ofText("b"));
      onC.respond((QueryEvent) next(onC, e -> true), Payload.of(new byte[] {0, -1}));
      QueryOutcome outcome = query.collect();
      assertThat(outcome.answers())
          .isEqualTo(Map.of("b", Payload.ofText("b"), "c", Payload.of(new byte[] {0, -1})));
      assertThat(outcome.done()).isEqualTo(new Done(Done.Reason.ALL_ANSWERED, Set.of()));
      assertThatThrownBy(() -> onB.respond(asked, Payload.ofText("again")))
          .isInstanceOfSatisfying(
              SerfCommandException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.ALREADY_ANSWERED));
    }
  }

  @Test
  void anAnswerAfterTheDeadlineIsTooLate() {
    EventStream onB = b.stream(EventFilter.queries("late"));
    QueryRequest request =
        QueryRequest.builder("late")
            .filterNodes(List.of("b"))
            .timeout(Duration.ofMillis(200))
            .build();
    try (QueryStream query = a.query(request)) {
      QueryEvent asked = (QueryEvent) next(onB, e -> true);
      assertThat(query.collect().done()).isEqualTo(new Done(Done.Reason.TIMEOUT, Set.of("b")));
      // Each node counts from the moment when the query reached it, so b may have some time left.
      try (QueryStream another = b.query(request)) {
        assertThat(another.collect().done().reason()).isEqualTo(Done.Reason.TIMEOUT);
      }
      assertThatThrownBy(() -> onB.respond(asked, Payload.ofText("late")))
          .isInstanceOfSatisfying(
              SerfCommandException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LATE));
    }
  }

  @Test
  void anAnswerOverTheLimitIsRefusedAndASmallerOneTaken() {
    EventStream onB = b.stream(EventFilter.queries("size"));
    QueryRequest request =
        QueryRequest.builder("size").filterNodes(List.of("b")).timeout(LONG).build();
    try (QueryStream query = a.query(request)) {
      QueryEvent asked = (QueryEvent) next(onB, e -> true);
      assertThatThrownBy(() -> onB.respond(asked, Payload.of(new byte[2_000])))
          .isInstanceOfSatisfying(
              SerfCommandException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
      onB.respond(asked, Payload.of(new byte[974]));
      assertThat(query.collect().answers()).containsKey("b");
    }
  }

  @Test
  void acksComeFromEachNodeThatAFilterLeaves() {
    QueryRequest request =
        QueryRequest.builder("ack")
            .filterTag("role", "^web")
            .relayFactor(2)
            .end(QueryEnd.ACKS)
            .timeout(LONG)
            .build();
    try (QueryStream query = a.query(request)) {
      QueryOutcome outcome = query.collect();
      assertThat(outcome.acks()).containsExactlyInAnyOrder("b", "c");
      assertThat(outcome.done().reason()).isEqualTo(Done.Reason.ALL_ACKED);
    }
  }

  @Test
  void queriesThatCanNotBeAskedAreRefused() {
    QueryRequest huge =
        QueryRequest.builder("q").payload(Payload.of(new byte[2_000])).timeout(LONG).build();
    assertThatThrownBy(() -> a.query(huge))
        .isInstanceOfSatisfying(
            SerfCommandException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
    assertThatThrownBy(() -> a.query(QueryRequest.of("_serf_reserved")))
        .isInstanceOfSatisfying(
            SerfCommandException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID));
  }

  @Test
  void theNamelessRecordsAfterATimeoutAreNotShown() {
    QueryRequest request =
        QueryRequest.builder("nobody")
            .requestAck(true)
            .end(QueryEnd.TIMEOUT)
            .timeout(Duration.ofMillis(300))
            .build();
    for (int i = 0; i < 3; i++) {
      try (QueryStream query = a.query(request)) {
        QueryOutcome outcome = query.collect();
        assertThat(outcome.acks()).doesNotContain("");
        assertThat(outcome.answers()).isEmpty();
      }
    }
  }

  private static SerfOptions reliable(String name) {
    return SerfOptions.named(name).withProfile("lan");
  }

  private static List<Member> members(EventStream stream, MemberEvent.Type type, String name) {
    MemberEvent event =
        (MemberEvent)
            next(
                stream,
                e ->
                    e instanceof MemberEvent m
                        && m.type() == type
                        && m.members().stream().anyMatch(member -> member.name().equals(name)));
    return event.members().stream().filter(member -> member.name().equals(name)).toList();
  }

  private static SerfEvent next(EventStream stream, Predicate<SerfEvent> wanted) {
    Set<SerfEvent> others = new HashSet<>();
    while (true) {
      SerfEvent event =
          stream
              .poll(TestClients.PATIENCE)
              .orElseThrow(() -> new AssertionError("in vain; what came: " + others));
      if (wanted.test(event)) {
        return event;
      }
      others.add(event);
    }
  }

  private static LogEvent next(LogStream stream, Predicate<LogEvent> wanted) {
    while (true) {
      LogEvent event =
          stream.poll(TestClients.PATIENCE).orElseThrow(() -> new AssertionError("in vain"));
      if (wanted.test(event)) {
        return event;
      }
    }
  }
}
