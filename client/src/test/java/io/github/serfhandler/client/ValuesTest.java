package io.github.serfhandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small immutable values of the API. */
class ValuesTest {

  @Test
  void payloadsCompareByContentAndCannotBeChanged() {
    byte[] bytes = {1, 2};
    Payload payload = Payload.of(bytes);
    bytes[0] = 9;
    payload.bytes()[1] = 9;
    assertThat(payload).isEqualTo(Payload.of(new byte[] {1, 2})).hasToString("2 bytes");
    assertThat(payload).hasSameHashCodeAs(Payload.of(new byte[] {1, 2}));
    assertThat(payload).isNotEqualTo(Payload.of(new byte[] {1}));
    assertThat(Payload.of(new byte[0])).isSameAs(Payload.EMPTY);
    assertThat(Payload.ofText("")).isSameAs(Payload.EMPTY);
    assertThat(Payload.ofText("\u00e4").size()).isEqualTo(2);
    assertThat(Payload.of(new byte[] {'a', -1}).text()).isEqualTo("a\ufffd");
  }

  @Test
  void optionsNeverShowTheAuthKey() {
    SerfClientOptions options =
        SerfClientOptions.builder().address("h", 1).authKey("s3cret").build();
    assertThat(options.toString()).contains("with an auth key").doesNotContain("s3cret");
    assertThat(options.authKey()).isEqualTo("s3cret");
    assertThat(SerfClientOptions.defaults().toString()).contains("127.0.0.1", "no auth key");
  }

  @Test
  void optionsHaveTheDocumentedDefaults() {
    SerfClientOptions options = SerfClientOptions.defaults();
    assertThat(options.address()).isEqualTo(InetSocketAddress.createUnresolved("127.0.0.1", 7373));
    assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(options.commandTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.queueCapacity()).isEqualTo(4096);
    assertThat(options.reconnect()).contains(Backoff.DEFAULT);
    assertThat(options.limits().frameBytes()).isEqualTo(64 << 20);
    assertThat(options.random().getAsDouble()).isBetween(0.0, 1.0);
    assertThat(SerfClientOptions.builder().noReconnect().build().reconnect()).isEmpty();
  }

  @Test
  void optionsRefuseWhatMakesNoSense() {
    SerfClientOptions.Builder builder = SerfClientOptions.builder();
    assertThatThrownBy(() -> builder.connectTimeout(Duration.ZERO))
        .hasMessageContaining("connectTimeout");
    assertThatThrownBy(() -> builder.commandTimeout(Duration.ofMillis(-1)))
        .hasMessageContaining("commandTimeout");
    assertThatThrownBy(() -> builder.queueCapacity(0)).hasMessageContaining("queueCapacity");
    assertThatThrownBy(() -> new DecodeLimits(0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void backsOffMoreAndMoreUpToItsMaximum() {
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), 0.5);
    assertThat(List.of(0, 1, 2, 3, 4, 1000))
        .extracting(attempt -> backoff.delay(attempt, () -> 0).toMillis())
        .containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L);
    assertThat(backoff.delay(1, () -> 0.5)).isEqualTo(Duration.ofMillis(150));
    assertThatThrownBy(() -> backoff.delay(-1, () -> 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), 1.1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a)(b", "(", ")", "a\\", "[ab", "\\Qopen", "(?:[)]"})
  void filtersRefuseExpressionsThatWouldBreakOutOfTheirGroup(String regex) {
    assertThatThrownBy(() -> MemberFilter.all().tag("role", regex))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tag role")
        .hasMessageEndingWith(regex);
    assertThatThrownBy(() -> QueryRequest.builder("q").filterTag("role", regex))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a|b",
        "(a)(b)",
        "\\(",
        "[(]",
        "[])]",
        "[^])]",
        "[\\])]",
        "[[:alpha:](]",
        "\\Q(\\E",
        "(?i)x",
        "\\\\"
      })
  void filtersAcceptSoundExpressions(String regex) {
    assertThat(MemberFilter.alive().name(regex).name()).isEqualTo(regex);
  }

  @Test
  void tagChangesAddUp() {
    TagChange change = TagChange.none().set("a", "1").set("b", "2").delete("c");
    assertThat(change.set()).isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(change.delete()).containsExactly("c");
    assertThatThrownBy(() -> change.delete("a")).hasMessageContaining("tag a");
    assertThatThrownBy(() -> TagChange.none().set("", "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eventFiltersAreWrittenAsSerfReadsThem() {
    assertThat(EventFilter.all()).hasToString("*");
    assertThat(EventFilter.memberEvents())
        .hasToString("member-join,member-leave,member-failed,member-update,member-reap");
    assertThat(EventFilter.userEvents("a").or(EventFilter.userEvents()).or(EventFilter.queries()))
        .hasToString("user:a,user,query");
    assertThat(EventFilter.all()).isEqualTo(EventFilter.all()).isNotEqualTo(EventFilter.queries());
    assertThatThrownBy(() -> EventFilter.queries("a,b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EventFilter.memberEvents(new MemberEvent.Type[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void queriesRefuseWhatTheAgentWouldNotUnderstand() {
    QueryRequest.Builder builder = QueryRequest.builder("q");
    assertThatThrownBy(() -> QueryRequest.builder("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.relayFactor(256)).hasMessageContaining("256");
    assertThatThrownBy(() -> builder.timeout(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.timeout(Duration.ofDays(2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(builder.end(QueryEnd.ACKS).build().requestAck()).isTrue();
  }

  @Test
  void statsTellWhatIsMissingOrNoNumber() {
    AgentStats none = new AgentStats(Map.of());
    assertThat(none.members()).isEqualTo(-1);
    assertThat(none.agentName()).isEmpty();
    assertThat(none.encrypted()).isFalse();
    AgentStats odd = new AgentStats(Map.of("serf", Map.of("failed", "many", "left", "3")));
    assertThat(odd.failed()).isEqualTo(-1);
    assertThat(odd.left()).isEqualTo(3);
  }

  @Test
  void coordinatesHaveDistances() {
    Coordinate here = new Coordinate(List.of(0.0, 0.0), 1, 0, 0.001);
    Coordinate there = new Coordinate(List.of(0.003, 0.004), 1, 0.001, 0.001);
    assertThat(here.distanceTo(there)).isEqualTo(Duration.ofMillis(8));
    Coordinate overAdjusted = new Coordinate(List.of(0.0, 0.0), 1, -1, 0.001);
    assertThat(here.distanceTo(overAdjusted)).isEqualTo(Duration.ofMillis(2));
    assertThatThrownBy(() -> here.distanceTo(new Coordinate(List.of(), 1, 0, 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keyResponsesShowNoKeys() {
    KeyResponse response = new KeyResponse(Map.of("n1", "no"), Map.of("c2VjcmV0", 2), 2, 2, 1);
    assertThat(response.toString()).contains("n1=no").doesNotContain("c2VjcmV0");
    assertThat(response.complete()).isFalse();
    assertThat(new KeyResponse(Map.of(), Map.of(), 2, 2, 0).complete()).isTrue();
  }

  @Test
  void unknownWordsHaveNoMeaning() {
    assertThat(MemberStatus.ofWord("confused")).isEqualTo(MemberStatus.NONE);
    assertThat(MemberEvent.Type.ofWord("member-promoted")).isNull();
    assertThat(MemberEvent.Type.ofWord("member-reap")).isEqualTo(MemberEvent.Type.REAP);
  }
}
