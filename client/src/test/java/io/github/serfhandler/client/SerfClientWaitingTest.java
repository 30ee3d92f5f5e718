package io.github.serfhandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callers that wait: time limits, interrupts, many at once, the end of the client. */
@Timeout(60)
class SerfClientWaitingTest {
  private final FakeAgent agent = FakeAgent.start();
  private final SerfClient client = TestClients.open(agent);

  @AfterEach
  void close() {
    client.close();
    agent.close();
  }

  @Test
  void timesOutHoweverSlowlyTheReplyDrips() {
    agent.on("members", x -> x.drip(x.encode(Wire.header(1, "x".repeat(100_000)))));
    try (SerfClient hasty = hasty()) {
      assertThatThrownBy(hasty::members)
          .isInstanceOf(SerfTimeoutException.class)
          .hasMessageContaining("'members'")
          .hasMessageContaining("within 3 s")
          .hasMessageContaining(agent.rpcAddr());
    }
  }

  @Test
  void takesALateReplyForNoOtherCommand() {
    CountDownLatch late = new CountDownLatch(1);
    agent.once(
        "stats",
        x -> {
          x.await(late);
          x.proceed();
        });
    try (SerfClient hasty = hasty()) {
      assertThatThrownBy(hasty::stats).isInstanceOf(SerfTimeoutException.class);
      late.countDown();
      assertThat(hasty.members()).hasSize(1);
    }
  }

  @Test
  void letsAnInterruptedCallerGo() throws InterruptedException {
    agent.on("members", x -> x.hang());
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    CountDownLatch flagged = new CountDownLatch(1);
    Thread caller =
        new Thread(
            () -> {
              try {
                client.members();
              } catch (SerfException e) {
                thrown.set(e);
              }
              if (Thread.currentThread().isInterrupted()) {
                flagged.countDown();
              }
            });
    caller.start();
    agent.awaitRequest("members", 1);
    caller.interrupt();
    assertThat(flagged.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(thrown.get()).isInstanceOf(SerfInterruptedException.class);
    caller.join();
  }

  @Test
  void sendsNothingForAThreadThatIsInterruptedAlready() {
    client.members();
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(client::members)
          .isInstanceOfSatisfying(
              SerfInterruptedException.class, e -> assertThat(e.retrySafe()).isTrue());
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(agent.requests("members")).hasSize(1);
  }

  @Test
  void doesNotLetASlowJoinHoldUpMembers() {
    CountDownLatch joined = new CountDownLatch(1);
    agent.once(
        "join",
        x -> {
          x.await(joined);
          x.proceed();
        });
    CompletableFuture<Integer> join = Async.supply(() -> client.join(List.of("a"), false));
    agent.awaitRequest("join", 1);
    assertThat(client.members()).hasSize(1);
    joined.countDown();
    assertThat(join.join()).isEqualTo(1);
  }

  @Test
  void servesManyThreadsAtOnce() {
    List<CompletableFuture<Void>> callers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String node = "node" + i;
      callers.add(Async.run(() -> callEverything(node)));
    }
    callers.forEach(CompletableFuture::join);
    assertThat(agent.accepted()).isEqualTo(2);
  }

  private void callEverything(String node) {
    for (int i = 0; i < 50; i++) {
      assertThat(client.stats().agentName()).isEqualTo("fake");
      assertThat(client.members()).hasSize(1);
      assertThat(client.coordinate(node)).isEmpty();
      assertThat(client.join(List.of(node, node), false)).isEqualTo(2);
    }
  }

  @Test
  void endsACommandUnderWayWhenItIsClosed() {
    agent.on("members", x -> x.hang());
    CompletableFuture<List<Member>> members = Async.supply(client::members);
    agent.awaitRequest("members", 1);
    client.close();
    assertThatThrownBy(members::join).hasCauseInstanceOf(SerfClosedException.class);
    assertThatThrownBy(client::stats).isInstanceOf(SerfClosedException.class);
    assertThatThrownBy(() -> client.stream(EventFilter.all()))
        .isInstanceOf(SerfClosedException.class);
    client.close();
  }

  private SerfClient hasty() {
    return SerfClient.connect(TestClients.at(agent).commandTimeout(TestClients.HASTE).build());
  }
}
