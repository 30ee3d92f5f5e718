package io.github.serfhandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.client.SerfCommandException.Reason;
import io.github.serfhandler.testkit.Exchange;
import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.Wire;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Agents that go away, come back, and refuse. */
class RetriesFakeAgentTest {

  private final FakeAgent agent = FakeAgent.start();
  private final SerfClient client = TestClients.open(agent);

  @AfterEach
  void closeBoth() {
    client.close();
    agent.close();
  }

  @Test
  void anAbsentAgentIsNamedWithTheRemedy() {
    agent.stop();
    assertThatThrownBy(client::members)
        .isInstanceOfSatisfying(
            SerfConnectionException.class, e -> assertThat(e.retrySafe()).isTrue())
        .hasMessageContaining(agent.rpcAddr())
        .hasMessageContaining("start it there")
        .hasMessageNotContaining("\n");
  }

  @Test
  void readsAreRepeatedOnceAfterARestartOfTheAgent() {
    assertThat(client.members()).hasSize(1);
    restartUnseen();
    assertThat(client.members()).hasSize(1);
    assertThat(agent.accepted()).isEqualTo(2);
  }

  @Test
  void changesAfterARestartAreSentOnceAndArrive() {
    client.event("first", Payload.EMPTY);
    client.setTags(TagChange.none().set("a", "1"));
    restartUnseen();
    client.event("second", Payload.EMPTY);
    client.setTags(TagChange.none().set("a", "2"));
    assertThat(agent.requests("event")).hasSize(2);
    assertThat(agent.requests("tags")).hasSize(2);
  }

  @Test
  void aReadThatIsNeverAnsweredIsRepeatedNoMoreThanOnce() {
    client.stats();
    agent.on("members", Exchange::close);
    assertThatThrownBy(client::members).isInstanceOf(SerfConnectionException.class);
    assertThat(agent.requests("members")).hasSize(2);
    assertThatThrownBy(client::members).isInstanceOf(SerfConnectionException.class);
    assertThat(agent.requests("members")).hasSize(3);
  }

  @Test
  void aReadWhoseAnswerHadBegunIsNotRepeated() {
    client.stats();
    agent.on("members", x -> x.truncate(x.encode(Wire.header(x.request().seq(), "")), 3));
    assertThatThrownBy(client::members).isInstanceOf(SerfConnectionException.class);
    assertThat(agent.requests("members")).hasSize(1);
  }

  @Test
  void changesAreNeverSentTwice() {
    client.stats();
    agent.on("event", Exchange::close);
    assertThatThrownBy(() -> client.event("deploy", Payload.EMPTY))
        .isInstanceOfSatisfying(
            SerfConnectionException.class, e -> assertThat(e.retrySafe()).isFalse());
    assertThat(agent.requests("event")).hasSize(1);
    agent.on("force-leave", Exchange::close);
    assertThatThrownBy(() -> client.forceLeave("n", false))
        .isInstanceOfSatisfying(
            SerfConnectionException.class, e -> assertThat(e.retrySafe()).isFalse());
    assertThat(agent.requests("force-leave")).hasSize(1);
    agent.on("tags", Exchange::close);
    assertThatThrownBy(() -> client.setTags(TagChange.none().set("a", "b")))
        .isInstanceOfSatisfying(
            SerfConnectionException.class, e -> assertThat(e.retrySafe()).isTrue());
    assertThat(agent.requests("tags")).hasSize(1);
  }

  @Test
  void aConnectionThatEndsAtOnceIsNoAnswer() {
    agent.closeAtAccept(1);
    assertThatThrownBy(client::members).isInstanceOf(SerfConnectionException.class);
    assertThat(client.members()).hasSize(1);
  }

  @Test
  void aCommandThatTheAgentDoesNotHaveDoesNotHurtTheNext() {
    agent.on(
        "get-coordinate",
        x -> {
          x.error("Unsupported command");
          x.close();
        });
    assertThatThrownBy(() -> client.coordinate("a"))
        .isInstanceOfSatisfying(
            SerfCommandException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED));
    assertThat(client.members()).hasSize(1);
  }

  @Test
  void refusalsWithABodyLeaveTheConnectionInStep() {
    agent.once(
        "join",
        x ->
            x.error(
                "2 errors occurred:\n\t* Failed to join 10.0.0.1: dial\n\t* Failed to join x: no\n\n",
                Wire.map("Num", 0)));
    assertThatThrownBy(() -> client.join(List.of("10.0.0.1", "x"), false))
        .isInstanceOfSatisfying(
            SerfJoinException.class,
            e ->
                assertThat(e.lines())
                    .containsExactly("Failed to join 10.0.0.1: dial", "Failed to join x: no"))
        .hasMessageNotContaining("\n");
    agent.once(
        "list-keys",
        x ->
            x.error(
                "1/2 nodes reported success",
                Wire.map("Messages", Wire.map("b", "no keyring"), "NumNodes", 2, "NumResp", 1)));
    assertThatThrownBy(client::listKeys)
        .isInstanceOfSatisfying(
            SerfKeyException.class, e -> assertThat(e.response().nodes()).isEqualTo(2))
        .hasMessageContaining("no keyring");
    assertThat(client.join(List.of("10.0.0.1"), true)).isEqualTo(1);
    assertThat(agent.accepted()).isEqualTo(1);
  }

  @Test
  void whatTheAgentSaysIsMadeFitForOneLine() {
    agent.once("event", x -> x.error("bad\n\u001b[31mred\u001b[0m\r\nand \u202e more"));
    assertThatThrownBy(() -> client.event("deploy", Payload.EMPTY))
        .isInstanceOfSatisfying(
            SerfCommandException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER))
        .message()
        .doesNotContain("\n", "\r", "\u001b", "\u202e")
        .contains("and \\u202e more");
    assertThat(client.members()).hasSize(1);
    assertThat(agent.accepted()).isEqualTo(1);
  }

  @Test
  void aRequestThatNoAgentTakesIsNotSent() {
    assertThatThrownBy(() -> client.event("deploy", Payload.of(new byte[100_000])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> client.event("", Payload.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(agent.requests("event")).isEmpty();
    client.event("deploy", Payload.EMPTY);
    assertThat(agent.requests("event")).hasSize(1);
  }

  private void restartUnseen() {
    agent.stop();
    Awaitility.await().until(() -> agent.connected() == 0);
    agent.restart();
  }
}
