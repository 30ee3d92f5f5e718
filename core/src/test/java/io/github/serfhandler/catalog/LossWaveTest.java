package io.github.serfhandler.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossWaveTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration WINDOW = Duration.ofSeconds(30);

  /** When Serf 0.9.4 reported 19 others as failed after an agent was cut off, in seconds. */
  private static final List<Integer> MEASURED =
      List.of(34, 37, 44, 53, 61, 68, 76, 85, 93, 100, 108, 115, 131, 140, 147, 155, 164, 171, 179);

  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 15, 60})
  void keepsAServiceThatIsLostOneByOne(int secondsBetweenPasses) {
    Subscription subscription = Subscription.of(List.of("p"), List.of());
    MassLossGuard guard = new MassLossGuard(GuardSettings.DEFAULT);
    TreeMap<String, Member> members = new TreeMap<>();
    members.put("self", Fixtures.member("self", MemberStatus.ALIVE));
    int smallest = 3;
    View view = View.EMPTY;
    for (int second = 0; second <= 300; second += secondsBetweenPasses) {
      for (int i = 0; i < MEASURED.size(); i++) {
        // Three of them run the service: the second, the tenth and the last one to be lost.
        String tags = i == 1 || i == 9 || i == 18 ? "svc=p/web:80" : "role=other";
        MemberStatus status = MEASURED.get(i) <= second ? MemberStatus.FAILED : MemberStatus.ALIVE;
        members.put("n" + i, Fixtures.member("n" + i, status, tags));
      }
      view = guard.pass(Catalog.of(List.copyOf(members.values())), subscription, at(second));
      smallest = Math.min(smallest, view.size());
    }
    assertThat(smallest).isEqualTo(2); // A first loss alone is believed.
    assertThat(view.size()).isEqualTo(3);
    assertThat(view.held()).hasSize(3);
  }

  @Test
  void goesOnWhileFailuresFollowEachOther() {
    LossWave wave = LossWave.NONE.next(0, at(0), WINDOW).next(1, at(10), WINDOW);
    wave = wave.next(1, at(20), WINDOW).next(2, at(40), WINDOW).next(2, at(41), WINDOW);
    assertThat(wave.start()).isEqualTo(at(10));
    assertThat(wave.last()).isEqualTo(at(40));
    assertThat(wave.holds(at(10), at(70), WINDOW)).isTrue();
    assertThat(wave.holds(at(9), at(70), WINDOW)).isFalse();
    assertThat(wave.holds(at(10), at(71), WINDOW)).isFalse();
  }

  @Test
  void beginsAnewAfterAPause() {
    LossWave wave = LossWave.NONE.next(0, at(0), WINDOW).next(1, at(10), WINDOW);
    wave = wave.next(1, at(20), WINDOW).next(2, at(41), WINDOW);
    assertThat(wave.start()).isEqualTo(at(41));
  }

  @Test
  void goesOnFromOnePassToTheNextHoweverFarApart() {
    LossWave wave = LossWave.NONE.next(0, at(0), WINDOW).next(1, at(60), WINDOW);
    wave = wave.next(2, at(120), WINDOW);
    assertThat(wave.start()).isEqualTo(at(60));
    assertThat(wave.holds(at(60), at(120), WINDOW)).isTrue();
  }

  @Test
  void takesTheFirstSightForNoFailure() {
    LossWave wave = LossWave.NONE.next(7, at(0), WINDOW);
    assertThat(wave.last()).isEqualTo(Instant.EPOCH);
    assertThat(wave.fresh()).isFalse();
  }

  @Test
  void doesNotMindThatMembersReturn() {
    LossWave wave = LossWave.NONE.next(0, at(0), WINDOW).next(5, at(1), WINDOW);
    wave = wave.next(2, at(2), WINDOW).next(3, at(3), WINDOW);
    assertThat(wave.start()).isEqualTo(at(1));
    assertThat(wave.last()).isEqualTo(at(3));
  }

  @Test
  void followsAClockThatIsSetBack() {
    LossWave wave = LossWave.NONE.next(0, at(1000), WINDOW).next(1, at(1001), WINDOW);
    wave = wave.next(1, at(5), WINDOW);
    assertThat(wave.start()).isEqualTo(at(5));
    assertThat(wave.last()).isEqualTo(at(5));
  }
}
