package io.github.serfhandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Real agents that are killed, stopped, restarted and wedged under a client. */
class FaultsRealAgentIT {

  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  @Test
  void aKilledAgentEndsCommandsAndQueriesAndComesBack() throws Exception {
    SerfNode node = serf.start("victim");
    try (SerfClient client = TestClients.open(node)) {
      client.setTags(TagChange.none().set("a", "1"));
      QueryRequest request = QueryRequest.builder("q").timeout(Duration.ofMinutes(5)).build();
      QueryStream query = client.query(request);
      CompletableFuture<QueryResult> next = Async.supply(query::next);
      node.kill();
      assertThatThrownBy(() -> next.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(SerfConnectionException.class);
      assertThatThrownBy(client::members)
          .isInstanceOf(SerfConnectionException.class)
          .hasMessageContaining(node.rpcAddr());
      assertThatThrownBy(() -> client.event("e", Payload.EMPTY))
          .isInstanceOfSatisfying(
              SerfConnectionException.class, e -> assertThat(e.retrySafe()).isTrue());
      node.restart();
      client.event("e", Payload.EMPTY);
      client.setTags(TagChange.none().set("a", "2"));
      assertThat(client.stats().tags()).containsEntry("a", "2");
    }
  }

  @Test
  void aStreamOutlivesManyDeathsOfItsAgent() {
    SerfNode node = serf.start("phoenix");
    try (SerfClient client = TestClients.open(node)) {
      EventStream stream = client.stream(EventFilter.userEvents());
      for (int i = 0; i < 3; i++) {
        node.kill();
        node.restart();
        awaitEvent(stream, e -> e instanceof StreamGap);
        // Again and again, since the first ones may meet a stream that is not yet registered.
        Payload round = Payload.ofText("round " + i);
        Awaitility.await()
            .atMost(TestClients.PATIENCE)
            .until(
                () -> {
                  client.event("e", round);
                  return stream
                      .poll(TestClients.IMPATIENCE)
                      .filter(e -> e instanceof UserEvent user && user.payload().equals(round))
                      .isPresent();
                });
      }
    }
  }

  @Test
  void aStoppedAgentTimesOutAndAStreamOutlivesIt() {
    SerfNode node = serf.start("sleeper");
    SerfClientOptions hasty =
        TestClients.at(node)
            .connectTimeout(TestClients.IMPATIENCE)
            .commandTimeout(TestClients.IMPATIENCE)
            .build();
    try (SerfClient impatient = SerfClient.open(hasty);
        SerfClient patient = TestClients.open(node)) {
      EventStream stream = patient.stream(EventFilter.userEvents());
      Awaitility.await().ignoreExceptions().until(() -> impatient.members().size() == 1);
      node.pause();
      assertThatThrownBy(impatient::members).isInstanceOf(SerfTimeoutException.class);
      // A new connection is taken by the kernel, but nobody shakes hands.
      assertThatThrownBy(impatient::members)
          .isInstanceOf(SerfTimeoutException.class)
          .hasMessageContaining("handshake");
      assertThat(stream.connected()).isTrue();
      assertThat(stream.poll(Duration.ZERO)).isEqualTo(Optional.empty());
      node.resume();
      patient.event("awake", Payload.EMPTY);
      assertThat(take(stream))
          .isInstanceOfSatisfying(UserEvent.class, e -> assertThat(e.name()).isEqualTo("awake"));
      Awaitility.await().ignoreExceptions().until(() -> impatient.members().size() == 1);
    }
  }

  @Test
  void aClientOfAStoppedAgentClosesInBoundedTime() throws Exception {
    SerfNode node = serf.start("frozen");
    SerfClient client = TestClients.open(node);
    EventStream stream = client.stream(EventFilter.all());
    LogStream log = client.monitor(LogLevel.INFO);
    node.pause();
    CompletableFuture<List<Member>> members = Async.supply(client::members);
    Async.run(client::close).get(10, TimeUnit.SECONDS);
    assertThatThrownBy(() -> members.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(SerfClosedException.class);
    assertThatThrownBy(stream::take).isInstanceOf(SerfClosedException.class);
    assertThatThrownBy(log::take).isInstanceOf(SerfClosedException.class);
  }

  @Test
  void aFloodIsReadOrTheGapIsTold() {
    SerfNode node = serf.start("flooded");
    SerfClientOptions narrow = TestClients.at(node).queueCapacity(20).build();
    try (SerfClient client = SerfClient.open(narrow)) {
      EventStream stream = client.stream(EventFilter.userEvents());
      for (int i = 0; i < 200; i++) {
        client.event("flood" + i, Payload.EMPTY);
      }
      Awaitility.await().until(() -> stream.dropped() == 180);
      client.event("after", Payload.EMPTY);
      for (int i = 0; i < 20; i++) {
        String name = "flood" + i;
        assertThat(take(stream))
            .isInstanceOfSatisfying(UserEvent.class, e -> assertThat(e.name()).isEqualTo(name));
      }
      assertThat(take(stream)).isInstanceOf(StreamGap.class);
    }
  }

  @Test
  void aKeyStillOpensAfterARestart() {
    SerfNode node = serf.start(SerfOptions.named("locked").withAuthKey("one"));
    try (SerfClient right = SerfClient.open(TestClients.at(node).authKey("one").build())) {
      assertThat(right.members()).hasSize(1);
      node.restart();
      assertThat(right.members()).hasSize(1);
    }
    try (SerfClient wrong = SerfClient.open(TestClients.at(node).authKey("two").build())) {
      assertThatThrownBy(() -> wrong.stream(EventFilter.all()))
          .isInstanceOf(SerfAuthException.class);
    }
  }

  private static void awaitEvent(EventStream stream, Predicate<SerfEvent> wanted) {
    while (!wanted.test(take(stream))) {
      // Events of the round before.
    }
  }

  private static SerfEvent take(EventStream stream) {
    return stream
        .poll(TestClients.PATIENCE)
        .orElseThrow(() -> new AssertionError("no event within " + TestClients.PATIENCE));
  }
}
