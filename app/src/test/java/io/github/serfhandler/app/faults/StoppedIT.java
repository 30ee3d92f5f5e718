package io.github.serfhandler.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.app.system.ConfDir;
import io.github.serfhandler.app.system.ConfigFleet;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfClientOptions;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** SIGSTOP and later SIGCONT, at random points, of serf-handler and of its Serf agent. */
class StoppedIT {
  private static final String DROPS = "Dropping event to";
  private static final int FLOOD_STEP = 500;

  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  @Fault("SIGSTOP of serf-handler agent")
  void losesNothingWhenTheProgramIsStopped(Trial trial) {
    Random random = trial.random();
    Fleet fleet = Fleet.quick(serf, programs, temp);
    List<SerfNode> nodes = fleet.start("a", "b", "c");
    int stops = trial.rounds(6, 80);
    try (FileWatch watch = fleet.watch()) {
      for (int i = 0; i < stops; i++) {
        // Also all of them at once: what they do not read waits for them.
        int first = random.nextInt(3);
        List<SerfNode> stopped = nodes.subList(first, first + 1 + random.nextInt(3 - first));
        stopped.forEach(node -> signal(fleet, node, "STOP"));
        for (int j = random.nextInt(5); j >= 0; j--) {
          fleet.change(nodes.get(random.nextInt(3)), random);
        }
        Moment.within(Duration.ofMillis(100), random);
        stopped.forEach(node -> signal(fleet, node, "CONT"));
        Moment.within(Duration.ofMillis(50), random);
      }
      fleet.assertConverged();
      watch.assertWhole();
      trial.saw(
          "%d stops, %d updates, none lost; %d contents read, none torn or older, no node missing",
          stops, fleet.updates(), watch.contents());
    }
  }

  private static void signal(Fleet fleet, SerfNode node, String name) {
    Program ignored = fleet.program(node).signal(name);
  }

  @Fault("a client that stops reading the event stream")
  void othersGetOnWhenAClientStopsReading(Trial trial) {
    Random random = trial.random();
    Fleet fleet = Fleet.quick(serf, programs, temp);
    List<SerfNode> nodes = fleet.start("a", "b");
    SerfNode node = nodes.get(0);
    ConfDir beside = new ConfDir(temp.resolve("beside"));
    Program other =
        programs
            .start("agent", "--rpc-addr=" + node.rpcAddr(), "--log-level=debug", beside.option())
            .awaitErr("listening to user events and queries");
    int rounds = trial.rounds(1, 3);
    long events = 0;
    try (FileWatch watch = fleet.watch()) {
      for (int i = 0; i < rounds; i++) {
        signal(fleet, node, "STOP");
        events += flood(node, drops(node));
        // What the stopped one can not hear any more, and everybody else does at once.
        ConfigUpdate update = fleet.next(random);
        ConfigFleet.publish(node, update);
        fleet.movePort(node);
        Waiting.until(
            "the client beside it",
            () ->
                assertThat(beside.text("p/" + update.key() + ".json"))
                    .isEqualTo(ConfigFleet.file(update)));
        signal(fleet, node, "CONT");
        fleet.assertConverged();
      }
      watch.assertWhole();
      assertThat(node.isRunning()).isTrue();
      assertThat(other.isRunning()).isTrue();
      trial.saw(
          "%d stops, %d user events, of which Serf dropped %d for who did not read; the Serf agent"
              + " and its other client got on, %d updates, none lost",
          rounds, events, drops(node), fleet.updates());
    }
  }

  /** Sends user events until Serf has dropped some more for a client that does not read. */
  private static long flood(SerfNode node, long dropsBefore) {
    SerfClientOptions options = SerfClientOptions.builder().address(node.rpc()).build();
    Payload payload = Payload.ofText("y".repeat(450));
    long[] sent = {0};
    try (SerfClient client = SerfClient.open(options)) {
      Waiting.until(
          "Serf to drop events",
          () -> {
            for (int i = 0; i < FLOOD_STEP; i++) {
              client.event("noise", payload, false);
            }
            sent[0] += FLOOD_STEP;
            assertThat(drops(node)).isGreaterThan(dropsBefore + FLOOD_STEP);
          });
    }
    return sent[0];
  }

  private static long drops(SerfNode node) {
    return node.log().lines().filter(line -> line.contains(DROPS)).count();
  }

  @Fault("SIGSTOP of the Serf agent")
  void losesNothingWhenTheSerfAgentIsStopped(Trial trial) {
    Random random = trial.random();
    Fleet fleet =
        new Fleet(
            serf,
            programs,
            temp,
            "--config-sync-max=5s",
            "--poll-members-max=1s",
            "--rpc-timeout=200ms");
    List<SerfNode> nodes = fleet.start("a", "b", "c");
    SerfNode witness = nodes.get(2);
    int stops = trial.rounds(3, 12);
    int failures = 0;
    try (FileWatch watch = fleet.watch()) {
      fleet.letLack(watch, nodes.subList(0, 2));
      for (int i = 0; i < stops; i++) {
        SerfNode victim = nodes.get(random.nextInt(2));
        boolean untilFailed = trial.isFull() && i % 3 == 2;
        if (untilFailed) {
          // Else it might be called failed still for the stop before.
          serf.awaitAllAlive(nodes.toArray(SerfNode[]::new));
        }
        victim.pause();
        for (int j = random.nextInt(4); j >= 0; j--) {
          fleet.change(witness, random);
        }
        if (untilFailed) {
          nodes.stream()
              .filter(other -> !other.equals(victim))
              .forEach(other -> other.awaitStatus(victim, "failed"));
          failures++;
        } else {
          Moment.within(Duration.ofMillis(trial.isFull() ? 6_000 : 600), random);
        }
        victim.resume();
        Moment.within(Duration.ofMillis(100), random);
      }
      serf.awaitAllAlive(nodes.toArray(SerfNode[]::new));
      fleet.assertConverged();
      watch.assertWhole();
      trial.saw(
          "%d stops, %d of them until the others called it failed; %d updates, none lost; %d"
              + " contents read, none torn or older",
          stops, failures, fleet.updates(), watch.contents());
    }
  }
}
