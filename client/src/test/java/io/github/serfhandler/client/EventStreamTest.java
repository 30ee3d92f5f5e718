package io.github.serfhandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.client.SerfCommandException.Reason;
import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.FakeMember;
import io.github.serfhandler.testkit.FakeStream;
import io.github.serfhandler.testkit.Records;
import io.github.serfhandler.testkit.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventStreamTest {
  private static final byte[] NONE = new byte[0];
  private static final Backoff SOON = new Backoff(Duration.ofMillis(5), Duration.ofMillis(20), 0.5);

  private final FakeAgent agent = FakeAgent.start();
  private final SerfClient client = SerfClient.open(options().build());

  @AfterEach
  void close() {
    client.close();
    agent.close();
  }

  @Test
  void deliversEveryKindOfEvent() {
    EventStream stream = client.stream(EventFilter.all());
    FakeStream at = agent.awaitStream("stream");
    at.send(Records.user(7, "deploy", new byte[] {1}));
    at.send(Records.query(3, 8, "load", NONE));
    at.send(Records.member("member-failed", FakeMember.named("n1").withStatus("failed")));
    at.send(Wire.map("Event", "member-promoted", "Members", List.of()));
    at.send(Wire.map("Event", "earthquake", "Magnitude", 6.5));
    assertThat(stream.take())
        .isEqualTo(new UserEvent(7, "deploy", Payload.of(new byte[] {1}), false));
    assertThat(stream.take()).isEqualTo(new QueryEvent(1, 3, 8, "load", Payload.EMPTY));
    assertThat(stream.take())
        .isInstanceOfSatisfying(
            MemberEvent.class,
            e -> {
              assertThat(e.type()).isEqualTo(MemberEvent.Type.FAILED);
              assertThat(e.members()).extracting(Member::name).containsExactly("n1");
            });
    assertThat(stream.take()).isEqualTo(new UnknownEvent("member-promoted"));
    assertThat(stream.take()).isEqualTo(new UnknownEvent("earthquake"));
    assertThat(stream.poll(Duration.ZERO)).isEmpty();
  }

  @Test
  void isOpenOnlyOnceTheAgentIsSureToFeedIt() {
    CountDownLatch registered = new CountDownLatch(1);
    agent.once(
        "stop",
        x -> {
          x.await(registered);
          x.proceed();
        });
    CompletableFuture<EventStream> opening = Async.supply(() -> client.stream(EventFilter.all()));
    agent.awaitStream("stream").send(Records.user(1, "early", NONE));
    assertThat(agent.awaitRequest("stop", 1).field("Stop")).isEqualTo(0L);
    assertThat(opening).isNotDone();
    registered.countDown();
    assertThat(name(opening.join().take())).isEqualTo("early");
  }

  @Test
  void asksForWhatTheFilterSays() {
    client.stream(EventFilter.memberEvents(MemberEvent.Type.JOIN).or(EventFilter.queries("q")));
    assertThat(agent.awaitStream("stream").type()).isEqualTo("member-join,query:q");
  }

  @Test
  void showsWhatASlowConsumerMissed() {
    try (SerfClient small = SerfClient.open(options().queueCapacity(2).build())) {
      EventStream stream = small.stream(EventFilter.all());
      FakeStream at = agent.awaitStream("stream");
      for (int i = 0; i < 5; i++) {
        at.send(Records.user(i, "e" + i, NONE));
      }
      Awaitility.await().until(() -> stream.dropped() == 3);
      assertThat(name(stream.take())).isEqualTo("e0");
      at.send(Records.user(5, "e5", NONE));
      assertThat(name(stream.take())).isEqualTo("e1");
      assertThat(stream.take()).isEqualTo(new StreamGap(StreamGap.Reason.OVERFLOW, 3));
      assertThat(name(stream.take())).isEqualTo("e5");
    }
  }

  @Test
  void respondsOnTheConnectionOfTheQuery() {
    EventStream stream = client.stream(EventFilter.queries());
    agent.awaitStream("stream");
    agent.push(Records.query(4, 8, "load", NONE));
    QueryEvent query = (QueryEvent) stream.take();
    stream.respond(query, Payload.ofText("0.5"));
    assertThat(agent.requests("respond").get(0).field("ID")).isEqualTo(4L);
    assertThatThrownBy(() -> stream.respond(query, Payload.ofText("again")))
        .isInstanceOfSatisfying(
            SerfCommandException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LATE));
  }

  @Test
  void deliversEventsWhileAnAnswerWaits() {
    EventStream stream = client.stream(EventFilter.all());
    FakeStream at = agent.awaitStream("stream");
    agent.once(
        "respond",
        x -> {
          at.send(Records.user(1, "meanwhile", NONE));
          x.proceed();
        });
    agent.push(Records.query(4, 8, "load", NONE));
    stream.respond((QueryEvent) stream.take(), Payload.EMPTY);
    assertThat(name(stream.take())).isEqualTo("meanwhile");
  }

  @Test
  void livesOnWhenTheAgentDoesNotTakeAnAnswer() {
    try (SerfClient hasty = SerfClient.open(options().commandTimeout(TestClients.HASTE).build())) {
      EventStream stream = hasty.stream(EventFilter.all());
      FakeStream at = agent.awaitStream("stream");
      agent.once("respond", x -> {});
      at.send(Records.query(4, 8, "load", NONE));
      QueryEvent query = (QueryEvent) stream.take();
      assertThatThrownBy(() -> stream.respond(query, Payload.EMPTY))
          .isInstanceOfSatisfying(
              SerfTimeoutException.class, e -> assertThat(e.retrySafe()).isFalse());
      at.send(Records.user(1, "after", NONE));
      assertThat(name(stream.take())).isEqualTo("after");
    }
  }

  @Test
  void reconnectsAndSaysSo() {
    EventStream stream = client.stream(EventFilter.all());
    agent.awaitStream("stream").send(Records.query(4, 8, "before", NONE));
    QueryEvent before = (QueryEvent) stream.take();
    agent.stop();
    Awaitility.await().until(() -> !stream.connected());
    agent.restart();
    assertThat(stream.take()).isEqualTo(new StreamGap(StreamGap.Reason.RECONNECTED, -1));
    assertThat(stream.connected()).isTrue();
    agent.push(Records.query(4, 9, "after", NONE));
    QueryEvent after = (QueryEvent) stream.take();
    assertThatThrownBy(() -> stream.respond(before, Payload.EMPTY))
        .isInstanceOfSatisfying(
            SerfCommandException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.TOO_LATE);
              assertThat(e).hasMessageContaining("the connection");
            });
    stream.respond(after, Payload.EMPTY);
    assertThat(agent.requests("respond")).hasSize(1);
  }

  @Test
  void reconnectsAfterARecordThatIsNoRecord() {
    EventStream stream = client.stream(EventFilter.all());
    agent.awaitStream("stream").raw(Wire.claimedArray(7));
    assertThat(stream.take()).isInstanceOf(StreamGap.class);
  }

  @Test
  void endsWhenTheAgentWantsAnotherKeySince() {
    EventStream stream = client.stream(EventFilter.all());
    agent.awaitStream("stream");
    agent.authKey("new");
    agent.killConnections();
    assertThatThrownBy(stream::take).isInstanceOf(SerfAuthException.class);
    assertThatThrownBy(stream::take).isInstanceOf(SerfAuthException.class);
  }

  @Test
  void endsWithItsConnectionWithoutReconnection() {
    try (SerfClient once = SerfClient.open(options().noReconnect().build())) {
      EventStream stream = once.stream(EventFilter.all());
      FakeStream at = agent.awaitStream("stream");
      at.send(Records.user(1, "last", NONE));
      at.disconnect();
      assertThat(name(stream.take())).isEqualTo("last");
      assertThatThrownBy(stream::take).isInstanceOf(SerfConnectionException.class);
      assertThat(stream.connected()).isFalse();
    }
  }

  @Test
  void failsAtOnceWhereItCannotSubscribe() {
    agent.on("stream", x -> x.error("Invalid event filter"));
    assertThatThrownBy(() -> client.stream(EventFilter.all()))
        .isInstanceOfSatisfying(
            SerfCommandException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID));
    agent.stop();
    assertThatThrownBy(() -> client.stream(EventFilter.all()))
        .isInstanceOf(SerfConnectionException.class);
    assertThat(threads()).isEmpty();
  }

  @Test
  void closingEndsTakersThreadAndConnection() {
    EventStream stream = client.stream(EventFilter.all());
    agent.awaitStream("stream");
    List<SerfEvent> seen = new ArrayList<>();
    CompletableFuture<Void> consumer = Async.run(() -> stream.forEach(seen::add));
    agent.push(Records.user(1, "e", NONE));
    Awaitility.await().until(() -> !seen.isEmpty());
    stream.close();
    stream.close();
    consumer.join();
    // It waits for the agent 200 ms at most, which may not have read it by then.
    Awaitility.await().untilAsserted(() -> assertThat(TestClients.stopped(agent)).hasSize(1));
    assertThatThrownBy(stream::take).isInstanceOf(SerfClosedException.class);
    assertThat(threads()).isEmpty();
    Awaitility.await().until(() -> agent.connected() == 0);
  }

  @Test
  void closesInBoundedTimeWhileTheAgentHangs() {
    EventStream stream = client.stream(EventFilter.all());
    agent.awaitStream("stream");
    agent.on("stop", x -> x.hang());
    stream.close();
    assertThat(threads()).isEmpty();
  }

  @Test
  void closesWhileItTriesToReconnect() {
    EventStream stream = client.stream(EventFilter.all());
    agent.awaitStream("stream");
    agent.stop();
    Awaitility.await().until(() -> !stream.connected());
    client.close();
    assertThat(threads()).isEmpty();
    assertThatThrownBy(stream::take).isInstanceOf(SerfClosedException.class);
  }

  @Test
  void letsAnInterruptedTakerGoAndLivesOn() {
    EventStream stream = client.stream(EventFilter.all());
    FakeStream at = agent.awaitStream("stream");
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(stream::take).isInstanceOf(SerfInterruptedException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    at.send(Records.user(1, "e", NONE));
    assertThat(name(stream.take())).isEqualTo("e");
  }

  private String name(SerfEvent event) {
    return event instanceof UserEvent user ? user.name() : String.valueOf(event);
  }

  private List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.equals("serf-stream-" + agent.rpcAddr()))
        .toList();
  }

  private SerfClientOptions.Builder options() {
    return SerfClientOptions.builder().address(agent.address()).reconnect(SOON);
  }
}
