package io.github.serfhandler.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.catalog.Fixtures;
import io.github.serfhandler.catalog.GuardSettings;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.output.FileSpec;
import io.github.serfhandler.render.JsonRenderer;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowerTest {
  private static final Duration PROBE = Duration.ofMillis(50);
  private static final Duration MIN = Duration.ofMillis(250);
  private static final Duration MAX = Duration.ofSeconds(10);
  private static final Duration RETRY_MAX = Duration.ofSeconds(5);

  private static final Member SELF =
      Fixtures.member("node1", MemberStatus.ALIVE, "products=p", "svc=p/web:80");

  @TempDir Path folder;

  private final ManualClock clock = ManualClock.create();
  private final Instant start = clock.instant();
  private final ScriptedAgent agent = new ScriptedAgent(clock);
  private final Heard heard = new Heard();
  private Follower follower;

  /** What a follower tells, in order. */
  private static final class Heard implements FollowListener {
    final List<String> lines = new ArrayList<>();
    final List<PassResult> passes = new ArrayList<>();

    @Override
    public void reached() {
      lines.add("reached");
    }

    @Override
    public void lost(SerfException reason, boolean wasReachable) {
      lines.add((wasReachable ? "lost: " : "still away: ") + reason.getMessage());
    }

    @Override
    public void passed(PassResult result) {
      passes.add(result);
    }
  }

  @BeforeEach
  void startAtOneNode() {
    agent.changed(SELF);
    follower = follower();
  }

  private Follower follower() {
    Discovery discovery =
        new Discovery(
            folder,
            new Interest(Optional.empty(), List.of()),
            FileSpec.plain(folder, new JsonRenderer()),
            GuardSettings.DEFAULT,
            new FileStore(clock, heard.lines::add),
            clock,
            heard.lines::add);
    return new Follower(
        agent,
        discovery,
        new FollowSettings(PROBE, MIN, MAX, RETRY_MAX),
        () -> Duration.between(start, clock.instant()).toNanos(),
        heard);
  }

  private Path json() {
    return folder.resolve("services.json");
  }

  private String text() throws IOException {
    return Files.readString(json());
  }

  private static Member web(String name, MemberStatus status, int port) {
    return Fixtures.member(name, status, "svc=p/web:" + port);
  }

  /** Steps until the next full reading and tells in how long it came. */
  private Duration untilNextReading() {
    Instant from = clock.instant();
    int before = agent.readings;
    while (agent.readings == before) {
      clock.advance(PROBE);
      assertThat(follower.step()).isEqualTo(PROBE);
      assertThat(Duration.between(from, clock.instant())).isLessThan(Duration.ofHours(1));
    }
    return Duration.between(from, clock.instant());
  }

  @Test
  void readsTheMembersAtTheFirstStep() throws IOException {
    assertThat(follower.step()).isEqualTo(PROBE);
    assertThat(agent.readings).isEqualTo(1);
    assertThat(text()).contains("\"node1\"");
    assertThat(heard.lines).containsExactly("reached");
    assertThat(heard.passes).hasSize(1);
  }

  @Test
  void readsNothingMoreWhileThePulseIsTheSame() {
    follower.step();
    for (int i = 0; i < 4; i++) {
      clock.advance(PROBE);
      assertThat(follower.step()).isEqualTo(PROBE);
    }
    assertThat(agent.readings).isEqualTo(1);
    assertThat(heard.passes).hasSize(1);
  }

  @Test
  void readsTheMembersAtOnceWhenThePulseDiffers() throws IOException {
    agent.cost(Duration.ofSeconds(1));
    follower.step();
    agent.changed(SELF, web("node2", MemberStatus.ALIVE, 81));
    clock.advance(PROBE);
    follower.step();
    assertThat(agent.readings).isEqualTo(2);
    assertThat(text()).contains("\"node2\"");
  }

  @Test
  void restsInAStormThreeTimesAsLongAsAReadingTakes() throws IOException {
    follower.step();
    agent.cost(Duration.ofMillis(60));
    for (int port = 1; port <= 2; port++) {
      agent.changed(SELF, web("node2", MemberStatus.ALIVE, port));
      follower.step();
      assertThat(agent.readings).isEqualTo(1 + port);
    }
    agent.changed(SELF, web("node2", MemberStatus.ALIVE, 83));
    clock.advance(Duration.ofMillis(179));
    follower.step();
    assertThat(agent.readings).isEqualTo(3);
    clock.advance(Duration.ofMillis(1));
    follower.step();
    assertThat(agent.readings).isEqualTo(4);
    assertThat(text()).contains("83");
  }

  @Test
  void restsInAStormThoughAReadingIsDue() {
    follower.step();
    agent.cost(Duration.ofMillis(300));
    for (int port = 1; port <= 2; port++) {
      agent.changed(SELF, web("node2", MemberStatus.ALIVE, port));
      follower.step();
    }
    agent.changed(SELF, web("node2", MemberStatus.ALIVE, 83));
    clock.advance(Duration.ofMillis(899));
    follower.step();
    assertThat(agent.readings).isEqualTo(3);
    clock.advance(Duration.ofMillis(1));
    follower.step();
    assertThat(agent.readings).isEqualTo(4);
  }

  @Test
  void doesNotRestOnceAStormIsOver() {
    follower.step();
    agent.cost(Duration.ofMillis(60));
    for (int port = 1; port <= 3; port++) {
      agent.changed(SELF, web("node2", MemberStatus.ALIVE, port));
      clock.advance(Duration.ofSeconds(1));
      follower.step();
      assertThat(agent.readings).isEqualTo(1 + port);
    }
  }

  @Test
  void restsNoLongerThanTwoSeconds() {
    follower.step();
    agent.cost(Duration.ofMinutes(1));
    for (int port = 1; port <= 2; port++) {
      agent.changed(SELF, web("node2", MemberStatus.ALIVE, port));
      follower.step();
    }
    agent.changed(SELF, web("node2", MemberStatus.ALIVE, 83));
    clock.advance(Duration.ofSeconds(2));
    follower.step();
    assertThat(agent.readings).isEqualTo(4);
  }

  @Test
  void findsAChangeThatNoPulseShowsWithinTheShortestTime() throws IOException {
    follower.step();
    agent.changedQuietly(SELF, web("node2", MemberStatus.ALIVE, 81));
    assertThat(untilNextReading()).isEqualTo(MIN);
    assertThat(text()).contains("\"node2\"");
  }

  @Test
  void readsTheMoreSeldomTheMoreAReadingCosts() {
    follower.step();
    paysEachTime(Duration.ofMillis(5));
    // 400 times 5 ms, and the reading itself.
    assertThat(untilNextReading()).isEqualTo(Duration.ofMillis(2005));
  }

  /** Readings that find nothing new, as many as make a price. */
  private void paysEachTime(Duration cost) {
    agent.cost(cost);
    for (int i = 0; i < 3; i++) {
      untilNextReading();
    }
  }

  @Test
  void readsAfterTheLongestTimeHoweverMuchAReadingCosts() {
    follower.step();
    paysEachTime(Duration.ofSeconds(1));
    assertThat(untilNextReading()).isEqualTo(MAX.plusSeconds(1));
  }

  @Test
  void isNotPutOffByOneReadingThatWasSlowForAnotherReason() {
    follower.step();
    paysEachTime(Duration.ofMillis(5));
    agent.cost(Duration.ofMillis(44));
    untilNextReading();
    agent.cost(Duration.ofMillis(5));
    assertThat(untilNextReading()).isEqualTo(Duration.ofMillis(2005));
  }

  @Test
  void isNotPutOffByTheFirstReadings() {
    agent.cost(Duration.ofMillis(44));
    follower.step();
    assertThat(untilNextReading()).isEqualTo(MIN.plusMillis(44));
    assertThat(untilNextReading()).isEqualTo(MIN.plusMillis(44));
  }

  @Test
  void doesNotPayForWhatWasWrittenByReadingMoreSeldom() {
    follower.step();
    paysEachTime(Duration.ofMillis(5));
    for (int port = 81; port < 84; port++) {
      agent.cost(Duration.ofSeconds(1));
      agent.changed(SELF, web("node2", MemberStatus.ALIVE, port));
      follower.step();
    }
    agent.cost(Duration.ofMillis(5));
    // The price is still 5 ms, though the last readings, which led to writing, took seconds.
    assertThat(untilNextReading()).isEqualTo(Duration.ofMillis(2005));
  }

  @Test
  void readsWhenAHoldEndsThoughNoReadingIsDue() throws IOException {
    agent.changed(SELF, web("node2", MemberStatus.ALIVE, 81), web("node3", MemberStatus.ALIVE, 82));
    follower.step();
    agent.changed(
        SELF, web("node2", MemberStatus.FAILED, 81), web("node3", MemberStatus.FAILED, 82));
    follower.step();
    assertThat(text()).contains("\"node2\"").contains("\"node3\"");
    assertThat(heard.passes.get(1).view().held()).hasSize(2);

    // What readings cost puts the next one off by 10 s, 3 s before the end of the hold.
    Instant end = clock.instant().plus(GuardSettings.DEFAULT.hold());
    paysEachTime(Duration.ofSeconds(3));
    clock.advance(Duration.between(clock.instant(), end.minusSeconds(6)));
    agent.beat();
    follower.step();
    agent.cost(Duration.ZERO);
    assertThat(text()).contains("\"node2\"");
    assertThat(untilNextReading()).isEqualTo(Duration.ofSeconds(3));
    assertThat(text()).doesNotContain("\"node2\"").doesNotContain("\"node3\"");
  }

  @Test
  void keepsTheFilesAndDoublesThePauseWhileTheAgentIsAway() throws IOException {
    follower.step();
    String before = text();
    agent.away("gone");
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Duration pause = follower.step();
      pauses.add(pause);
      clock.advance(pause);
    }
    assertThat(pauses)
        .extracting(Duration::toMillis)
        .containsExactly(100L, 200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L);
    assertThat(heard.lines).startsWith("reached", "lost: gone", "still away: gone").hasSize(9);
    assertThat(heard.passes).hasSize(1);
    assertThat(text()).isEqualTo(before);
  }

  @Test
  void readsAtOnceWhenTheAgentIsBackThoughThePulseIsTheSame() throws IOException {
    agent.cost(Duration.ofSeconds(1));
    follower.step();
    agent.away("gone");
    follower.step();
    follower.step();
    agent.back();
    agent.changedQuietly(SELF, web("node2", MemberStatus.ALIVE, 81));
    assertThat(follower.step()).isEqualTo(PROBE);
    assertThat(text()).contains("\"node2\"");
    assertThat(heard.lines).containsExactly("reached", "lost: gone", "still away: gone", "reached");
  }

  @Test
  void beginsWithAShortPauseAtEachLoss() {
    follower.step();
    agent.away("gone");
    follower.step();
    follower.step();
    agent.back();
    follower.step();
    agent.away("gone again");
    assertThat(follower.step()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void isNotReachedByAnAgentThatAnswersThePulseAlone() {
    agent.answersHalf("no members");
    assertThat(follower.step()).isEqualTo(Duration.ofMillis(100));
    assertThat(follower.step()).isEqualTo(Duration.ofMillis(200));
    assertThat(heard.lines).containsExactly("still away: no members", "still away: no members");
    assertThat(heard.passes).isEmpty();
  }

  @Test
  void doesNotTakeTheEndOfThisProgramForALoss() {
    follower.step();
    agent.closed();
    assertThat(follower.step()).isEqualTo(PROBE);
    assertThat(heard.lines).containsExactly("reached");
  }

  @Test
  void takesMembersWithoutTheAgentItselfForALoss() throws IOException {
    agent.changed(SELF, web("node2", MemberStatus.ALIVE, 81));
    follower.step();
    String before = text();
    agent.changed();
    follower.step();
    agent.changed(web("node2", MemberStatus.ALIVE, 81));
    follower.step();
    assertThat(text()).isEqualTo(before);
    assertThat(heard.passes).hasSize(1);
    assertThat(heard.lines).hasSize(3);
    assertThat(heard.lines.get(1)).startsWith("lost: ").contains("node1");
  }

  @Test
  void writesAgainAfterAPauseThatDoublesWhenAFileCanNotBeWritten() throws IOException {
    Files.createDirectory(json());
    follower.step();
    assertThat(heard.passes.get(0).complete()).isFalse();
    assertThat(untilNextReading()).isEqualTo(Duration.ofSeconds(1));
    assertThat(untilNextReading()).isEqualTo(Duration.ofSeconds(2));
    assertThat(untilNextReading()).isEqualTo(Duration.ofSeconds(4));
    assertThat(untilNextReading()).isEqualTo(RETRY_MAX);
    assertThat(untilNextReading()).isEqualTo(RETRY_MAX);

    Files.delete(json());
    untilNextReading();
    assertThat(heard.passes.get(heard.passes.size() - 1).complete()).isTrue();
    assertThat(text()).contains("\"node1\"");
    assertThat(untilNextReading()).isEqualTo(MIN);

    Files.delete(json());
    Files.createDirectory(json());
    untilNextReading();
    assertThat(untilNextReading()).isEqualTo(Duration.ofSeconds(1));
    assertThat(heard.lines).containsExactly("reached");
  }

  @Test
  void goesOnReadingByThePulseWhileAFileCanNotBeWritten() throws IOException {
    Files.createDirectory(json());
    follower.step();
    Files.delete(json());
    agent.beat();
    clock.advance(PROBE);
    follower.step();
    assertThat(text()).contains("\"node1\"");
  }
}
