package io.github.serfhandler.converge;

import static io.github.serfhandler.converge.Simulation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsTest {
  /** How many send before the first is heard: so many on the average at most. */
  private static final double SENDERS = 4;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 100, 1000, 10_000, 100_000})
  void letsFewOfAnyNumberSpeakBeforeTheFirstIsHeard(int nodes) {
    Windows windows = windows(nodes, 7);
    double senders = 0;
    int rounds = Math.max(3, 2000 / nodes);
    for (int round = 0; round < rounds; round++) {
      long[] times = new long[nodes];
      for (int i = 0; i < nodes; i++) {
        times[i] = windows.among();
        assertThat(times[i]).isBetween(0L, windows.window());
      }
      long heard = Arrays.stream(times).min().orElseThrow() + windows.delay();
      senders += (double) Arrays.stream(times).filter(time -> time <= heard).count() / rounds;
    }
    assertThat(senders).isBetween(0.99, SENDERS);
  }

  @Test
  void growWithTheSquareOfTheLogarithm() {
    assertThat(windows(1, 1).imin()).isEqualTo(SECOND);
    assertThat(windows(6, 1).imin()).isBetween(SECOND, SECOND * 11 / 10);
    assertThat(windows(100, 1).imin()).isBetween(SECOND * 36 / 10, SECOND * 38 / 10);
    assertThat(windows(10_000, 1).imin()).isBetween(11 * SECOND, 12 * SECOND);
    assertThat(windows(Integer.MAX_VALUE, 1).imin()).isLessThan(30 * SECOND);
  }

  @Test
  void takeNonsenseForASmallFleet() {
    assertThat(windows(0, 1).imin()).isEqualTo(SECOND);
    assertThat(windows(-5, 1).among()).isBetween(0L, SECOND);
  }

  private static Windows windows(int nodes, long seed) {
    return new Windows(ConvergeSettings.DEFAULT, nodes, new SplittableRandom(seed));
  }
}
