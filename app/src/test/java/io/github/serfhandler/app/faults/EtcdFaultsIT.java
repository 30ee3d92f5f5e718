package io.github.serfhandler.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.system.StoreFleet;
import io.github.serfhandler.testkit.EtcdNode;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL and SIGSTOP of etcd and of those who watch it, while values are put. */
class EtcdFaultsIT {
  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  private EtcdNode etcd;
  private StoreFleet fleet;
  private List<SerfNode> nodes = List.of();

  @BeforeEach
  void start() throws IOException {
    etcd = EtcdNode.start(Files.createDirectory(temp.resolve("etcd")));
    fleet = new StoreFleet(serf, programs, temp, "--config-sync-max=5s");
    nodes = fleet.start("a", "b");
  }

  @AfterEach
  void stop() {
    etcd.close();
  }

  private Program watch(SerfNode node) {
    return fleet.watch(node, "etcd", "--endpoints=" + etcd.endpoint());
  }

  private void assertAllHold(EtcdPuts puts) {
    Map<String, String> last = puts.finish(etcd);
    fleet.awaitContents(last);
    for (SerfNode node : nodes) {
      assertThat(new Remains(temp.resolve(node.name())).damage()).isEmpty();
    }
    assertThat(fleet.leftovers()).isZero();
  }

  @Fault("SIGKILL of etcd")
  void everyLastValueArrivesWhenEtcdIsKilled(Trial trial) {
    Random random = trial.random();
    Program watcher = watch(fleet.coordinator("w")).awaitErr("following");
    int kills = trial.rounds(2, 15);
    try (EtcdPuts puts = EtcdPuts.into(etcd)) {
      for (int i = 0; i < kills; i++) {
        Moment.within(Duration.ofMillis(1_500), random);
        etcd.kill();
        Moment.within(Duration.ofMillis(300), random);
        etcd.restart();
      }
      assertAllHold(puts);
      assertThat(watcher.isRunning()).isTrue();
      assertThat(watcher.logged("ERROR")).isEmpty();
      trial.saw(
          "%d kills, %d values put (%d tries in vain), every last one on every node",
          kills, puts.puts(), puts.failures());
    }
  }

  @Fault("SIGSTOP of etcd")
  void everyLastValueArrivesWhenEtcdIsStopped(Trial trial) {
    Random random = trial.random();
    Program watcher = watch(fleet.coordinator("w")).awaitErr("following");
    int stops = trial.rounds(2, 10);
    try (EtcdPuts puts = EtcdPuts.into(etcd)) {
      for (int i = 0; i < stops; i++) {
        Moment.within(Duration.ofMillis(500), random);
        etcd.pause();
        // In full runs also for longer than the lease of the lock lives.
        Moment.within(Duration.ofMillis(trial.isFull() ? 8_000 : 1_000), random);
        etcd.resume();
      }
      assertAllHold(puts);
      assertThat(watcher.isRunning()).isTrue();
      assertThat(watcher.logged("ERROR")).isEmpty();
      trial.saw(
          "%d stops, %d values put (%d tries in vain), every last one on every node",
          stops, puts.puts(), puts.failures());
    }
  }

  @Fault("SIGKILL of watch etcd")
  void everyLastValueArrivesWhenAWatcherIsKilled(Trial trial) {
    Random random = trial.random();
    SerfNode[] places = {fleet.coordinator("w1"), fleet.coordinator("w2")};
    Program[] watchers = {watch(places[0]).awaitErr("this node has the lock"), watch(places[1])};
    int kills = trial.rounds(2, 25);
    int held = 0;
    try (EtcdPuts puts = EtcdPuts.into(etcd)) {
      for (int i = 0; i < kills; i++) {
        // In full runs, now and then, past the life of the lease, so that the other one has the
        // lock.
        boolean past = trial.isFull() && random.nextInt(4) == 0;
        Moment.within(Duration.ofMillis(past ? 8_000 : 1_000), random);
        int victim = random.nextInt(2);
        held += watchers[victim].err().contains("this node has the lock") ? 1 : 0;
        watchers[victim].process().destroyForcibly();
        assertThat(watchers[victim].status()).isEqualTo(137);
        watchers[victim] = watch(places[victim]);
      }
      assertAllHold(puts);
      for (Program watcher : watchers) {
        assertThat(watcher.isRunning()).isTrue();
        assertThat(watcher.logged("ERROR")).isEmpty();
      }
      trial.saw(
          "%d kills, %d of one that had the lock, %d values put, every last one on every node",
          kills, held, puts.puts());
    }
  }
}
