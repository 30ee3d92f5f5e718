package io.github.serfhandler.app.commands.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.app.settings.BadValueException;
import io.github.serfhandler.config.ConfigUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of the options of these commands alone. */
class OptionTypesTest {
  @Test
  void readsVersions() throws Exception {
    assertThat(new VersionType().parse("0")).isZero();
    assertThat(new VersionType().parse("9007199254740991")).isEqualTo(ConfigUpdate.MAX_VERSION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.0", "9007199254740992", "99999999999999999999", "v1", "٣"})
  void refusesWhatIsNoVersion(String text) {
    assertThatThrownBy(() -> new VersionType().parse(text))
        .isInstanceOf(BadValueException.class)
        .hasMessage("is not a version; allowed is 0 to 9007199254740991");
  }

  @Test
  void readsNamesOfNodes() throws Exception {
    NodeNamesType type = new NodeNamesType();
    assertThat(type.parse(" node1,node2 ,,node1")).isEqualTo(List.of("node1", "node2"));
    assertThat(type.format(List.of("a", "b"))).isEqualTo("a,b");
  }

  @Test
  void readsTagsOneALine() throws Exception {
    TagsType type = new TagsType();
    assertThat(type.parse("role=^web$\nzone=a=b"))
        .isEqualTo(Map.of("role", "^web$", "zone", "a=b"));
    assertThat(type.format(Map.of("b", "2", "a", "1"))).isEqualTo("a=1\nb=2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"role", "=web", "role=(", "role=a\nrole=b"})
  void refusesWhatIsNoTag(String text) {
    assertThatThrownBy(() -> new TagsType().parse(text)).isInstanceOf(BadValueException.class);
  }

  @Test
  void countsWhatNarrowingTakesInAQuery() {
    assertThat(asked(List.of(), Map.of()).filterBytes()).isZero();
    assertThat(asked(List.of("node1"), Map.of("r", "w")).filterBytes()).isEqualTo(16 + 10 + 26);
    assertThat(asked(List.of("ä"), Map.of()).filterBytes()).isEqualTo(16 + 7);
  }

  private static Asked asked(List<String> nodes, Map<String, String> tags) {
    return new Asked(true, Optional.<Duration>empty(), nodes, tags);
  }
}
