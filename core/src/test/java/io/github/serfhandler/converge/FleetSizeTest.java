package io.github.serfhandler.converge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds docs/convergence.csv, which docs/img/convergence.svg is drawn from, to the simulation, and
 * both to what the docs say: a change reaches all whatever is lost, within some rounds, and costs
 * the fleet some messages, with few nodes or with many.
 */
class FleetSizeTest {
  private static final Path FILE = Path.of("..", "docs", "convergence.csv");
  private static final String COMMAND =
      "mvn -q -pl core -am test -Dtest=FleetSizeTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dregenerate && scripts/convergence-plot";

  /** All sizes in the file. Those above 200 take most of a minute, so that only it knows them. */
  private static final int[] SIZES = {10, 20, 50, 100, 200, 500, 1000, 2000, 5000};

  /** Until all hold a change, in the worst run of any size. */
  private static final double ROUNDS = 6;

  /** Of the whole fleet in that time, in the worst run of any size. */
  private static final double MESSAGES = 60;

  /** Of the whole fleet in a minute in which nothing differs, with and without loss. */
  private static final double IDLE = 3;

  private static final double IDLE_LOSSY = 8;

  @BeforeAll
  static void regenerate() throws IOException {
    if (System.getProperty("regenerate") != null) {
      Stream<String> lines = IntStream.of(SIZES).mapToObj(nodes -> FleetSize.of(nodes).line());
      Files.writeString(
          FILE,
          Stream.concat(Stream.of(FleetSize.COLUMNS), lines)
              .collect(Collectors.joining("\n", "", "\n")));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20, 50, 100, 200})
  void theFileSaysWhatTheSimulationFinds(int nodes) throws IOException {
    assertThat(read()).as("Regenerate it: %s", COMMAND).contains(FleetSize.of(nodes).line());
  }

  @Test
  void noSizeTakesMoreRoundsOrCostsMoreMessages() throws IOException {
    List<String> lines = read();
    assertThat(lines).hasSize(1 + SIZES.length).first().isEqualTo(FleetSize.COLUMNS);
    for (int i = 0; i < SIZES.length; i++) {
      String line = lines.get(i + 1);
      double[] figures = Stream.of(line.split(",")).mapToDouble(Double::parseDouble).toArray();
      assertThat((int) figures[0]).isEqualTo(SIZES[i]);
      assertThat(figures[column("rounds_worst")]).as(line).isLessThanOrEqualTo(ROUNDS);
      assertThat(figures[column("messages_worst")]).as(line).isLessThanOrEqualTo(MESSAGES);
      assertThat(figures[column("idle_messages_per_minute")]).as(line).isLessThanOrEqualTo(IDLE);
      assertThat(figures[column("idle_messages_per_minute_lossy")])
          .as(line)
          .isLessThanOrEqualTo(IDLE_LOSSY);
    }
  }

  private static int column(String name) {
    return List.of(FleetSize.COLUMNS.split(",")).indexOf(name);
  }

  private static List<String> read() throws IOException {
    assertThat(FILE).as("Regenerate it: %s", COMMAND).exists();
    return Files.readAllLines(FILE);
  }
}
