package io.github.serfhandler.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GuardSettingsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void hasTheDefaultsOfTheContract() {
    GuardSettings settings = GuardSettings.DEFAULT;
    assertThat(settings.enabled()).isTrue();
    assertThat(settings.window()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.fraction()).isEqualTo(0.5);
    assertThat(settings.minimum()).isEqualTo(2);
    assertThat(settings.hold()).isEqualTo(Duration.ofMinutes(10));
    assertThat(GuardSettings.OFF).isEqualTo(settings.withEnabled(false));
  }

  @Test
  void refusesWhatMakesNoSense() {
    refuses(Duration.ZERO, 0.5, 2, SECOND, "window");
    refuses(SECOND.negated(), 0.5, 2, SECOND, "window");
    refuses(Duration.ofDays(366), 0.5, 2, Duration.ofDays(367), "window");
    refuses(SECOND, -0.1, 2, SECOND, "fraction");
    refuses(SECOND, 1, 2, SECOND, "fraction");
    refuses(SECOND, Double.NaN, 2, SECOND, "fraction");
    refuses(SECOND, 0.5, 0, SECOND, "minimum");
    refuses(SECOND, 0.5, 2, SECOND.minusMillis(1), "hold time");
    refuses(SECOND, 0.5, 2, Duration.ofDays(366), "hold time");
  }

  private static void refuses(
      Duration window, double fraction, int minimum, Duration hold, String culprit) {
    assertThatThrownBy(() -> new GuardSettings(true, window, fraction, minimum, hold))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("guard's " + culprit);
  }
}
