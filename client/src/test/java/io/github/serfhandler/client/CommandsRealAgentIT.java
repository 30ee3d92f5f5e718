package io.github.serfhandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.client.SerfCommandException.Reason;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands that have an answer and nothing more, as real agents answer them. */
class CommandsRealAgentIT {

  private static final String ODD_VALUE = "a=b,c:d\t\"é\" ";

  @RegisterExtension static final SerfCluster serf = SerfCluster.create();
  private static SerfNode here;
  private static SerfNode there;
  private static SerfClient client;

  @BeforeAll
  static void startAgents() {
    List<SerfNode> nodes =
        serf.startJoined(
            List.of(
                SerfOptions.named("here").withTag("role", "web").withTag("odd", ODD_VALUE),
                SerfOptions.named("there").withTag("role", "webapp")));
    here = nodes.get(0);
    there = nodes.get(1);
    client = TestClients.open(here);
  }

  @AfterAll
  static void closeClient() {
    client.close();
  }

  @Test
  void membersShowWhatTheAgentsWereStartedWith() {
    List<Member> members =
        client.members().stream().sorted(Comparator.comparing(Member::name)).toList();
    assertThat(members).extracting(Member::name).containsExactly("here", "there");
    Member self = members.get(0);
    assertThat(self.tag("odd")).isEqualTo(ODD_VALUE);
    assertThat(self.tag("role")).isEqualTo("web");
    assertThat(self.addr()).isEqualTo(here.rpc().getAddress());
    assertThat(self.port()).isEqualTo(7946);
    assertThat(self.protocol().delegateMax()).isGreaterThanOrEqualTo(4);
    assertThat(members.get(1).addr()).isEqualTo(there.rpc().getAddress());
  }

  @Test
  void filtersAreAnchoredOnBothSidesWhateverTheExpression() {
    assertThat(namesFor(MemberFilter.all().tag("role", "web"))).containsExactly("here");
    assertThat(namesFor(MemberFilter.all().tag("role", "x|web"))).containsExactly("here");
    assertThat(namesFor(MemberFilter.all().tag("role", "web|x"))).containsExactly("here");
    assertThat(namesFor(MemberFilter.all().tag("role", "web.*"))).hasSize(2);
    assertThat(namesFor(MemberFilter.all().tag("odd", ""))).containsExactly("there");
    assertThat(namesFor(MemberFilter.all().name("her|ther"))).isEmpty();
    assertThat(namesFor(MemberFilter.all().name("(?i)HERE"))).containsExactly("here");
    assertThat(namesFor(MemberFilter.all().tag("odd", "\\Q" + ODD_VALUE + "\\E")))
        .containsExactly("here");
    assertThat(namesFor(MemberFilter.all().status(MemberStatus.LEFT, MemberStatus.NONE))).isEmpty();
    assertThat(namesFor(MemberFilter.alive().tag("role", "[w]eb").name("h.*")))
        .containsExactly("here");
  }

  @Test
  void anExpressionOfAnotherDialectEndsOneConnectionAndNoMore() {
    assertThatThrownBy(() -> client.members(MemberFilter.all().tag("role", "a{9999}")))
        .isInstanceOf(SerfConnectionException.class)
        .hasMessageContaining("regular expression");
    assertThat(client.members()).hasSize(2);
  }

