package io.github.serfhandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.testkit.Exchange;
import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.FakeMember;
import io.github.serfhandler.testkit.Wire;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents that do not answer, or not in time. */
class TimeoutsFakeAgentTest {

  private final FakeAgent agent = FakeAgent.start();
  private final SerfClient impatient =
      SerfClient.open(
          TestClients.at(agent)
              .connectTimeout(TestClients.IMPATIENCE)
              .commandTimeout(TestClients.IMPATIENCE)
              .build());
  private final SerfClient patient = TestClients.open(agent);

  @AfterEach
  void closeAll() {
    impatient.close();
    patient.close();
    agent.close();
  }

  @Test
  void aHandshakeThatIsNotAnsweredTimesOut() {
    agent.once("handshake", Exchange::hang);
    assertThatThrownBy(impatient::members)
        .isInstanceOf(SerfTimeoutException.class)
        .hasMessageContaining("handshake")
        .hasMessageContaining("250 ms");
    assertThat(patient.members()).hasSize(1);
  }

  @Test
  void aCommandThatIsNotAnsweredTimesOutAndTheNextHasANewConnection() {
    agent.once("members", Exchange::hang);
    try (SerfClient hasty =
        SerfClient.open(TestClients.at(agent).commandTimeout(TestClients.HASTE).build())) {
      assertThatThrownBy(hasty::members)
          .isInstanceOfSatisfying(
              SerfTimeoutException.class, e -> assertThat(e.retrySafe()).isTrue());
      assertThat(hasty.members()).hasSize(1);
    }
    assertThat(agent.accepted()).isEqualTo(2);
    assertThat(agent.requests("members")).hasSize(2);
  }

  @Test
  void anEventWithoutAnAnswerIsNotSafeToRepeat() {
    agent.on("event", Exchange::hang);
    assertThatThrownBy(() -> impatient.event("deploy", Payload.EMPTY))
        .isInstanceOfSatisfying(
            SerfTimeoutException.class, e -> assertThat(e.retrySafe()).isFalse());
    assertThat(agent.requests("event")).hasSize(1);
  }

  @Test
  void aSteadyDripDoesNotKeepACommandAlive() {
    FakeMember[] many =
        IntStream.range(0, 2_000)
            .mapToObj(i -> FakeMember.named("n" + i))
            .toArray(FakeMember[]::new);
    agent.members(many);
    // Some 300 kB, each byte on its own and 0.1 ms after the one before.
    agent.once(
        "members",
        x ->
            x.drip(
                x.encode(
                    Wire.header(x.request().seq(), ""),
                    Wire.map("Members", List.of(many).stream().map(FakeMember::toMap).toList()))));
    assertThatThrownBy(impatient::members).isInstanceOf(SerfTimeoutException.class);
  }

  @Test
  void aSlowJoinDoesNotHoldUpMembers() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    agent.on(
        "join",
        x -> {
          x.await(release);
          x.proceed();
        });
    CompletableFuture<Integer> join = Async.supply(() -> patient.join(List.of("10.0.0.1"), false));
    agent.awaitRequest("join", 1);
    assertThat(patient.members()).hasSize(1);
    assertThat(join).isNotDone();
    release.countDown();
    assertThat(join.get(20, TimeUnit.SECONDS)).isEqualTo(1);
  }

  @Test
  void anInterruptEndsACommandAndStaysSet() throws Exception {
    agent.on("members", Exchange::hang);
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                patient.members();
                flag.completeExceptionally(new AssertionError("members were answered"));
              } catch (SerfInterruptedException e) {
                flag.complete(Thread.currentThread().isInterrupted());
              } catch (RuntimeException e) {
                flag.completeExceptionally(e);
              }
            });
    thread.start();
    agent.awaitRequest("members", 1);
    thread.interrupt();
    assertThat(flag.get(20, TimeUnit.SECONDS)).isTrue();
    agent.reset("members");
    assertThat(patient.members()).hasSize(1);
  }

  @Test
  void closingEndsWhatIsUnderWay() {
    agent.on("members", Exchange::hang);
    CompletableFuture<List<Member>> members = Async.supply(patient::members);
    agent.awaitRequest("members", 1);
    patient.close();
    assertThatThrownBy(() -> members.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(SerfClosedException.class);
    assertThatThrownBy(patient::stats).isInstanceOf(SerfClosedException.class);
    patient.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"handshake", "stream"})
  void closingEndsWhatIsOnlyBeginning(String step) {
    agent.on(step, Exchange::hang);
    CompletableFuture<EventStream> stream = Async.supply(() -> patient.stream(EventFilter.all()));
    CompletableFuture<List<Member>> members = Async.supply(patient::members);
    agent.awaitRequest("handshake", 2);
    agent.awaitRequest(step, 1);
    patient.close();
    assertThatThrownBy(() -> stream.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(SerfClosedException.class);
    if (step.equals("handshake")) {
      assertThatThrownBy(() -> members.get(20, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(SerfClosedException.class);
    }
  }

  @Test
  void closingEndsTheStreamsAndQueriesOfTheClientToo() {
    EventStream stream = patient.stream(EventFilter.all());
    LogStream log = patient.monitor(LogLevel.INFO);
    QueryStream query = patient.query(QueryRequest.of("q"));
    patient.close();
    assertThatThrownBy(stream::take).isInstanceOf(SerfClosedException.class);
    assertThatThrownBy(log::take).isInstanceOf(SerfClosedException.class);
    assertThatThrownBy(query::next).isInstanceOf(SerfClosedException.class);
    Awaitility.await().until(() -> agent.connected() == 0);
  }

  @Test
  void aStreamOfAnAgentThatDoesNotReadIsStillClosedInBoundedTime() {
    EventStream stream = patient.stream(EventFilter.all());
    agent.on("stop", Exchange::hang);
    stream.close();
    assertThatThrownBy(stream::take).isInstanceOf(SerfClosedException.class);
    // What was sent may still be on its way.
    Awaitility.await().untilAsserted(() -> assertThat(TestClients.stopped(agent)).hasSize(1));
  }
}
