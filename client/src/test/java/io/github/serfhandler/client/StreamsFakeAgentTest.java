package io.github.serfhandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.client.SerfCommandException.Reason;
import io.github.serfhandler.testkit.Exchange;
import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.FakeMember;
import io.github.serfhandler.testkit.FakeStream;
import io.github.serfhandler.testkit.Records;
import io.github.serfhandler.testkit.Request;
import io.github.serfhandler.testkit.Wire;
import io.github.serfhandler.testkit.WireFormat;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Event and log streams of an agent that sends anything at any time. */
class StreamsFakeAgentTest {

  private static final byte[] PAYLOAD = {0, 1, (byte) 0xff};
  private static final StreamGap RECONNECTED = new StreamGap(StreamGap.Reason.RECONNECTED, -1);

  private final FakeAgent agent = FakeAgent.start();
  private final SerfClient client = TestClients.open(agent);

  @AfterEach
  void closeBoth() {
    client.close();
    agent.close();
  }

  @ParameterizedTest
  @EnumSource(WireFormat.class)
  void everyKindOfRecordBecomesItsEvent(WireFormat format) {
    agent.format(format);
    try (EventStream stream = client.stream(EventFilter.all())) {
      FakeStream open = agent.awaitStream("stream");
      open.send(Records.user(7, "deploy", PAYLOAD));
      open.send(Records.query(3, 8, "uptime", PAYLOAD));
      open.send(Records.member("member-update", FakeMember.named("a").withTag("t", "v")));
      assertThat(stream.take()).isEqualTo(new UserEvent(7, "deploy", Payload.of(PAYLOAD), false));
      assertThat(stream.take()).isEqualTo(new QueryEvent(1, 3, 8, "uptime", Payload.of(PAYLOAD)));
      assertThat(stream.take())
          .isInstanceOfSatisfying(
              MemberEvent.class,
              e -> {
                assertThat(e.type()).isEqualTo(MemberEvent.Type.UPDATE);
                assertThat(e.members()).extracting(m -> m.tag("t")).containsExactly("v");
              });
    }
  }

  @Test
  void whatANewerAgentAddsDoesNotBreakTheStream() {
    try (EventStream stream = client.stream(EventFilter.all())) {
      FakeStream open = agent.awaitStream("stream");
      open.send(Wire.map("Event", "member-dormant", "Since", List.of(1, Wire.map("a", null))));
      Map<String, @Nullable Object> user = Records.user(1, "deploy", PAYLOAD);
      user.put("Source", Wire.map("Node", "a"));
      user.put("Payload", null);
      open.send(user);
      open.send(Wire.map());
      open.send(Wire.map("Event", "member-join", "Members", null));
      assertThat(stream.take()).isEqualTo(new UnknownEvent("member-dormant"));
      assertThat(stream.take()).isEqualTo(new UserEvent(1, "deploy", Payload.EMPTY, false));
      assertThat(stream.take()).isEqualTo(new UnknownEvent(""));
      assertThat(stream.take()).isEqualTo(new MemberEvent(MemberEvent.Type.JOIN, List.of()));
    }
  }

  @Test
  void aClockAboveTheHalfOfItsRangeIsKept() {
    try (EventStream stream = client.stream(EventFilter.all())) {
      Map<String, @Nullable Object> user = Records.user(0, "deploy", PAYLOAD);
      user.put("LTime", new BigInteger("18446744073709551615"));
      agent.awaitStream("stream").send(user);
      assertThat(stream.take())
          .isInstanceOfSatisfying(
              UserEvent.class,
              e -> assertThat(Long.toUnsignedString(e.ltime())).isEqualTo("18446744073709551615"));
    }
  }

  @Test
  void theFilterGoesOutAsSerfWritesIt() {
    EventFilter filter =
        EventFilter.memberEvents(MemberEvent.Type.JOIN)
            .or(EventFilter.userEvents("deploy"))
            .or(EventFilter.queries());
    try (EventStream stream = client.stream(filter)) {
      assertThat(agent.awaitStream("stream").type()).isEqualTo("member-join,user:deploy,query");
      assertThat(agent.push(Records.user(1, "other", PAYLOAD))).isZero();
      assertThat(agent.push(Records.user(2, "deploy", PAYLOAD))).isOne();
      assertThat(stream.take()).isInstanceOf(UserEvent.class);
    }
  }

