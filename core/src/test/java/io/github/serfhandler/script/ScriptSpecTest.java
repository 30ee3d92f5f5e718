package io.github.serfhandler.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.client.EventFilter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptSpecTest {
  /** The first three are those of Serf's own documentation. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "handler.sh;*;handler.sh",
        "member-join=handler.sh;member-join;handler.sh",
        "user:deploy=foo.sh;user:deploy;foo.sh",
        "query:load,member-leave=uptime;query:load,member-leave;uptime",
        "=handler.sh;*;handler.sh",
        "user=A=b handler.sh;user;A=b handler.sh",
        "*=echo a=b, c;*;echo a=b, c",
        "user:=x;user;x"
      })
  void readsSerfsLines(String line, String filter, String script) {
    ScriptSpec spec = ScriptSpec.parse(line);
    assertThat(spec.on()).hasToString(filter);
    assertThat(spec.argv()).containsExactly("/bin/sh", "-c", script);
    assertThat(spec.shellText()).contains(script);
    assertThat(spec.role()).isEqualTo("default");
    assertThat(spec.timeout()).isEmpty();
    assertThat(spec.dir()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "user:deploy=",
        "user:deploy= ",
        "deploy=x",
        "A=b x",
        "a\0b",
        "user, x=y"
      })
  void refusesWhatCanNotBeRun(String line) {
    assertThatThrownBy(() -> ScriptSpec.parse(line)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysHowToWriteAScriptThatBeginsWithAVariable() {
    assertThatThrownBy(() -> ScriptSpec.parse("FOO=bar /x/a.sh")).hasMessageContaining("write *=");
  }

  @Test
  void refusesRolesTimeoutsAndArgumentsThatCanNotBe() {
    EventFilter on = EventFilter.all();
    List<String> run = List.of("/x");
    Optional<Duration> none = Optional.empty();
    for (String role : List.of("", " ", "a:b")) {
      assertThatThrownBy(() -> new ScriptSpec(role, on, run, none, Optional.empty(), ""))
          .hasMessageContaining("role");
    }
    for (List<String> argv : List.of(List.<String>of(), List.of(" "), List.of("a", "b\0"))) {
      assertThatThrownBy(() -> ScriptSpec.of(on, argv))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> new ScriptSpec("a", on, run, Optional.of(Duration.ZERO), Optional.empty(), ""))
        .hasMessageContaining("timeout");
  }

  @Test
  void isCalledAsSerfsLineInOneShortLine() {
    assertThat(ScriptSpec.parse("/x/all.sh").name()).isEqualTo("/x/all.sh");
    assertThat(ScriptSpec.parse("user:a=cd /x\nmake").name()).isEqualTo("user:a=cd /x make");
    assertThat(ScriptSpec.of(EventFilter.queries(), List.of("/x", "-v")).name())
        .isEqualTo("query=/x -v");
    assertThat(ScriptSpec.parse("x".repeat(500)).name()).hasSize(80).endsWith("x...");
    assertThat(ScriptSpec.parse("echo \u001b[31m\u202e").name()).isEqualTo("echo  [31m ");
  }
}
