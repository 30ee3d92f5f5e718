package io.github.serfhandler.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.catalog.Fixtures;
import io.github.serfhandler.catalog.GuardSettings;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.SerfConnectionException;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.output.FileSpec;
import io.github.serfhandler.render.JsonRenderer;
import io.github.serfhandler.render.YamlRenderer;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.testing.RecordingLog;
import io.github.serfhandler.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final Member SELF =
      member("node1", MemberStatus.ALIVE, "products=p", "p.service_type=");

  @TempDir Path folder;

  private final ManualClock clock = ManualClock.create();
  private final RecordingLog log = new RecordingLog();
  private final List<Status> told = new ArrayList<>();
  private final Journal journal = new Journal(log, "127.0.0.1:7373", clock, told::add);
  private Discovery discovery;

  @BeforeEach
  void startDiscovery() {
    discovery =
        new Discovery(
            folder,
            new Interest(Optional.empty(), List.of()),
            FileSpec.plain(folder, new JsonRenderer(), new YamlRenderer()),
            GuardSettings.DEFAULT,
            new FileStore(clock, log::add),
            clock,
            log::add);
  }

  private static Member member(String name, MemberStatus status, String... tags) {
    return Fixtures.member(name, status, tags);
  }

  private static SerfException fault(String reason) {
    return new SerfConnectionException(reason, true, null);
  }

  private void pass(Member... members) {
    clock.advance(Duration.ofSeconds(1));
    journal.passed(discovery.pass("node1", List.of(members)));
  }

  private static Member web(String name, MemberStatus status) {
    return member(name, status, "svc=p/web:80");
  }

  @Test
  void tellsThatTheAgentAnswersAndWhatWasWritten() {
    journal.reached();
    pass(SELF, web("node2", MemberStatus.ALIVE));
    assertThat(log.take())
        .containsExactly(
            "INFO the agent at 127.0.0.1:7373 answers",
            "INFO updated services.json, services.yml: 1 instance in 1 product, 2 members");
    assertThat(journal.status().state()).isEqualTo(Status.State.FOLLOWING);
    assertThat(journal.status().agentName()).isEqualTo("node1");
    assertThat(journal.status().members()).isEqualTo(2);
    assertThat(journal.status().instances()).isEqualTo(1);
  }

  @Test
  void warnsOnceWhenTheNodeSubscribesToNothing() {
    pass(SELF);
    log.take();
    pass(member("node1", MemberStatus.ALIVE));
    pass(member("node1", MemberStatus.ALIVE));
    assertThat(log.take())
        .containsExactly(
            "WARNING this node subscribes to nothing and observes nothing, so the files are empty;"
                + " set the tag products of the local agent, or --products",
            "INFO updated services.json, services.yml: 0 instances in 0 products, 1 member");
    pass(SELF);
    log.take();
    pass(member("node1", MemberStatus.ALIVE));
    assertThat(log.take()).hasSize(2);
  }

  @Test
  void tellsNothingOfAPassThatChangedNothing() {
    journal.reached();
    pass(SELF);
    log.take();
    told.clear();
    pass(SELF);
    pass(SELF);
    assertThat(log.lines()).isEmpty();
    assertThat(told).isEmpty();
    assertThat(journal.status().counters().passes()).isEqualTo(3);
  }

  @Test
  void tellsALossOnceAndTheReturnOnce() {
    journal.reached();
    log.take();
    journal.lost(fault("cannot reach it"), true);
    for (int i = 0; i < 100; i++) {
      journal.lost(fault("cannot reach it"), false);
    }
    journal.reached();
    assertThat(log.take())
        .containsExactly(
            "WARNING cannot reach it (the files stay as they are; trying again)",
            "INFO the agent at 127.0.0.1:7373 answers");
    assertThat(journal.status().counters().agentLosses()).isEqualTo(1);
    assertThat(journal.status().lastError()).isEqualTo("cannot reach it");
  }

  @Test
  void tellsEachReasonOfALossOnce() {
    journal.reached();
    log.take();
    journal.lost(fault("it closed the connection"), true);
    journal.lost(fault("connection refused"), false);
    journal.lost(fault("connection refused"), false);
    assertThat(log.take()).hasSize(2);
    assertThat(journal.status().counters().agentLosses()).isEqualTo(1);
    assertThat(journal.status().lastError()).isEqualTo("connection refused");
  }

  @Test
  void tellsTheSameReasonAgainAtTheNextLoss() {
    for (int i = 0; i < 3; i++) {
      journal.reached();
      journal.lost(fault("gone"), true);
    }
    assertThat(log.take()).hasSize(6);
    assertThat(journal.status().counters().agentLosses()).isEqualTo(3);
  }

  @Test
  void saysSinceWhenItWaitsForAnAgentThatWasNeverThere() {
    clock.advance(Duration.ofSeconds(5));
    journal.lost(fault("cannot reach it"), false);
    Status status = journal.status();
    assertThat(status.state()).isEqualTo(Status.State.STARTING);
    assertThat(status.since()).isEqualTo(clock.instant().minusSeconds(5));
    assertThat(status.changed()).isEqualTo(clock.instant());
    assertThat(status.lastError()).isEqualTo("cannot reach it");
    assertThat(status.counters().agentLosses()).isZero();
    assertThat(told).containsExactly(status);
  }

  @Test
  void namesTwentyBadTagsAndCountsTheOthers() {
    List<Member> members = new ArrayList<>(List.of(SELF));
    for (int i = 0; i < 50; i++) {
      members.add(member("bad" + i, MemberStatus.ALIVE, "svc=p/web:nothing"));
    }
    journal.reached();
    log.take();
    pass(members.toArray(Member[]::new));
    List<String> lines = log.take();
    assertThat(lines).filteredOn(line -> line.startsWith("WARNING node ")).hasSize(20);
    assertThat(lines).filteredOn(line -> line.startsWith("WARNING and 30 more ")).hasSize(1);
    assertThat(journal.status().problems()).isEqualTo(50);

    pass(members.toArray(Member[]::new));
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void tellsABadTagAgainWhenItWasMendedAndBrokenAgain() {
    Member bad = member("node2", MemberStatus.ALIVE, "svc=p/web:x");
    journal.reached();
    pass(SELF, bad);
    pass(SELF, web("node2", MemberStatus.ALIVE));
    log.take();
    pass(SELF, bad);
    assertThat(log.take()).anyMatch(line -> line.startsWith("WARNING node \"node2\""));
  }

  @Test
  void tellsTheBeginAndTheEndOfAHold() {
    journal.reached();
    pass(SELF, web("node2", MemberStatus.ALIVE), web("node3", MemberStatus.ALIVE));
    log.take();
    told.clear();
    Member[] failed = {SELF, web("node2", MemberStatus.FAILED), web("node3", MemberStatus.FAILED)};
    pass(failed);
    pass(failed);
    List<String> begin = log.take();
    assertThat(begin).hasSize(1);
    assertThat(begin.get(0)).startsWith("WARNING ").contains("node2").contains("node3");
    assertThat(told).hasSize(1);
    assertThat(told.get(0).held()).hasSize(2);
    assertThat(told.get(0).counters().holds()).isEqualTo(2);

    pass(SELF, web("node2", MemberStatus.ALIVE), web("node3", MemberStatus.FAILED));
    assertThat(log.take()).isEmpty();
    assertThat(journal.status().held()).hasSize(1);

    pass(SELF, web("node2", MemberStatus.ALIVE), web("node3", MemberStatus.ALIVE));
    assertThat(log.take()).containsExactly("INFO nothing is held in the files any more");
    assertThat(journal.status().held()).isEmpty();
    assertThat(journal.status().counters().holds()).isEqualTo(2);
  }

  @Test
  void tellsNoHoldAgainWhoseTimeMovedWithTheClock() {
    discovery.noticeJumps(() -> 0); // So that each look at the clock finds it set.
    pass(SELF, web("node2", MemberStatus.ALIVE), web("node3", MemberStatus.ALIVE));
    Member[] failed = {SELF, web("node2", MemberStatus.FAILED), web("node3", MemberStatus.FAILED)};
    pass(failed);
    log.take();
    clock.advance(Duration.ofDays(1));
    pass(failed);
    assertThat(log.take()).isEmpty();
    assertThat(journal.status().held()).hasSize(2);
    assertThat(journal.status().counters().holds()).isEqualTo(2);
  }

  @Test
  void tellsAFileThatCanNotBeWrittenOnceAndThatItCanAgain() throws IOException {
    Files.createDirectory(folder.resolve("services.json"));
    journal.reached();
    log.take();
    pass(SELF);
    pass(SELF);
    List<String> lines = log.take();
    assertThat(lines).filteredOn(line -> line.startsWith("ERROR ")).hasSize(1);
    assertThat(lines).anyMatch(line -> line.contains("services.json") && line.contains("again"));
    assertThat(journal.status().failures()).hasSize(1);
    assertThat(journal.status().counters().writeFailures()).isEqualTo(2);

    Files.delete(folder.resolve("services.json"));
    pass(SELF);
    assertThat(log.take())
        .containsExactly(
            "INFO all files can be written again",
            "INFO updated services.json: 0 instances in 1 product, 1 member");
    assertThat(journal.status().failures()).isEmpty();
    assertThat(told.get(told.size() - 1).failures()).isEmpty();
  }

  @Test
  void countsWhatItDid() {
    journal.reached();
    pass(SELF);
    pass(SELF, web("node2", MemberStatus.ALIVE));
    journal.lost(fault("gone"), true);
    journal.reached();
    pass(SELF, web("node2", MemberStatus.LEFT));
    assertThat(journal.status().counters()).isEqualTo(new Status.Counters(3, 6, 0, 1, 0));
  }

  @Test
  void tellsThatMembersCameThoughNoFileChanged() {
    journal.reached();
    pass(SELF);
    told.clear();
    pass(SELF, member("node2", MemberStatus.ALIVE));
    assertThat(told).hasSize(1);
    assertThat(told.get(0).members()).isEqualTo(2);
    assertThat(told.get(0).changed()).isEqualTo(clock.instant());
  }

  @Test
  void saysThatItStopped() {
    journal.reached();
    pass(SELF);
    log.take();
    clock.advance(Duration.ofSeconds(7));
    journal.stopped();
    assertThat(log.take()).containsExactly("INFO stopped; the files stay");
    assertThat(journal.status().state()).isEqualTo(Status.State.STOPPED);
    assertThat(journal.status().since()).isEqualTo(clock.instant());
    assertThat(told.get(told.size() - 1)).isEqualTo(journal.status());
  }
}