  @Test
  void recordsBehindTheStopOfAStreamHarmNobody() {
    EventStream stream = client.stream(EventFilter.all());
    FakeStream open = agent.awaitStream("stream");
    AtomicInteger sent = new AtomicInteger();
    agent.on(
        "stop",
        x -> {
          open.send(Records.user(1, "before", PAYLOAD));
          x.proceed();
          open.send(Records.user(2, "after", PAYLOAD));
          sent.incrementAndGet();
        });
    stream.close();
    assertThatThrownBy(stream::take).isInstanceOf(SerfClosedException.class);
    Awaitility.await().until(() -> agent.connected() == 0);
    assertThat(TestClients.stopped(agent)).containsExactly(open.seq());
    assertThat(client.members()).hasSize(1);
  }

  @Test
  void aConsumerThatIsTooSlowSeesWhatItMissed() {
    SerfClientOptions small = TestClients.at(agent).queueCapacity(10).build();
    try (SerfClient narrow = SerfClient.open(small);
        EventStream stream = narrow.stream(EventFilter.userEvents())) {
      FakeStream open = agent.awaitStream("stream");
      for (int i = 0; i < 100; i++) {
        open.send(Records.user(i, "e", PAYLOAD));
      }
      Awaitility.await().until(() -> stream.dropped() == 90);
      for (int i = 0; i < 10; i++) {
        assertThat(stream.take()).isEqualTo(new UserEvent(i, "e", Payload.of(PAYLOAD), false));
      }
      open.send(Records.user(100, "e", PAYLOAD));
      assertThat(stream.take()).isEqualTo(new StreamGap(StreamGap.Reason.OVERFLOW, 90));
      assertThat(stream.take())
          .isInstanceOfSatisfying(UserEvent.class, e -> assertThat(e.ltime()).isEqualTo(100));
      assertThat(stream.dropped()).isEqualTo(90);
    }
  }

  @Test
  void aLostConnectionIsReplacedAndTold() {
    try (EventStream stream = client.stream(EventFilter.userEvents())) {
      agent.awaitStream("stream").send(Records.user(1, "before", PAYLOAD));
      assertThat(stream.take()).isInstanceOf(UserEvent.class);
      restart();
      agent.awaitStream("stream").send(Records.user(2, "after", PAYLOAD));
      assertThat(stream.take()).isEqualTo(RECONNECTED);
      assertThat(stream.take())
          .isInstanceOfSatisfying(UserEvent.class, e -> assertThat(e.name()).isEqualTo("after"));
      assertThat(stream.connected()).isTrue();
    }
  }

  @Test
  void eachFailedAttemptToReconnectWaitsAnew() {
    AtomicInteger waits = new AtomicInteger();
    SerfClientOptions counted =
        TestClients.at(agent)
            .random(
                () -> {
                  waits.incrementAndGet();
                  return 0.5;
                })
            .build();
    try (SerfClient counting = SerfClient.open(counted);
        EventStream stream = counting.stream(EventFilter.userEvents())) {
      agent.closeAtAccept(5);
      agent.awaitStream("stream").disconnect();
      assertThat(stream.take()).isEqualTo(RECONNECTED);
      assertThat(waits).hasValue(6);
      assertThat(agent.accepted()).isEqualTo(7);
    }
  }

