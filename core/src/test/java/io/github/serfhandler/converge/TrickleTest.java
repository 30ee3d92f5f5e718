package io.github.serfhandler.converge;

import static io.github.serfhandler.converge.Simulation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrickleTest {
  private static final ConvergeSettings SETTINGS = ConvergeSettings.DEFAULT;

  private final Windows windows = new Windows(SETTINGS, 3, new SplittableRandom(1));
  private final Trickle trickle = new Trickle(SETTINGS, windows, 0);

  @Test
  void doublesTheIntervalUpToImax() {
    long[] seconds = {1, 2, 4, 8, 16, 32, 60, 60};
    long begin = 0;
    for (long expected : seconds) {
      assertThat(trickle.interval()).isEqualTo(expected * SECOND);
      long fire = trickle.next();
      assertThat(fire - begin).isBetween(expected * SECOND / 2, expected * SECOND);
      assertThat(trickle.run(windows, fire)).isTrue();
      begin += expected * SECOND;
      assertThat(trickle.next()).isEqualTo(begin);
      assertThat(trickle.run(windows, begin)).isFalse();
    }
  }

  @Test
  void staysQuietWhereAnotherSaidTheSameInThisInterval() {
    trickle.consistent();
    assertThat(trickle.next()).isEqualTo(SECOND);
    assertThat(trickle.run(windows, SECOND)).isFalse();
    // But not in the next.
    assertThat(trickle.run(windows, trickle.next())).isTrue();
  }

  @Test
  void beginsAgainWithTheShortestIntervalAtADifference() {
    assertThat(trickle.run(windows, SECOND)).isTrue();
    assertThat(trickle.interval()).isEqualTo(2 * SECOND);
    trickle.inconsistent(windows, SECOND + 1);
    assertThat(trickle.interval()).isEqualTo(SECOND);
    assertThat(trickle.next()).isBetween(SECOND * 3 / 2, 2 * SECOND + 1);
  }

  @Test
  void leavesTheShortestIntervalAsItIsAtADifference() {
    long before = trickle.next();
    trickle.inconsistent(windows, SECOND / 3);
    assertThat(trickle.next()).isEqualTo(before);
  }

  @Test
  void saysItOnceAfterALongSleep() {
    assertThat(trickle.run(windows, 1000 * SECOND)).isTrue();
    assertThat(trickle.next()).isGreaterThan(1000 * SECOND);
  }

  @Test
  void waitsForAsManyOthersAsTheSettingsSay() {
    ConvergeSettings two = new ConvergeSettings(SETTINGS.imin(), SETTINGS.imax(), 2, 8, 8, 440);
    Trickle patient = new Trickle(two, windows, 0);
    patient.consistent();
    assertThat(patient.next()).isLessThan(SECOND);
    patient.consistent();
    assertThat(patient.next()).isEqualTo(SECOND);
  }
}
