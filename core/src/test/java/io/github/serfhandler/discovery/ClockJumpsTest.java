package io.github.serfhandler.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockJumpsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private long nanos = Long.MAX_VALUE - 5; // It may go past the end at any time.
  private Instant wall = START;
  private final ClockJumps jumps = new ClockJumps(() -> nanos, START);

  private void pass(Duration time) {
    nanos += time.toNanos();
    wall = wall.plus(time);
  }

  @Test
  void tellsNothingWhileBothGoOn() {
    pass(Duration.ofDays(3));
    assertThat(jumps.until(wall)).isZero();
    assertThat(jumps.until(wall)).isZero();
  }

  @Test
  void tellsHowFarTheClockWasSetAndOnce() {
    pass(Duration.ofSeconds(10));
    wall = wall.plus(Duration.ofDays(3650));
    assertThat(jumps.until(wall)).isEqualTo(Duration.ofDays(3650));
    pass(Duration.ofSeconds(10));
    assertThat(jumps.until(wall)).isZero();
    wall = wall.minus(Duration.ofHours(1));
    assertThat(jumps.until(wall)).isEqualTo(Duration.ofHours(-1));
  }

  @Test
  void takesWhatIsLessThanASecondForAClockThatIsSlewed() {
    for (int i = 0; i < 10; i++) {
      pass(Duration.ofSeconds(10));
      wall = wall.plusMillis(999);
      assertThat(jumps.until(wall)).isZero();
    }
  }
}