  @Test
  void aSubscriptionThatEndsAtOnceCountsAsAFailedAttempt() {
    AtomicInteger opened = new AtomicInteger();
    agent.on(
        "stream",
        x -> {
          x.reply();
          if (opened.getAndIncrement() > 0) {
            x.close();
          }
        });
    Backoff backoff = new Backoff(Duration.ofMillis(20), Duration.ofHours(1), 0);
    try (SerfClient slowing = SerfClient.open(TestClients.at(agent).reconnect(backoff).build());
        EventStream stream = slowing.stream(EventFilter.userEvents())) {
      long begin = System.nanoTime();
      agent.killConnections();
      Awaitility.await().until(() -> opened.get() >= 6);
      // A lower bound only: 20, 40, 80, 160 and 320 ms of waiting, not 5 times 20.
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(620));
      assertThat(stream.take()).isEqualTo(RECONNECTED);
    }
  }

  @Test
  void withoutReconnectionAStreamEndsWithItsConnection() {
    SerfClientOptions once = TestClients.at(agent).noReconnect().build();
    try (SerfClient single = SerfClient.open(once);
        EventStream stream = single.stream(EventFilter.userEvents())) {
      FakeStream open = agent.awaitStream("stream");
      open.send(Records.user(1, "last", PAYLOAD));
      open.disconnect();
      assertThat(stream.take()).isInstanceOf(UserEvent.class);
      assertThatThrownBy(stream::take).isInstanceOf(SerfConnectionException.class);
      assertThatThrownBy(stream::take).isInstanceOf(SerfConnectionException.class);
      assertThat(agent.accepted()).isEqualTo(1);
    }
  }

  @Test
  void nobodyWaitsForAReaderThatHasDied() {
    SerfClientOptions broken =
        TestClients.at(agent)
            .random(
                () -> {
                  throw new IllegalStateException("no chance");
                })
            .build();
    // What ends the thread goes to its handler; the default one would print it into the log.
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    AtomicReference<Throwable> uncaught = new AtomicReference<>();
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught.set(thrown));
    try (SerfClient doomed = SerfClient.open(broken);
        EventStream stream = doomed.stream(EventFilter.userEvents())) {
      agent.awaitStream("stream").disconnect();
      assertThatThrownBy(stream::take)
          .isInstanceOf(SerfProtocolException.class)
          .hasMessageContaining("has died");
      assertThat(stream.connected()).isFalse();
      // Awaitility would put a handler of its own before this one, and throw what it gets.
      Awaitility.await().dontCatchUncaughtExceptions().until(() -> uncaught.get() != null);
      assertThat(uncaught.get()).hasMessage("no chance");
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Test
  void aRecordThatCanNotBeReadCostsTheConnectionAndIsTold() {
    List<byte[]> rubbish =
        List.of(
            Wire.encode("rubbish"),
            Wire.claimedMap(-1),
            new byte[] {(byte) 0xc1},
            Wire.encode(Wire.header(99, ""), Records.user(1, "e", PAYLOAD)));
    try (EventStream stream = client.stream(EventFilter.userEvents())) {
      for (byte[] bytes : rubbish) {
        agent.awaitStream("stream").raw(bytes);
        assertThat(stream.take()).isEqualTo(RECONNECTED);
      }
      agent.awaitStream("stream").send(Records.user(1, "fine", PAYLOAD));
      assertThat(stream.take()).isInstanceOf(UserEvent.class);
    }
  }

  @Test
  void aRefusedSubscriptionIsACommandError() {
    agent.on("stream", x -> x.error("Invalid event filter"));
    assertThatThrownBy(() -> client.stream(EventFilter.all()))
        .isInstanceOfSatisfying(
            SerfCommandException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID));
    Awaitility.await().until(() -> agent.connected() == 0);
  }

  @Test
  void aWaitingConsumerLearnsOfTheClosing() {
    EventStream stream = client.stream(EventFilter.all());
    CompletableFuture<SerfEvent> taken = Async.supply(stream::take);
    stream.close();
    assertThatThrownBy(() -> taken.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(SerfClosedException.class);
    stream.close();
    assertThat(stream.iterator().hasNext()).isFalse();
  }

  @Test
  void answersGoBackOverTheConnectionOfTheQuery() {
    try (EventStream stream = client.stream(EventFilter.queries())) {
      agent.awaitStream("stream");
      assertThat(agent.push(Records.query(5, 1, "uptime", PAYLOAD))).isOne();
      QueryEvent query = (QueryEvent) stream.take();
      stream.respond(query, Payload.of(PAYLOAD));
      Request respond = agent.awaitRequest("respond", 1);
      assertThat(respond.field("ID")).isEqualTo(5L);
      assertThat(respond.field("Payload")).isEqualTo(PAYLOAD);
      assertThat(respond.connection()).isEqualTo(agent.requests("stream").get(0).connection());
      assertThatThrownBy(() -> stream.respond(query, Payload.EMPTY))
          .isInstanceOfSatisfying(
              SerfCommandException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LATE));
    }
  }

  @Test
  void anAnswerMayMeetAnyNumberOfRecordsOnItsWay() {
    try (EventStream stream = client.stream(EventFilter.all())) {
      FakeStream open = agent.awaitStream("stream");
      agent.push(Records.query(5, 1, "uptime", PAYLOAD));
      agent.on(
          "respond",
          x -> {
            for (int i = 0; i < 50; i++) {
              open.send(Records.user(i, "e", PAYLOAD));
            }
            x.proceed();
            open.send(Records.user(50, "e", PAYLOAD));
          });
      stream.respond((QueryEvent) stream.take(), Payload.EMPTY);
      for (int i = 0; i <= 50; i++) {
        assertThat(stream.take()).isEqualTo(new UserEvent(i, "e", Payload.of(PAYLOAD), false));
      }
    }
  }

  @Test
  void aQueryOfALostConnectionCanNotBeAnsweredOverTheNext() {
    try (EventStream stream = client.stream(EventFilter.queries())) {
      agent.awaitStream("stream");
      agent.push(Records.query(5, 1, "uptime", PAYLOAD));
      QueryEvent query = (QueryEvent) stream.take();
      agent.killConnections();
      assertThat(stream.take()).isEqualTo(RECONNECTED);
      assertThatThrownBy(() -> stream.respond(query, Payload.EMPTY))
          .isInstanceOfSatisfying(
              SerfCommandException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LATE));
      assertThat(agent.requests("respond")).isEmpty();
    }
  }

  @Test
  void anAgentThatDoesNotTakeAnAnswerDoesNotEndTheStream() {
    SerfClientOptions hasty = TestClients.at(agent).commandTimeout(TestClients.HASTE).build();
    try (SerfClient impatient = SerfClient.open(hasty);
        EventStream stream = impatient.stream(EventFilter.all())) {
      FakeStream open = agent.awaitStream("stream");
      agent.push(Records.query(5, 1, "uptime", PAYLOAD));
      agent.on("respond", Exchange::hang);
      QueryEvent query = (QueryEvent) stream.take();
      assertThatThrownBy(() -> stream.respond(query, Payload.EMPTY))
          .isInstanceOfSatisfying(
              SerfTimeoutException.class, e -> assertThat(e.retrySafe()).isFalse());
      open.send(Records.user(1, "e", PAYLOAD));
      assertThat(stream.take()).isInstanceOf(UserEvent.class);
    }
  }

  @Test
  void theLogComesLineByLineAndAgainAfterAReconnection() {
    try (LogStream log = client.monitor(LogLevel.DEBUG)) {
      FakeStream open = agent.awaitStream("monitor");
      assertThat(open.type()).isEqualTo("DEBUG");
      open.send(Records.log("2026/11/23 16:00:00 [INFO] serf: EventMemberJoin: a 127.0.0.1"));
      open.send(Records.log(""));
      open.send(Wire.map("Log", null, "Level", "INFO"));
      assertThat(log.take())
          .isEqualTo(new LogLine("2026/11/23 16:00:00 [INFO] serf: EventMemberJoin: a 127.0.0.1"));
      assertThat(log.take()).isEqualTo(new LogLine(""));
      assertThat(log.take()).isEqualTo(new LogLine(""));
      restart();
      agent.awaitStream("monitor").send(Records.log("again"));
      assertThat(log.take()).isEqualTo(RECONNECTED);
      assertThat(log.take()).isEqualTo(new LogLine("again"));
    }
    Awaitility.await().untilAsserted(() -> assertThat(TestClients.stopped(agent)).hasSize(1));
  }

  private void restart() {
    agent.stop();
    Awaitility.await().until(() -> agent.connected() == 0);
    agent.restart();
  }
}
