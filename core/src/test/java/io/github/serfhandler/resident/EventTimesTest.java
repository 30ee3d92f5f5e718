package io.github.serfhandler.resident;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventTimesTest {
  private final EventTimes times = new EventTimes(100);

  @Test
  void beginsAnywhere() {
    assertThat(times.arrived(-5)).isZero();
    assertThat(times.arrived(-4)).isZero();
  }

  @Test
  void countsWhatIsMissingAndWhatComesLate() {
    assertThat(times.arrived(10)).isZero();
    assertThat(times.arrived(14)).isEqualTo(3);
    assertThat(times.arrived(12)).isEqualTo(-1);
    assertThat(times.arrived(12)).isZero();
    assertThat(times.arrived(14)).isZero();
    assertThat(times.arrived(15)).isZero();
    assertThat(times.arrived(9)).isZero();
  }

  @Test
  void goesPastTheLargestSignedTime() {
    assertThat(times.arrived(Long.MAX_VALUE)).isZero();
    assertThat(times.arrived(Long.MIN_VALUE + 1)).isEqualTo(1);
    assertThat(times.arrived(Long.MIN_VALUE)).isEqualTo(-1);
  }

  @Test
  void doesNotCountALeap() {
    assertThat(times.arrived(1)).isZero();
    assertThat(times.arrived(102)).isEqualTo(100);
    assertThat(times.arrived(204)).isEqualTo(Integer.MAX_VALUE);
    assertThat(times.arrived(-1)).isEqualTo(Integer.MAX_VALUE);
    assertThat(times.arrived(0)).isZero();
  }

  @Test
  void beginsAnewWithAConnection() {
    assertThat(times.arrived(1)).isZero();
    assertThat(times.arrived(5)).isEqualTo(3);
    times.connected();
    assertThat(times.arrived(9)).isZero();
    assertThat(times.arrived(3)).isZero();
  }

  @Test
  void keepsTheNewestOfTheMissing() {
    assertThat(times.arrived(0)).isZero();
    assertThat(times.arrived(91)).isEqualTo(90);
    assertThat(times.arrived(182)).isEqualTo(90);
    assertThat(times.arrived(1)).isZero();
    assertThat(times.arrived(181)).isEqualTo(-1);
  }
}
