package io.github.serfhandler.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.app.system.ConfDir;
import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.FakeMember;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The clock of a node jumps while it runs. */
class ClockIT {
  private static final List<String> JUMPS =
      List.of("+1h", "-1h", "+10y", "-10y", "+1d", "-1d", "+30s", "-30s", "+0");

  private static final Pattern LOGGED = Pattern.compile("^[-0-9]+T[:.0-9]+Z ");

  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  private Program publish(ShiftedClock clock, SerfNode by, ConfDir conf, String text)
      throws IOException {
    Path file = Files.writeString(temp.resolve("key.json"), "{\"text\":\"" + text + "\"}");
    return programs.run(
        clock.shown(),
        "config",
        "publish",
        "p",
        "key",
        file.toString(),
        "--rpc-addr=" + by.rpcAddr(),
        conf.option());
  }

  @Fault("the clock of a node jumps by hours, days and years while it runs")
  void publishesAndFollowsAfterEachJump(Trial trial) throws IOException {
    ShiftedClock clock = new ShiftedClock(temp);
    List<SerfNode> nodes =
        serf.startJoined(
            List.of("jumping", "steady").stream()
                .map(
                    name ->
                        SerfOptions.named(name)
                            .withProfile("local")
                            .withTags(Map.of("products", "p", "svc", "p/web:80")))
                .toList());
    SerfNode jumping = nodes.get(0);
    ConfDir mine = new ConfDir(temp.resolve("jumping"));
    ConfDir other = new ConfDir(temp.resolve("steady"));
    Program agent = start(clock, jumping, mine);
    Program steady =
        programs.start(
            "agent",
            "--rpc-addr=" + nodes.get(1).rpcAddr(),
            other.option(),
            "--config-sync-max=5s",
            "--log-level=debug");
    agent.awaitErr("listening to user events and queries");
    steady.awaitErr("listening to user events and queries");
    int count = trial.rounds(2, 3 * JUMPS.size());
    for (int i = 0; i < count; i++) {
      String jump = JUMPS.get(i % JUMPS.size());
      clock.jump(jump);
      String text = "after jump " + (i + 1) + ", " + jump;
      // By turns from a clock that jumped and from one that did not.
      SerfNode by = nodes.get(i % 2);
      Program published =
          i % 2 == 0
              ? publish(clock, by, mine, text)
              : publish(
                  new ShiftedClock(Files.createDirectory(temp.resolve("right" + i))),
                  by,
                  other,
                  text);
      assertThat(published.status()).as(published.toString()).isZero();
      assertThat(published.out()).contains("version " + (i + 1));
      for (ConfDir conf : List.of(mine, other)) {
        Waiting.until(text, () -> assertThat(conf.text("p/key.json")).contains("\"" + text + "\""));
      }
      int port = 1000 + i;
      jumping.setTag("svc", "p/web:" + port);
      for (ConfDir conf : List.of(mine, other)) {
        Waiting.until(
            "port " + port + " after " + jump,
            () -> assertThat(conf.text("services.json")).contains("\"port\": " + port));
      }
    }
    assertThat(agent.err()).doesNotContain("\tat ");
    assertThat(agent.logged("ERROR")).isEmpty();
    // Its log has the times that it was told, further apart than this test takes.
    List<Instant> told =
        agent.err().lines().filter(LOGGED.asPredicate()).map(ClockIT::time).sorted().toList();
    assertThat(Duration.between(told.get(0), told.get(told.size() - 1)))
        .as("the time of the log")
        .isGreaterThan(Duration.ofMinutes(59));
    assertThat(agent.terminate()).isZero();
    trial.saw("%d jumps of up to 20 years, a version and a tag after each, on both nodes", count);
  }

  private static Instant time(String line) {
    return Instant.parse(line.substring(0, line.indexOf(' ')));
  }

  private Program start(ShiftedClock clock, SerfNode node, ConfDir conf) {
    return programs.start(
        clock.shown(),
        "agent",
        "--rpc-addr=" + node.rpcAddr(),
        conf.option(),
        "--config-sync-max=5s",
        "--poll-members-max=1s",
        "--log-level=debug");
  }

  @Fault("the clock jumps while the guard holds instances")
  void holdsAsLongAsItShouldWhateverTheClockSays(Trial trial) {
    ShiftedClock clock = new ShiftedClock(temp);
    try (FakeAgent fake = FakeAgent.start()) {
      FakeMember self =
          FakeMember.named("fake").withTag("products", "p").withTag("svc", "p/web:80");
      FakeMember[] alive = members(self, "alive");
      fake.members(alive);
      ConfDir conf = new ConfDir(temp.resolve("conf"));
      Program agent =
          programs.start(clock.shown(), "agent", "--rpc-addr=" + fake.rpcAddr(), conf.option());
      conf.awaitNodes("p", "web", "fake", "n1", "n2", "n3");
      List<String> jumps = trial.isFull() ? JUMPS : List.of("+10y", "-1d");
      for (String jump : jumps) {
        fake.members(members(self, "failed"));
        Waiting.until(
            "three held", () -> assertThat((List<?>) conf.status().get("held")).hasSize(3));
        clock.jump(jump);
        // Something else changes, so that there is a pass after the jump.
        int port = 9001 + jumps.indexOf(jump);
        fake.members(members(self.withTag("svc", "p/web:" + port), "failed"));
        Waiting.until(
            "a pass after " + jump,
            () -> {
              assertThat(conf.text("services.json")).contains("\"port\": " + port);
              assertThat(isFar(String.valueOf(conf.status().get("changed"))))
                  .as("whether the program was told " + jump)
                  .isEqualTo(jump.endsWith("h") || jump.endsWith("d") || jump.endsWith("y"));
            });
        assertThat(conf.nodes("p", "web")).as(jump).containsExactly("fake", "n1", "n2", "n3");
        fake.members(alive);
        conf.awaitStatus("held", List.of());
      }
      assertThat(agent.isRunning()).isTrue();
      trial.saw("%d jumps, 3 instances held over each", jumps.size());
    }
  }

  /** Whether a time is another one than this machine's, by more than this test takes. */
  private static boolean isFar(String time) {
    return Duration.between(Instant.parse(time), Instant.now()).abs().toMinutes() >= 59;
  }

  private static FakeMember[] members(FakeMember self, String status) {
    FakeMember[] members = new FakeMember[4];
    members[0] = self;
    for (int i = 1; i < members.length; i++) {
      members[i] = FakeMember.named("n" + i).withTag("svc", "p/web:80").withStatus(status);
    }
    return members;
  }
}
