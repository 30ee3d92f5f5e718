package io.github.serfhandler.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.app.system.ConfDir;
import io.github.serfhandler.app.system.ConfigFleet;
import io.github.serfhandler.app.system.StoreFleet;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The disk of a node is full, a real one in a mount namespace. */
class FullDiskIT {
  private static final String REMEDY = "No space left on device; free some space there";

  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  private Program agent(SmallDisk disk, SerfNode node, Path conf) {
    return programs.start(
        disk.enclosure().inside(),
        "agent",
        "--rpc-addr=" + node.rpcAddr(),
        "--conf-dir=" + conf,
        "--config-sync-max=5s",
        "--log-level=debug");
  }

  private static ConfigUpdate update(int key, long version) {
    return ConfigFleet.update("key" + key, version, "x".repeat(300));
  }

  @Fault("the disk of the files is full while the agent follows")
  void keepsOldFilesWholeAndGetsTheNewestOnceThereIsSpace(Trial trial) {
    try (SmallDisk disk = new SmallDisk(temp.resolve("disk"), 1024)) {
      ConfigFleet fleet = new ConfigFleet(serf, programs, temp, "--config-sync-max=5s");
      SerfNode healthy = fleet.start("healthy").get(0);
      SerfNode full =
          serf.start(
              SerfOptions.named("full")
                  .withProfile("local")
                  .withTags(Map.of("products", "p", "svc", "p/web:80")));
      full.join(healthy);
      ConfDir conf = disk.conf("conf");
      Program agent = agent(disk, full, disk.inside("conf"));
      agent.awaitErr("listening to user events and queries");
      int rounds = trial.rounds(1, 6);
      int keys = 20;
      for (int round = 1; round <= rounds; round++) {
        long version = round * 2L;
        ConfigUpdate before = update(0, version - 1);
        ConfigFleet.publish(healthy, before);
        Waiting.until(
            "the key before the disk is full",
            () -> assertThat(conf.text("p/key0.json")).isEqualTo(ConfigFleet.file(before)));
        full.setTag("svc", "p/web:" + (1000 + round));
        int port = 1000 + round;
        Waiting.until(
            "the port",
            () -> {
              assertThat(conf.text("services.json")).contains("\"port\": " + port);
              assertThat(conf.text("services.yml")).contains("port: " + port);
            });
        Map<String, String> whole = conf.texts();
        int errors = agent.logged("ERROR").size();
        LogPoint filled = LogPoint.of(agent);
        disk.fill();
        full.setTag("svc", "p/web:" + (2000 + round));
        for (int key = 0; key < keys; key++) {
          ConfigFleet.publish(healthy, update(key, version));
        }
        Waiting.until(
            "word of the full disk",
            () -> assertThat(agent.logged("ERROR").size()).isGreaterThan(errors));
        Waiting.until(
            "the healthy node's files",
            () ->
                assertThat(fleet.files(healthy))
                    .hasSize(keys)
                    .containsEntry("key0", ConfigFleet.file(update(0, version))));
        filled.await("key0.record: " + REMEDY);
        assertThat(conf.text("services.json")).isEqualTo(whole.get("services.json"));
        assertThat(conf.text("services.yml")).isEqualTo(whole.get("services.yml"));
        assertThat(conf.text("p/key0.json")).isEqualTo(ConfigFleet.file(before));
        Program doctor =
            programs.run(
                disk.enclosure().inside(),
                "doctor",
                "--rpc-addr=" + full.rpcAddr(),
                "--conf-dir=" + disk.inside("conf"));
        assertThat(doctor.out()).contains("disk space: 0 MiB free", "make room");
        // One line for each file that could not be written, and no more of them as time goes on.
        List<String> told = agent.logged("ERROR").subList(errors, agent.logged("ERROR").size());
        assertThat(told).hasSizeBetween(1, 6).allMatch(line -> line.contains(REMEDY));
        assertThat(told).doesNotHaveDuplicates();
        disk.free();
        awaitNewest(conf, fleet, healthy, 2000 + round);
        filled.await("all files can be written again");
      }
      assertThat(agent.isRunning()).isTrue();
      assertThat(agent.err()).doesNotContain("\tat ");
      // What tells of the agent's state is written by and by, and not only now.
      Waiting.until("no temporary files", () -> assertThat(disk.temporaries()).isEmpty());
      trial.saw(
          "%d times full, %d of %d keys newest afterwards without a restart, no file torn",
          rounds, keys, keys);
    }
  }

