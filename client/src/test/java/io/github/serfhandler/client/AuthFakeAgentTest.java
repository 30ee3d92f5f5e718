package io.github.serfhandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.Records;
import io.github.serfhandler.testkit.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Agents that want a key, and clients that have another one or none. */
class AuthFakeAgentTest {

  private static final String KEY = "open sesame";

  private final FakeAgent agent = FakeAgent.start().authKey(KEY);

  @AfterEach
  void closeAgent() {
    agent.close();
  }

  @Test
  void theKeyFollowsTheHandshakeAtOnce() {
    try (SerfClient client = withKey(KEY)) {
      assertThat(client.members()).hasSize(1);
      client.event("deploy", Payload.EMPTY);
      client.setTags(TagChange.none().set("a", "b"));
    }
    assertThat(agent.requests())
        .extracting(Request::command)
        .containsExactly("handshake", "auth", "members", "event", "handshake", "auth", "tags");
  }

  @Test
  void aWrongKeyIsAnAuthErrorThatDoesNotShowIt() {
    try (SerfClient client = withKey("hunter2")) {
      for (int i = 1; i <= 2; i++) {
        assertThatThrownBy(client::members)
            .isInstanceOf(SerfAuthException.class)
            .hasMessageContaining(agent.rpcAddr())
            .hasMessageNotContainingAny("hunter2", KEY);
        assertThat(agent.accepted()).isEqualTo(i);
      }
      agent.authKey("hunter2");
      assertThat(client.members()).hasSize(1);
    }
  }

  @Test
  void aMissingKeyIsAnAuthErrorAndLeavesNothingOutOfStep() {
    try (SerfClient client = withKey("")) {
      // The agent reads the body of this as one more request, and answers that, too.
      assertThatThrownBy(() -> client.setTags(TagChange.none().set("a", "b")))
          .isInstanceOf(SerfAuthException.class);
      assertThatThrownBy(() -> client.event("deploy", Payload.ofText("x")))
          .isInstanceOf(SerfAuthException.class);
      assertThatThrownBy(client::members).isInstanceOf(SerfAuthException.class);
      assertThatThrownBy(() -> client.query(QueryRequest.of("q")))
          .isInstanceOf(SerfAuthException.class);
      assertThatThrownBy(() -> client.stream(EventFilter.all()))
          .isInstanceOf(SerfAuthException.class);
      assertThatThrownBy(() -> client.monitor(LogLevel.INFO)).isInstanceOf(SerfAuthException.class);
      agent.authKey(null);
      client.setTags(TagChange.none().set("a", "b"));
      assertThat(client.stats().tags()).containsEntry("a", "b");
    }
  }

  @Test
  void aKeyForAnAgentWithoutOneIsRefused() {
    agent.authKey(null);
    try (SerfClient client = withKey(KEY)) {
      assertThatThrownBy(client::members).isInstanceOf(SerfAuthException.class);
    }
  }

  @Test
  void aStreamEndsWhenTheAgentComesBackWithAnotherKey() {
    try (SerfClient client = withKey(KEY);
        EventStream stream = client.stream(EventFilter.userEvents())) {
      agent.awaitStream("stream").send(Records.user(1, "before", new byte[0]));
      assertThat(stream.take()).isInstanceOf(UserEvent.class);
      agent.authKey("another");
      agent.killConnections();
      assertThatThrownBy(
              () -> {
                while (true) {
                  stream.take();
                }
              })
          .isInstanceOf(SerfAuthException.class);
      assertThat(stream.connected()).isFalse();
    }
  }

  private SerfClient withKey(String key) {
    return SerfClient.open(TestClients.at(agent).authKey(key).build());
  }
}
