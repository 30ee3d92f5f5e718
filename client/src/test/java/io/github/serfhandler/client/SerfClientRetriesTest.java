package io.github.serfhandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is sent again, and what never is. */
@Timeout(60)
class SerfClientRetriesTest {
  private final FakeAgent agent = FakeAgent.start();
  private final SerfClient client = TestClients.open(agent);

  @AfterEach
  void close() {
    client.close();
    agent.close();
  }

  @Test
  void readsOnceMoreWhenTheKeptConnectionDiedUnseen() {
    client.members();
    agent.once("members", x -> x.close());
    assertThat(client.members()).hasSize(1);
    assertThat(agent.requests("members")).hasSize(3);
    assertThat(agent.accepted()).isEqualTo(2);
  }

  @Test
  void readsNoThirdTime() {
    client.members();
    agent.on("members", x -> x.close());
    assertThatThrownBy(client::members)
        .isInstanceOfSatisfying(
            SerfConnectionException.class, e -> assertThat(e.retrySafe()).isTrue());
    assertThat(agent.requests("members")).hasSize(3);
  }

  @Test
  void doesNotReadAgainOnceAPartOfTheReplyCame() {
    client.members();
    agent.once("members", x -> x.truncate(x.encode(Wire.header(x.request().seq(), "")), 5));
    assertThatThrownBy(client::members).isInstanceOf(SerfConnectionException.class);
    assertThat(agent.requests("members")).hasSize(2);
  }

  @Test
  void neverSendsAnEventTwice() {
    client.event("e", Payload.EMPTY);
    agent.once("event", x -> x.close());
    assertThatThrownBy(() -> client.event("e", Payload.EMPTY))
        .isInstanceOfSatisfying(
            SerfConnectionException.class,
            e -> {
              assertThat(e.retrySafe()).isFalse();
              assertThat(e).hasMessageContaining("check before a retry");
            });
    assertThat(agent.requests("event")).hasSize(2);
  }

  @Test
  void sendsAnEventOverANewConnectionWhenTheKeptOneHasEnded() {
    client.event("e", Payload.EMPTY);
    agent.killConnections();
    Awaitility.await().until(() -> agent.connected() == 0);
    client.event("e", Payload.EMPTY);
    assertThat(agent.requests("event")).hasSize(2);
    assertThat(agent.accepted()).isEqualTo(2);
  }
}