  private static void awaitNewest(ConfDir conf, ConfigFleet fleet, SerfNode healthy, int port) {
    Waiting.until(
        "port " + port,
        () -> {
          assertThat(conf.text("services.json")).contains("\"port\": " + port);
          assertThat(conf.text("services.yml")).contains("port: " + port);
        });
    Map<String, String> wanted = fleet.files(healthy);
    for (Map.Entry<String, String> file : wanted.entrySet()) {
      Waiting.until(
          file.getKey(),
          () -> assertThat(conf.text("p/" + file.getKey() + ".json")).isEqualTo(file.getValue()));
    }
  }

  @Fault("the disk of .serf-handler is full when the agent starts")
  void writesTheFilesThoughItCanRememberNothing(Trial trial) {
    ConfigFleet fleet = new ConfigFleet(serf, programs, temp, "--config-sync-max=5s");
    SerfNode healthy = fleet.start("healthy").get(0);
    SerfNode node =
        serf.start(
            SerfOptions.named("full")
                .withProfile("local")
                .withTags(Map.of("products", "p", "svc", "p/web:80")));
    node.join(healthy);
    ConfigFleet.publish(healthy, update(0, 1));
    try (SmallDisk disk = new SmallDisk(temp.resolve("conf/.serf-handler"), 256)) {
      disk.fill();
      ConfDir conf = new ConfDir(temp.resolve("conf"));
      Program agent = agent(disk, node, temp.resolve("conf"));
      conf.awaitNodes("p", "web", "full");
      agent.awaitErr("No space left on device");
      node.setTag("svc", "p/web:81");
      conf.awaitNodes("p", "web", "full");
      Waiting.until(
          "port 81", () -> assertThat(conf.text("services.json")).contains("\"port\": 81"));
      assertThat(agent.isRunning()).isTrue();
      disk.free();
      Waiting.until(
          "the key",
          () -> assertThat(conf.text("p/key0.json")).isEqualTo(ConfigFleet.file(update(0, 1))));
      Waiting.until(
          "the state",
          () ->
              assertThat(new ConfDir(disk.conf("").folder()).text("status.json"))
                  .contains("following"));
      assertThat(agent.err()).doesNotContain("\tat ");
      trial.saw("files current all the time, the state and 1 key as soon as there was space");
    }
  }

  @Fault("the disk of .serf-handler of watch dir is full")
  void publishesWhatItCouldNotRememberOnceThereIsSpace(Trial trial) throws IOException {
    StoreFleet fleet = new StoreFleet(serf, programs, temp, "--config-sync-max=5s");
    List<SerfNode> nodes = fleet.start("a", "b");
    SerfNode watching = fleet.coordinator("w");
    Path tree = Files.createDirectories(temp.resolve("tree/p"));
    write(tree, "db.json", "{\"n\":1}");
    try (SmallDisk disk = new SmallDisk(temp.resolve("disk"), 256)) {
      Program watcher =
          programs.start(
              disk.enclosure().inside(),
              "watch",
              "dir",
              temp.resolve("tree").toString(),
              "--deletes=on",
              "--rpc-addr=" + watching.rpcAddr(),
              "--conf-dir=" + disk.inside("conf"));
      fleet.awaitContents(Map.of("db", "{\"n\":1}"));
      int rounds = trial.rounds(1, 5);
      for (int round = 1; round <= rounds; round++) {
        String value = "{\"n\":" + (round + 1) + "}";
        LogPoint filled = LogPoint.of(watcher);
        disk.fill();
        write(tree, "db.json", value);
        write(tree, "key" + round + ".json", value);
        // Each time anew, though it is the same reason: it was well in between.
        filled.await("WARN", "p/db can not be taken for now", "No space left on device");
        assertThat(watcher.isRunning()).isTrue();
        disk.free();
        int last = round;
        for (SerfNode node : nodes) {
          Waiting.until(
              "both keys of round " + last + " on " + node.name(),
              () ->
                  assertThat(fleet.contents(node))
                      .containsEntry("db", value)
                      .containsEntry("key" + last, value));
        }
      }
      assertThat(watcher.err()).doesNotContain("\tat ");
      assertThat(watcher.logged("ERROR").size() + watcher.logged("WARN").size())
          .as(watcher.err())
          .isLessThan(20 * rounds);
      trial.saw("%d times full, both keys on both nodes each time afterwards", rounds);
    }
  }

  private static void write(Path tree, String name, String text) throws IOException {
    Path beside = Files.writeString(tree.resolve("." + name + ".new"), text);
    Path ignored =
        Files.move(beside, tree.resolve(name), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }
}