  @Test
  void tagsFillTheirLimitExactly() {
    SerfNode node = serf.start("tags");
    try (SerfClient its = TestClients.open(node)) {
      // encodeTags in serf.go: a byte of magic, a map of one (1), the key (1 + 1), raw16 (3).
      int most = 512 - 1 - 1 - 2 - 3;
      its.setTags(TagChange.none().set("k", "x".repeat(most)));
      assertThat(its.stats().tags().get("k")).hasSize(most);
      assertThatThrownBy(() -> its.setTags(TagChange.none().set("k", "x".repeat(most + 1))))
          .isInstanceOfSatisfying(
              SerfCommandException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
      assertThat(its.members().get(0).tag("k")).hasSize(most);
      its.setTags(TagChange.none().delete("k").set("empty", "").set("ünïcödé", "✓"));
      assertThat(its.stats().tags()).isEqualTo(Map.of("empty", "", "ünïcödé", "✓"));
    }
  }

  @Test
  void tagsOfOneNodeArriveAtTheOthers() {
    client.setTags(TagChange.none().set("shared", "1"));
    try (SerfClient other = TestClients.open(there)) {
      Awaitility.await()
          .until(() -> other.members(MemberFilter.all().tag("shared", "1")).size() == 1);
    }
    client.setTags(TagChange.none().delete("shared"));
  }

  @Test
  void anEventMayFillItsLimitAndNoMore() {
    String name = "e".repeat(12);
    client.event(name, Payload.of(new byte[464]));
    assertThatThrownBy(() -> client.event(name, Payload.of(new byte[512])))
        .isInstanceOfSatisfying(
            SerfCommandException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
    client.event(name, Payload.EMPTY, true);
    assertThat(client.stats().eventTime()).isGreaterThan(1);
  }

  @Test
  void statsTellOfTheLocalNodeAlone() {
    AgentStats stats = client.stats();
    assertThat(stats.agentName()).isEqualTo("here");
    assertThat(stats.tags()).containsEntry("odd", ODD_VALUE);
    assertThat(stats.encrypted()).isFalse();
    assertThat(stats.healthScore()).isNotNegative();
    assertThat(stats.section("no such section")).isEmpty();
  }

  @Test
  void coordinatesAreKnownOfNodesThatWereSeen() {
    Awaitility.await()
        .atMost(TestClients.PATIENCE)
        .until(() -> client.coordinate("there").isPresent());
    Coordinate self = client.coordinate("here").orElseThrow();
    Coordinate other = client.coordinate("there").orElseThrow();
    assertThat(self.distanceTo(other)).isPositive();
    assertThat(client.coordinate("nobody")).isEmpty();
  }

  @Test
  void joiningCountsTheAddressesThatAnswered() {
    SerfNode a = serf.start("join-a");
    SerfNode b = serf.start("join-b");
    try (SerfClient its = TestClients.open(a)) {
      assertThat(its.join(List.of(b.gossipAddr(), "127.0.0.1:1"), false)).isEqualTo(1);
      a.awaitStatus(b, "alive");
      assertThatThrownBy(() -> its.join(List.of("no such host.invalid"), false))
          .isInstanceOfSatisfying(SerfJoinException.class, e -> assertThat(e.joined()).isZero());
      assertThat(its.members()).hasSize(2);
    }
  }

  @Test
  void forceLeaveTurnsFailedIntoLeftAndPruneForgets() {
    // One peer stays alive: without any the agent waits 5 s in vain to broadcast each time.
    List<SerfNode> nodes =
        serf.startJoined(
            IntStream.range(0, 3).mapToObj(i -> SerfOptions.named("force" + i)).toList());
    try (SerfClient its = TestClients.open(nodes.get(0))) {
      nodes.get(2).kill();
      nodes.get(0).awaitStatus(nodes.get(2), "failed");
      assertThat(its.stats().failed()).isEqualTo(1);
      its.forceLeave("never seen", true);
      its.forceLeave("force2", false);
      assertThat(its.members(MemberFilter.all().name("force2")))
          .extracting(Member::status)
          .containsExactly(MemberStatus.LEFT);
      assertThat(its.stats().left()).isEqualTo(1);
      its.forceLeave("force2", true);
      assertThat(its.members())
          .extracting(Member::name)
          .containsExactlyInAnyOrder("force0", "force1");
    }
  }

  @Test
  void leavingEndsTheAgentAndIsSeenByOthers() {
    List<SerfNode> pair =
        serf.startJoined(List.of(SerfOptions.named("leave-a"), SerfOptions.named("leave-b")));
    try (SerfClient leaver = TestClients.open(pair.get(1))) {
      leaver.leave();
      pair.get(1).awaitEnd();
      pair.get(0).awaitStatus(pair.get(1), "left");
      assertThatThrownBy(leaver::stats).isInstanceOf(SerfConnectionException.class);
    }
  }

  @Test
  void keysNeedEncryption() {
    assertThatThrownBy(client::listKeys)
        .isInstanceOfSatisfying(
            SerfKeyException.class, e -> assertThat(e.response().keys()).isEmpty());
    assertThatThrownBy(() -> client.installKey("bm90IGxvbmc="))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(client.members()).hasSize(2);
  }

  @Test
  void keysAreInstalledUsedAndRemovedEverywhere() {
    String first = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    String second = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    List<SerfNode> pair =
        serf.startJoined(
            List.of(
                SerfOptions.named("key-a").withEncryptKey(first),
                SerfOptions.named("key-b").withEncryptKey(first)));
    try (SerfClient its = TestClients.open(pair.get(0))) {
      assertThat(its.installKey(second).complete()).isTrue();
      assertThat(its.useKey(second).complete()).isTrue();
      assertThat(its.removeKey(first).complete()).isTrue();
      KeyResponse listed = its.listKeys();
      assertThat(listed.keys()).isEqualTo(Map.of(second, 2));
      assertThat(listed.toString()).doesNotContain(second);
      assertThatThrownBy(() -> its.removeKey(second))
          .isInstanceOf(SerfKeyException.class)
          .hasMessageNotContaining(second);
      assertThat(its.members()).hasSize(2);
    }
  }

  @Test
  void aKeyOpensAndNothingElseDoes() {
    SerfNode locked = serf.start(SerfOptions.named("locked").withAuthKey("open sesame"));
    try (SerfClient right =
        SerfClient.open(TestClients.at(locked).authKey("open sesame").build())) {
      right.setTags(TagChange.none().set("a", "b"));
      assertThat(right.members()).hasSize(1);
    }
    try (SerfClient wrong = SerfClient.open(TestClients.at(locked).authKey("other").build());
        SerfClient without = TestClients.open(locked);
        SerfClient needless = SerfClient.open(TestClients.at(here).authKey("other").build())) {
      assertThatThrownBy(wrong::members).isInstanceOf(SerfAuthException.class);
      assertThatThrownBy(() -> without.setTags(TagChange.none().set("x", "y")))
          .isInstanceOf(SerfAuthException.class);
      assertThatThrownBy(() -> without.stream(EventFilter.all()))
          .isInstanceOf(SerfAuthException.class);
      assertThatThrownBy(needless::members).isInstanceOf(SerfAuthException.class);
    }
  }

  private static List<String> namesFor(MemberFilter filter) {
    return client.members(filter).stream().map(Member::name).toList();
  }
}
