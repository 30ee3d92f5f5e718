package io.github.serfhandler.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommandTest {

  @Test
  void givesTheAgentTheTimeThatItMayNeedItself() {
    assertThat(Command.LEAVE.timeout(Duration.ofSeconds(10))).isEqualTo(Duration.ofSeconds(20));
    assertThat(Command.LEAVE.timeout(Duration.ofSeconds(60))).isEqualTo(Duration.ofSeconds(60));
    assertThat(Command.MEMBERS.timeout(Duration.ofMillis(5))).isEqualTo(Duration.ofMillis(5));
  }

  @Test
  void repeatsNothingThatWouldHappenTwice() {
    assertThat(Command.EVENT.repeatable()).isFalse();
    assertThat(Command.QUERY.repeatable()).isFalse();
    assertThat(Command.RESPOND.repeatable()).isFalse();
    assertThat(Command.LEAVE.repeatable()).isFalse();
    assertThat(Command.FORCE_LEAVE.repeatable()).isFalse();
    assertThat(Command.TAGS.repeatable()).isTrue();
    assertThat(Command.MEMBERS.effect()).isEqualTo(Command.Effect.READ);
  }
}
