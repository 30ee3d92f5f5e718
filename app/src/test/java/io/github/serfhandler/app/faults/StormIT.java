package io.github.serfhandler.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.app.system.ConfigFleet;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** All processes of a kind are started again and again, side by side, in any order. */
class StormIT {
  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  @Fault("restart storm of all Serf agents")
  void convergesAfterAStormOfSerfAgents(Trial trial) throws Exception {
    Random random = trial.random();
    Fleet fleet = Fleet.quick(serf, programs, temp);
    List<SerfNode> nodes = fleet.start("a", "b", "c", "d", "e");
    int storms = trial.rounds(1, 12);
    int restarts = 0;
    try (FileWatch watch = fleet.watch()) {
      watch.letPortsFall();
      fleet.letLack(watch, nodes);
      for (int i = 0; i < storms; i++) {
        List<SerfNode> order = new ArrayList<>(nodes);
        order.addAll(nodes.subList(0, random.nextInt(3)));
        Collections.shuffle(order, random);
        restarts += order.size();
        CompletableFuture<Void> storm = sideBySide(order, SerfNode::restart);
        publishUntilOneHolds(fleet, nodes, random);
        storm.get();
        join(nodes);
        // Nothing that was so before the storm: each program has to follow its agent again.
        nodes.forEach(fleet::movePort);
        // Twice, so that all have what all told the first; gossip of a few sends may miss one,
        // which
        // then waits for the next exchange of all that is known.
        join(nodes);
        join(nodes);
        publishUntilOneHolds(fleet, nodes, random);
        fleet.assertConverged();
      }
      watch.assertWhole();
      trial.saw(
          "%d storms of %d restarts, %d updates in and after them, none lost; %d contents read,"
              + " none torn; the same files on 5 nodes after each",
          storms, restarts, fleet.updates(), watch.contents());
    }
  }

  @Fault("restart storm of all programs")
  void convergesAfterAStormOfPrograms(Trial trial) {
    Random random = trial.random();
    Fleet fleet = Fleet.quick(serf, programs, temp);
    List<SerfNode> nodes = fleet.start("a", "b", "c", "d", "e");
    int storms = trial.rounds(1, 12);
    int restarts = 0;
    try (FileWatch watch = fleet.watch()) {
      for (int i = 0; i < storms; i++) {
        List<SerfNode> order = new ArrayList<>(nodes);
        order.addAll(nodes.subList(0, random.nextInt(3)));
        Collections.shuffle(order, random);
        for (SerfNode node : order) {
          restarts++;
          if (random.nextBoolean()) {
            fleet.kill(node);
          } else {
            // One that has not begun yet ends by the signal itself.
            assertThat(fleet.program(node).terminate()).isIn(0, 143);
          }
          Program ignored = fleet.handle(node);
          Moment.within(Duration.ofMillis(50), random);
          if (random.nextInt(3) == 0 && nodes.get(0).isRunning()) {
            fleet.movePort(nodes.get(0));
          }
        }
        fleet.revive(watch);
        publishUntilOneHolds(fleet, nodes, random);
      }
      fleet.revive(watch);
      fleet.assertConverged();
      watch.assertWhole();
      trial.saw(
          "%d storms of %d restarts, %d updates meanwhile, none lost; %d contents read, none torn"
              + " or older, no node missing; the same files on 5 nodes; %d crashes of Serf",
          storms, restarts, fleet.updates(), watch.contents(), fleet.crashes());
    }
  }

  /** Each exchanges with the first what the two know. */
  private static void join(List<SerfNode> nodes) {
    nodes.stream().skip(1).forEach(node -> node.join(nodes.get(0)));
  }

  /** An event that nobody hears is lost; what one node has taken must come to all. */
  private static void publishUntilOneHolds(Fleet fleet, List<SerfNode> nodes, Random random) {
    ConfigUpdate update = fleet.next(random);
    Waiting.until(
        update.toString(),
        () -> {
          send(nodes.get(random.nextInt(nodes.size())), update);
          assertThat(nodes)
              .anyMatch(node -> ConfigFleet.file(update).equals(fleet.file(node, update.key())));
        });
  }

  private static void send(SerfNode by, ConfigUpdate update) {
    try {
      ConfigFleet.publish(by, update);
    } catch (SerfException e) {
      // That agent is away just now; the caller looks whether anybody has it, and sends again.
      assertThat(e.getMessage()).contains(by.rpcAddr());
    }
  }

  private static CompletableFuture<Void> sideBySide(List<SerfNode> order, Consumer<SerfNode> what) {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    CompletableFuture<Void> all =
        CompletableFuture.allOf(
            order.stream()
                .distinct()
                .map(
                    node ->
                        CompletableFuture.runAsync(
                            () -> order.stream().filter(other -> other.equals(node)).forEach(what),
                            threads))
                .toArray(CompletableFuture<?>[]::new));
    threads.shutdown();
    return all;
  }
}
