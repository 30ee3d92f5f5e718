package io.github.serfhandler.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgramTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void refusesWhatCanNotBeRun() {
    assertThatThrownBy(() -> Program.of(List.of(), SECOND)).hasMessageContaining("nothing to run");
    assertThatThrownBy(() -> Program.of(List.of(" "), SECOND))
        .hasMessageContaining("nothing to run");
    assertThatThrownBy(() -> Program.of(List.of("a", "b\0"), SECOND)).hasMessageContaining("NUL");
    assertThatThrownBy(() -> Program.of(List.of("a"), Duration.ZERO))
        .hasMessageContaining("timeout");
    Program program = Program.of(List.of("a"), SECOND);
    assertThatThrownBy(() -> program.with(Map.of("A=B", ""))).hasMessageContaining("holds no =");
    assertThatThrownBy(() -> program.with(Map.of("", ""))).hasMessageContaining("not empty");
    assertThatThrownBy(() -> program.with(Map.of("A", "\0"))).hasMessageContaining("NUL");
  }

  @Test
  void takesAnArgumentForAPlaceholderOnlyWhereItIsWhole() {
    Program program = Program.of(List.of("{}", "{}", "-f{}", "x"), SECOND).with("{}", "/file");
    assertThat(program.argv()).containsExactly("{}", "/file", "-f{}", "x");
  }

  @Test
  void addsVariablesAndKeepsTheRest() {
    Program program =
        new Program(
            List.of("a"), SECOND, Map.of("A", "1", "B", "2"), Optional.of(Path.of("/tmp/x")));
    Program more = program.with(Map.of("B", "3", "C", "4"));
    assertThat(more.environment()).isEqualTo(Map.of("A", "1", "B", "3", "C", "4"));
    assertThat(more.directory()).isEqualTo(program.directory());
    assertThat(more.timeout()).isEqualTo(SECOND);
  }

  @Test
  void doesNotChangeWithWhatItWasMadeOf() {
    List<String> argv = new ArrayList<>(List.of("a"));
    Program program = Program.of(argv, SECOND);
    argv.add("b");
    assertThat(program.argv()).containsExactly("a");
  }

  @Test
  void keepsArgumentsAndVariablesToItself() {
    Program program = Program.of(List.of("a", "secret"), SECOND).with(Map.of("A", "secret"));
    assertThat(program).hasToString("a");
  }
}
