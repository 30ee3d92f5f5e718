package io.github.serfhandler.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.app.system.ConfDir;
import io.github.serfhandler.app.system.ConfigFleet;
import io.github.serfhandler.config.ConfigMessage;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL at random points of serf-handler itself and of its Serf agent, while much changes. */
class KilledIT {
  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  @Fault("SIGKILL of serf-handler agent")
  void losesNothingWhenTheProgramIsKilled(Trial trial) {
    Random random = trial.random();
    Fleet fleet = Fleet.quick(serf, programs, temp);
    List<SerfNode> nodes = fleet.start("a", "b", "c");
    // What nobody holds is lost with its event; this one is never killed.
    SerfNode witness = nodes.get(2);
    int kills = trial.rounds(4, 60);
    int heard = 0;
    String left;
    try (FileWatch watch = fleet.watch()) {
      for (int i = 0; i < kills; i++) {
        SerfNode victim = nodes.get(random.nextInt(2));
        if (i % 2 == 0) {
          // Else most of them would be killed while they start.
          fleet.awaitListening(victim);
        }
        for (int j = random.nextInt(12); j >= 0; j--) {
          fleet.change(witness, random);
        }
        Moment.within(Duration.ofMillis(10), random);
        heard += fleet.isListening(victim) ? 1 : 0;
        fleet.kill(victim);
        fleet.revive(watch);
        Program ignored = fleet.handle(victim);
      }
      fleet.revive(watch);
      fleet.assertConverged();
      left = sweep(fleet, nodes.subList(0, 2), random, watch);
      watch.assertWhole();
      assertThat(heard).as("kills of a program that heard events").isPositive();
      trial.saw(
          "%d kills, %d of them of a program that heard events; %d updates, none lost; %d reads of"
              + " %d contents, none torn or older, no node missing; %s; %d crashes of Serf",
          kills, heard, fleet.updates(), watch.reads(), watch.contents(), left, fleet.crashes());
    }
  }

  /** Lets an hour pass for what was left and what is added to it, and says how much that was. */
  private static String sweep(Fleet fleet, List<SerfNode> victims, Random random, FileWatch watch) {
    int left = 0;
    int planted = 0;
    for (SerfNode victim : victims) {
      fleet.kill(victim);
      left += fleet.remains(victim).temporary().size();
      planted += fleet.remains(victim).plant("", "p");
      fleet.remains(victim).age();
    }
    fleet.revive(watch);
    for (SerfNode victim : victims) {
      Program ignored = fleet.handle(victim);
    }
    victims.forEach(fleet::awaitListening);
    for (SerfNode victim : victims) {
      fleet.movePort(victim);
      for (int i = 0; i < 3 * Fleet.KEYS; i++) {
        ConfigFleet.publish(victim, fleet.next(random));
      }
    }
    fleet.assertConverged();
    for (SerfNode victim : victims) {
      Waiting.until(
          "no temporary files",
          () -> assertThat(fleet.remains(victim).temporary()).as(victim.name()).isEmpty());
    }
    return swept(left, planted);
  }

  private static String swept(int left, int planted) {
    return left + " temporary files left and " + planted + " planted, all swept later";
  }

  @Fault("SIGKILL of the Serf agent")
  void losesNothingWhenTheSerfAgentIsKilled(Trial trial) {
    Random random = trial.random();
    Fleet fleet = Fleet.quick(serf, programs, temp);
    List<SerfNode> nodes = fleet.start("a", "b", "c");
    SerfNode witness = nodes.get(2);
    int kills = trial.rounds(4, 60);
    try (FileWatch watch = fleet.watch()) {
      fleet.letLack(watch, nodes.subList(0, 2));
      for (int i = 0; i < kills; i++) {
        for (int j = random.nextInt(6); j >= 0; j--) {
          fleet.change(witness, random);
        }
        Moment.within(Duration.ofMillis(100), random);
        fleet.restart(nodes.get(random.nextInt(2)));
      }
      // What no program can have heard before the last kill.
      nodes.forEach(fleet::movePort);
      ConfigFleet.publish(witness, fleet.next(random));
      fleet.assertConverged();
      watch.assertWhole();
      trial.saw(
          "%d kills, %d updates, none lost; %d reads of %d contents, none torn or older",
          kills, fleet.updates(), watch.reads(), watch.contents());
    }
  }

  @Fault("SIGKILL of serf-handler event")
  void aLaterOneBringsTheNewestWhenOneIsKilled(Trial trial) throws IOException {
    Random random = trial.random();
    ConfDir conf = new ConfDir(temp.resolve("conf"));
    long begin = System.nanoTime();
    assertThat(deliver(conf, 1).status()).isZero();
    Duration whole = Duration.ofNanos(System.nanoTime() - begin);
    int kills = 0;
    int runs = 1;
    long handled = 1;
    try (FileWatch watch = FileWatch.of(List.of(conf.file("p/key.json")))) {
      while (kills < trial.rounds(4, 150)) {
        // One alone, or several that write at once.
        Map<Long, Program> started = new TreeMap<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
          runs++;
          started.put((long) runs, deliver(conf, runs));
        }
        Moment.within(whole.multipliedBy(started.size() + 1), random);
        for (Map.Entry<Long, Program> each : started.entrySet()) {
          each.getValue().process().destroyForcibly();
          int status = each.getValue().status();
          assertThat(status).as(each.getValue().toString()).isIn(0, 137);
          kills += status == 137 ? 1 : 0;
          handled = status == 0 ? Math.max(handled, each.getKey()) : handled;
        }
        // What one said that it did stays done.
        assertThat(version(conf)).isGreaterThanOrEqualTo(handled);
      }
      assertThat(deliver(conf, runs + 1).status()).isZero();
      assertThat(version(conf)).isEqualTo(runs + 1);
      Remains remains = new Remains(conf.folder());
      assertThat(remains.damage()).isEmpty();
      int left = remains.temporary().size();
      int planted = remains.plant("p");
      remains.age();
      assertThat(deliver(conf, runs + 2).status()).isZero();
      assertThat(remains.temporary()).isEmpty();
      Waiting.until("a reader", watch::assertWhole);
      trial.saw(
          "%d kills in %d runs, the newest held; %d contents read, none torn or older; %s",
          kills, runs, watch.contents(), swept(left, planted));
    }
  }

  private Program deliver(ConfDir conf, long version) throws IOException {
    ConfigUpdate update = ConfigFleet.update("key", version, Fleet.text(version));
    Path payload = Files.write(temp.resolve("payload" + version), ConfigMessage.of(update));
    return programs.start(
        child -> {
          child.redirectInput(payload.toFile());
          child
              .environment()
              .putAll(
                  Map.of(
                      "SERF_EVENT", "user",
                      "SERF_USER_EVENT", "config_updated",
                      "SERF_USER_LTIME", String.valueOf(version),
                      "SERF_SELF_NAME", "a",
                      "SERF_TAG_PRODUCTS", "p"));
        },
        "event",
        conf.option());
  }

  private static long version(ConfDir conf) throws IOException {
    byte[] file = Files.readAllBytes(conf.file("p/key.json"));
    return ConfigUpdate.ofFile("p", "key", file).version();
  }
}
