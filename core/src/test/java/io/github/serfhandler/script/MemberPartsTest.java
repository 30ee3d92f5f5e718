package io.github.serfhandler.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.ProtocolVersions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class MemberPartsTest {
  @Test
  void writesTheLinesThatSerfWrites() {
    List<Member> members =
        List.of(
            Events.member("a\tb\nc", Map.of("role", "w\te\nb", "x", "1,2=3")),
            Events.member("plain", Map.of()),
            new Member("none", null, 0, Map.of(), MemberStatus.NONE, ProtocolVersions.UNKNOWN),
            new Member(
                "six",
                Events.address("fe80:0:0:0:1:0:0:1"),
                1,
                Map.of("b", "2", "a", "1"),
                MemberStatus.LEFT,
                ProtocolVersions.UNKNOWN));
    List<MemberParts.Part> parts = MemberParts.of(members);
    assertThat(parts).hasSize(1);
    assertThat(parts.get(0).lines().text())
        .isEqualTo(
            "a\\tb\\nc\t127.0.0.2\tw\\te\\nb\trole=w\\te\\nb,x=1,2=3\n"
                + "plain\t127.0.0.2\t\t\n"
                + "none\t<nil>\t\t\n"
                + "six\tfe80::1:0:0:1\t\ta=1,b=2\n");
    assertThat(parts.get(0).json())
        .endsWith(
            ",{\"addr\":null,\"name\":\"none\",\"port\":0,\"status\":\"none\",\"tags\":{}},"
                + "{\"addr\":\"fe80::1:0:0:1\",\"name\":\"six\",\"port\":1,\"status\":\"left\","
                + "\"tags\":{\"a\":\"1\",\"b\":\"2\"}}]");
  }

  @Test
  void runsOnceForNoMembers() {
    assertThat(MemberParts.of(List.of()))
        .singleElement()
        .satisfies(
            part -> {
              assertThat(part.lines().isEmpty()).isTrue();
              assertThat(part.json()).isEqualTo("[]");
            });
  }

  @Test
  void cutsManyMembersSuchThatEachPartFitsAVariableAndNoneIsLost() {
    List<Member> members = Events.members(10_000);
    List<MemberParts.Part> parts = MemberParts.of(members);
    assertThat(parts).hasSizeGreaterThan(10);
    List<String> told = new ArrayList<>();
    int lines = 0;
    for (MemberParts.Part part : parts) {
      String json = part.json();
      assertThat(json).isNotNull();
      assertThat(String.valueOf(json).getBytes(StandardCharsets.UTF_8).length)
          .isLessThanOrEqualTo(MemberParts.MAX_JSON);
      List<String> names = names(json);
      told.addAll(names);
      assertThat(part.lines().text().lines().count()).isEqualTo(names.size());
      lines += names.size();
    }
    assertThat(lines).isEqualTo(10_000);
    assertThat(told).isEqualTo(members.stream().map(Member::name).toList());
    assertThat(parts.size()).isLessThan(40);
  }

  @Test
  void givesAMemberThatIsTooLongNoVariableAndTheOthersTheirs() {
    Member large = Events.member("large", Map.of("t", "x".repeat(MemberParts.MAX_JSON)));
    List<MemberParts.Part> parts =
        MemberParts.of(List.of(Events.member("a", Map.of()), large, Events.member("b", Map.of())));
    assertThat(parts).hasSize(3);
    assertThat(parts.get(1).json()).isNull();
    assertThat(parts.get(1).lines().text()).startsWith("large\t");
    assertThat(names(parts.get(2).json())).containsExactly("b");
  }

  @Property(tries = 200)
  void writesJsonThatGivesEveryNameBack(@ForAll @Size(max = 5) List<String> names) {
    List<Member> members = new ArrayList<>();
    for (String name : names) {
      members.add(Events.member(name.replaceAll("[\\ud800-\\udfff]", "?"), Map.of("k", "v")));
    }
    assertThat(names(MemberParts.of(members).get(0).json()))
        .isEqualTo(members.stream().map(Member::name).toList());
  }

  /** JSON is YAML. */
  private static List<String> names(@Nullable String json) {
    List<String> names = new ArrayList<>();
    Object read = new Load(LoadSettings.builder().build()).loadFromString(String.valueOf(json));
    for (Object member : (List<?>) read) {
      names.add(String.valueOf(((Map<?, ?>) member).get("name")));
    }
    return names;
  }
}
