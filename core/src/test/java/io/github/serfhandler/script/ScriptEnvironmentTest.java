package io.github.serfhandler.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.client.UserEvent;
import io.github.serfhandler.handler.Self;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ScriptEnvironmentTest {
  private static final Path CONF = Path.of("/conf");
  private static final Self SELF = Self.of("n1", Map.of("role", "web:db", "a.b-c", "ä=\"x\""));

  @Test
  void givesAUserEventWhatSerfGives() {
    assertThat(variables(new UserEvent(-1, "deploy", Payload.ofText("v2\n"), true)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "SERF_EVENT", "user",
                "SERF_SELF_NAME", "n1",
                "SERF_SELF_ROLE", "web:db",
                "SERF_TAG_ROLE", "web:db",
                "SERF_TAG_A_B_C", "ä=\"x\"",
                "SERF_USER_EVENT", "deploy",
                "SERF_USER_LTIME", "18446744073709551615",
                "SERF_HANDLER_CONF_DIR", "/conf",
                "SERF_HANDLER_PAYLOAD", "v2\n",
                "SERF_HANDLER_PAYLOAD_BASE64", "djIK"));
  }

  @Test
  void givesAQueryAndMembersWhatSerfGives() {
    assertThat(variables(new QueryEvent(1, 2, 3, "load", Payload.EMPTY)))
        .containsEntry("SERF_EVENT", "query")
        .containsEntry("SERF_QUERY_NAME", "load")
        .containsEntry("SERF_QUERY_LTIME", "3")
        .containsEntry("SERF_HANDLER_PAYLOAD", "")
        .containsEntry("SERF_HANDLER_PAYLOAD_BASE64", "")
        .doesNotContainKeys("SERF_USER_EVENT", "SERF_USER_LTIME", "SERF_HANDLER_MEMBERS");
    assertThat(variables(new MemberEvent(MemberEvent.Type.REAP, List.of())))
        .containsEntry("SERF_EVENT", "member-reap")
        .containsEntry("SERF_HANDLER_MEMBERS", "[]")
        .doesNotContainKeys("SERF_HANDLER_PAYLOAD", "SERF_HANDLER_PAYLOAD_BASE64");
  }

  @Test
  void givesAPayloadThatIsNoTextInBase64Alone() {
    for (byte[] bytes : List.of(new byte[] {'a', 0}, new byte[] {(byte) 0xc3}, new byte[] {-1})) {
      assertThat(variables(new UserEvent(1, "x", Payload.of(bytes), false)))
          .doesNotContainKey("SERF_HANDLER_PAYLOAD")
          .containsEntry("SERF_HANDLER_PAYLOAD_BASE64", Base64.getEncoder().encodeToString(bytes));
    }
    Payload limit = Payload.of(new byte[ScriptEnvironment.MAX_PAYLOAD]);
    assertThat(variables(new UserEvent(1, "x", limit, false)))
        .containsKey("SERF_HANDLER_PAYLOAD_BASE64");
    Payload over = Payload.of(new byte[ScriptEnvironment.MAX_PAYLOAD + 1]);
    assertThat(variables(new UserEvent(1, "x", over, false)))
        .doesNotContainKeys("SERF_HANDLER_PAYLOAD", "SERF_HANDLER_PAYLOAD_BASE64");
  }

  @Test
  void writesAMarkForANulSoThatNoNameTurnsIntoAnother() {
    assertThat(variables(new UserEvent(1, "dep\0loy", Payload.EMPTY, false)))
        .containsEntry("SERF_USER_EVENT", "dep\ufffdloy");
  }

  @Test
  void takesOutWhatAnotherEventLeftAndLeavesTheRest() {
    Map<String, String> inherited = new HashMap<>();
    inherited.put("PATH", "/bin");
    inherited.put("SERF_RPC_ADDR", "a:1");
    inherited.put("SERF_HANDLER_LOG_LEVEL", "debug");
    inherited.put("SERF_TAG_OLD", "x");
    inherited.put("SERF_QUERY_NAME", "old");
    inherited.put("SERF_QUERY_LTIME", "1");
    inherited.put("SERF_HANDLER_MEMBERS", "[]");
    inherited.put("SERF_SELF_NAME", "n1");
    Map<String, String> variables = variables(new UserEvent(1, "e", Payload.EMPTY, false));
    ScriptEnvironment.apply(inherited, variables);
    Map<String, String> expected = new HashMap<>(variables);
    expected.put("PATH", "/bin");
    expected.put("SERF_RPC_ADDR", "a:1");
    expected.put("SERF_HANDLER_LOG_LEVEL", "debug");
    assertThat(inherited).isEqualTo(expected);
  }

  @Test
  void givesTheSameWhereTheTagsCameFromSerfsEnvironment() {
    Self forked = Self.of("n1", Map.of("ROLE", "web:db", "A_B_C", "ä=\"x\""));
    SerfEvent event = new UserEvent(1, "e", Payload.EMPTY, false);
    assertThat(ScriptEnvironment.variables(event, forked, CONF, null)).isEqualTo(variables(event));
  }

  @Test
  void takesTheLastByNameOfTwoTagsWithOneVariable() {
    Self self = Self.of("n1", Map.of("a.b", "1", "a_b", "3", "a/b", "2"));
    assertThat(
            ScriptEnvironment.variables(
                new UserEvent(1, "e", Payload.EMPTY, false), self, CONF, null))
        .containsEntry("SERF_TAG_A_B", "3");
  }

  /** {@code sanitizeTagRegexp} over {@code strings.ToUpper}, which maps character by character. */
  @Property
  void namesTagsAsSerfsExpressionDoes(@ForAll("names") String tag) {
    String upper =
        tag.codePoints()
            .map(Character::toUpperCase)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    assertThat(Self.environmentName(tag)).isEqualTo(upper.replaceAll("[^A-Z0-9_]", "_"));
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings()
        .ascii()
        .withChars('ß', 'ı', 'ſ', 'ä', 'ﬁ', 'ŉ', '\u00e9', '٣')
        .ofMaxLength(12)
        .map(text -> text + (text.length() % 3 == 0 ? "\ud83d\ude00" : ""));
  }

  private static Map<String, String> variables(SerfEvent event) {
    String members = event instanceof MemberEvent ? "[]" : null;
    return ScriptEnvironment.variables(event, SELF, CONF, members);
  }
}
