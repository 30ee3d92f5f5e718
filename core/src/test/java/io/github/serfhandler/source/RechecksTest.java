package io.github.serfhandler.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.source.KeyLayout.Place;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RechecksTest {
  private static final Place KEY = new Place("shop", "db");

  private final Rechecks rechecks = new Rechecks();

  private static long at(Duration time) {
    return time.toNanos();
  }

  @Test
  void waitsLongerEachTimeThatAKeyIsOverruled() {
    Duration now = Duration.ZERO;
    Duration wait = Duration.ofMillis(300);
    for (int i = 0; i < 15; i++) {
      rechecks.disagreed(KEY, at(now));
      assertThat(rechecks.due(at(now.plus(wait)) - 1)).isEmpty();
      now = now.plus(wait);
      assertThat(rechecks.due(at(now))).contains(KEY);
      wait = wait.multipliedBy(2);
      wait = wait.compareTo(Duration.ofMinutes(10)) > 0 ? Duration.ofMinutes(10) : wait;
    }
    now = now.plus(Duration.ofMinutes(21));
    rechecks.disagreed(KEY, at(now));
    assertThat(rechecks.due(at(now.plusMillis(300)))).contains(KEY);
  }

  @Test
  void triesAgainWithinSecondsHoweverOftenItFailed() {
    Duration now = Duration.ZERO;
    for (int i = 0; i < 50; i++) {
      rechecks.failed(KEY, at(now));
      now = now.plusSeconds(10);
      assertThat(rechecks.due(at(now))).contains(KEY);
    }
  }

  @Test
  void keepsTheTimeOfAKeyThatWaits() {
    rechecks.disagreed(KEY, 0);
    rechecks.disagreed(KEY, at(Duration.ofMillis(200)));
    rechecks.failed(KEY, at(Duration.ofMillis(200)));
    assertThat(rechecks.untilNext(0, Long.MAX_VALUE)).isEqualTo(at(Duration.ofMillis(300)));
    assertThat(rechecks.due(at(Duration.ofMillis(300)))).contains(KEY);
    assertThat(rechecks.due(at(Duration.ofMillis(300)))).isEmpty();
  }

  @Test
  void takesAllOutThatWaitWhereTheStoreIsBack() {
    rechecks.disagreed(KEY, 0);
    rechecks.failed(new Place("shop", "other"), 0);
    rechecks.allDue(0);
    assertThat(rechecks.due(0)).isPresent();
    assertThat(rechecks.due(0)).isPresent();
    assertThat(rechecks.due(0)).isEmpty();
  }
}
