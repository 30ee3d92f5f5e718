package io.github.serfhandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.FakeMember;
import io.github.serfhandler.testkit.Wire;
import io.github.serfhandler.testkit.WireFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the commands send and how their replies are read. */
@Timeout(60)
class SerfClientTest {
  private final FakeAgent agent = FakeAgent.start();
  private final SerfClient client = TestClients.open(agent);

  @AfterEach
  void close() {
    client.close();
    agent.close();
  }

  @Test
  void connectsAtTheFirstCommandOnly() {
    assertThat(agent.accepted()).isZero();
    client.members();
    client.stats();
    assertThat(agent.accepted()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(WireFormat.class)
  void readsMembersInWhateverFormatTheyCome(WireFormat format) {
    agent.format(format);
    agent.members(
        FakeMember.named("n\u00f61").withAddr("10.0.0.1").withTag("role", "web:db"),
        FakeMember.named("n2").withAddr("::1").withStatus("failed"));
    assertThat(client.members())
        .extracting(Member::name, m -> m.tag("role"), Member::status)
        .containsExactlyInAnyOrder(
            tuple("n\u00f61", "web:db", MemberStatus.ALIVE), tuple("n2", "", MemberStatus.FAILED));
  }

  @Test
  void sendsWhatAnAgentUnderstands() {
    client.event("deploy", Payload.ofText("v1"), true);
    assertThat(agent.requests("event").get(0).body())
        .containsEntry("Name", "deploy")
        .containsEntry("Coalesce", true);
    client.setTags(TagChange.none().set("a", "1").delete("b"));
    assertThat(agent.requests("tags").get(0).body())
        .isEqualTo(Map.of("Tags", Map.of("a", "1"), "DeleteTags", List.of("b")));
    client.forceLeave("gone", true);
    assertThat(agent.requests("force-leave").get(0).body())
        .isEqualTo(Map.of("Node", "gone", "Prune", true));
    assertThat(client.join(List.of("a", "b"), true)).isEqualTo(2);
    assertThat(agent.requests("join").get(0).body())
        .isEqualTo(Map.of("Existing", List.of("a", "b"), "Replay", true));
    client.members(
        MemberFilter.all()
            .name("n1|n2")
            .tag("role", "web|db")
            .status(MemberStatus.LEFT, MemberStatus.ALIVE));
    assertThat(agent.requests("members-filtered").get(0).body())
        .isEqualTo(
            Map.of(
                "Tags",
                Map.of("role", "(?:web|db)"),
                "Status",
                "(?:alive|left)",
                "Name",
                "(?:n1|n2)"));
    assertThat(client.coordinate("fake")).isPresent();
    assertThat(client.coordinate("nobody")).isEmpty();
    assertThat(client.listKeys().keys()).hasSize(1);
  }

  @Test
  void checksArgumentsBeforeAnythingIsSent() {
    assertThatThrownBy(() -> client.event("", Payload.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> client.event("e", Payload.of(new byte[70_000])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65536");
    assertThatThrownBy(() -> client.join(List.of(), false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> client.installKey("c2hvcnQ="))
        .hasMessage("a key has 16, 24 or 32 bytes, this one 5");
    assertThatThrownBy(() -> client.useKey("%secret%"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
    assertThat(agent.requests("event")).isEmpty();
    assertThat(client.members()).hasSize(1);
  }

  @Test
  void keepsTheConnectionWhenTheAgentRefuses() {
    agent.once("event", x -> x.error("boom\n\tand \u001b[31mmore"));
    assertThatThrownBy(() -> client.event("e", Payload.EMPTY))
        .isInstanceOfSatisfying(
            SerfCommandException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(SerfCommandException.Reason.OTHER);
              assertThat(e.agentText()).isEqualTo("boom; and \\u001b[31mmore");
              assertThat(e.retrySafe()).isFalse();
            });
    client.event("e", Payload.EMPTY);
    assertThat(agent.accepted()).isEqualTo(1);
  }

  @Test
  void keepsInStepWithErrorsThatHaveABody() {
    agent.once(
        "join", x -> x.error("2 errors occurred:\n\t* a: no\n\t* b: no\n\n", Wire.map("Num", 1)));
    assertThatThrownBy(() -> client.join(List.of("a", "b"), false))
        .isInstanceOfSatisfying(
            SerfJoinException.class,
            e -> {
              assertThat(e.joined()).isEqualTo(1);
              assertThat(e.lines()).containsExactly("a: no", "b: no");
              assertThat(e).hasMessageContaining("(2 errors occurred: a: no; b: no)");
            });
    agent.once(
        "list-keys",
        x ->
            x.error(
                "1/2 nodes reported failure",
                Wire.map("Messages", Wire.map("n2", "no\nring"), "NumNodes", 2, "NumErr", 1)));
    assertThatThrownBy(client::listKeys)
        .isInstanceOfSatisfying(
            SerfKeyException.class,
            e -> {
              assertThat(e.response().messages()).containsEntry("n2", "no\nring");
              assertThat(e).hasMessageEndingWith("n2: no; ring");
              assertThat(e.reason()).isEqualTo(SerfCommandException.Reason.NODES_FAILED);
            });
    assertThat(client.join(List.of("a"), false)).isEqualTo(1);
    assertThat(agent.accepted()).isEqualTo(1);
  }

  @Test
  void closesTheConnectionWhenTheAgentWantsAKey() {
    agent.authKey("right");
    assertThatThrownBy(() -> client.join(List.of("a"), false))
        .isInstanceOf(SerfAuthException.class);
    agent.authKey(null);
    assertThat(client.join(List.of("a"), false)).isEqualTo(1);
  }
}
