package io.github.serfhandler.converge;

import static io.github.serfhandler.converge.Simulation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final int RATE = 8;

  private final Windows windows =
      new Windows(ConvergeSettings.DEFAULT, 10, new SplittableRandom(1));
  private final Pace pace = new Pace(RATE);
  private long now = SECOND;

  @Test
  void oneSpeakerAloneReachesTheRate() {
    int sent = 0;
    for (long end = now + 10 * SECOND; now < end; now += SECOND / 1000) {
      if (pace.ownAt() <= now && pace.sharedAt(now, windows) <= now) {
        pace.sent(now);
        sent++;
      }
    }
    assertThat(sent).isBetween(10 * RATE - 10, 10 * RATE);
  }

  @Test
  void whatOthersSayCounts() {
    pace.heard(now);
    pace.heard(now);
    pace.heard(now);
    assertThat(pace.sharedAt(now, windows)).isGreaterThan(now + SECOND / RATE);
    assertThat(pace.wasEmptySince(now - 1)).isTrue();
    now += SECOND;
    assertThat(pace.sharedAt(now, windows)).isEqualTo(now);
  }

  @Test
  void aFloodIsForgottenSoonAndSilencesNobodyForEver() {
    long start = now;
    for (int i = 0; i < 10; i++) {
      pace.heard(now);
    }
    for (int i = 0; i < 3000; i++) {
      now += SECOND / 100;
      pace.heard(now);
      if (pace.sharedAt(now, windows) <= now) {
        break;
      }
    }
    // Of ten nodes each loses its patience after some 2.7 to 8.1 s.
    assertThat(now - start).isBetween(2 * SECOND, 9 * SECOND);
    pace.sent(now);
    assertThat(pace.sharedAt(now, windows)).isGreaterThan(now);
    assertThat(pace.isCrowded(now)).isTrue();
    now += 5 * SECOND / 2;
    assertThat(pace.sharedAt(now, windows)).isEqualTo(now);
    assertThat(pace.isCrowded(now)).isFalse();
  }

  @Test
  void patienceBeginsAnewWhereThereIsNothingToSay() {
    for (int i = 0; i < 100; i++) {
      pace.heard(now);
    }
    assertThat(pace.sharedAt(now, windows)).isGreaterThan(now);
    pace.idle();
    now += 20 * SECOND;
    for (int i = 0; i < 100; i++) {
      pace.heard(now);
    }
    assertThat(pace.sharedAt(now, windows)).isGreaterThan(now);
  }
}
