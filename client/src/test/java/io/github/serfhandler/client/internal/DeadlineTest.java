package io.github.serfhandler.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

  @Test
  void passes() {
    assertThat(Deadline.in(Duration.ZERO).passed()).isTrue();
    assertThat(Deadline.in(Duration.ZERO).remainingMillis()).isZero();
    assertThat(Deadline.in(Duration.ofSeconds(-1)).remainingMillis()).isZero();
  }

  @Test
  void neverOverflows() {
    Deadline never = Deadline.in(Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(never.passed()).isFalse();
    assertThat(never.remainingMillis()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void isTheEarlierOfTwo() {
    Deadline day = Deadline.in(Duration.ofDays(1));
    Deadline hour = day.atMost(Duration.ofHours(1));
    assertThat(hour.timeout()).isEqualTo(Duration.ofHours(1));
    assertThat(hour.atMost(Duration.ofDays(1))).isSameAs(hour);
  }
}
