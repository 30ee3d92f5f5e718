package io.github.serfhandler.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfClientOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How fast messages go out. */
class PaceTest {
  private final AtomicLong now = new AtomicLong(17);

  @Test
  void sendsAFewAtOnceAndThenSoManyASecond() {
    try (SerfClient client = SerfClient.open(SerfClientOptions.builder().build())) {
      Pace pace = new Pace(client, now::get, Duration.ofSeconds(1));
      for (int i = 0; i < Pace.AT_ONCE; i++) {
        assertThat(pace.spend()).isZero();
      }
      long waited = 0;
      for (int i = 0; i < 10 * Pace.PER_SECOND; i++) {
        long wait = pace.spend();
        now.addAndGet(wait);
        waited += wait;
      }
      assertThat(Duration.ofNanos(waited)).isEqualTo(Duration.ofSeconds(10));
    }
  }

  @Test
  void savesNoMoreThanAFewInAPause() {
    try (SerfClient client = SerfClient.open(SerfClientOptions.builder().build())) {
      Pace pace = new Pace(client, now::get, Duration.ofSeconds(1));
      now.addAndGet(Duration.ofHours(1).toNanos());
      int free = 0;
      while (pace.spend() == 0) {
        free++;
      }
      assertThat(free).isEqualTo(Pace.AT_ONCE);
    }
  }
}
