package io.github.serfhandler.app.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.cli.Cli;
import io.github.serfhandler.app.cli.Output;
import io.github.serfhandler.app.commands.Commands;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every help text to a golden file; {@code -Dregenerate} as in {@link ReferenceTest}. */
class HelpTest {
  private static final Path FOLDER =
      Path.of("src", "test", "resources", "io", "github", "serfhandler", "app", "help");

  static List<String> commands() {
    List<String> names = new ArrayList<>(new Commands().names());
    names.add("config");
    names.add("serf-handler");
    return names;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void printsTheGoldenText(String name) throws IOException {
    String help = name.equals("serf-handler") ? run("--help") : run((name + " --help").split(" "));
    Path golden = FOLDER.resolve(name.replace(' ', '-') + ".txt");
    if (System.getProperty("regenerate") != null) {
      Files.createDirectories(FOLDER);
      Files.writeString(golden, help);
    }
    assertThat(help).isEqualTo(Files.readString(golden));
  }

  @Test
  void fitsATerminalAndIsTheSameBothWays() {
    for (String name : new Commands().names()) {
      String help = run((name + " --help").split(" "));
      assertThat(run(("help " + name).split(" "))).isEqualTo(help);
      assertThat(help.lines()).allMatch(line -> line.length() <= 120);
    }
  }

  private static String run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Cli cli =
        new Cli(new Commands(), Map.of(), new Output(out), new Output(err), () -> "for a test");
    assertThat(cli.run(args)).isZero();
    assertThat(err.size()).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }
}
