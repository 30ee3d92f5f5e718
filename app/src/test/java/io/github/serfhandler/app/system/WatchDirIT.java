package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** That a fleet follows a directory. */
@Timeout(180)
class WatchDirIT {
  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  private void write(String name, String text) throws IOException {
    Path file = temp.resolve("tree/p").resolve(name);
    Files.createDirectories(file.getParent());
    Path beside = Files.writeString(file.resolveSibling("." + name + ".new"), text);
    Path unused = Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void bringsEveryChangeToEveryNodeAndGoesOnAfterARestart() throws IOException {
    StoreFleet fleet = new StoreFleet(serf, programs, temp, "--config-sync-max=10s");
    List<SerfNode> nodes = fleet.start("a", "b");
    SerfNode coordinator = fleet.coordinator("w");
    Map<String, String> expected = new TreeMap<>();
    write("db.json", "{\"n\":1}");
    write("limits.yml", "rate: 5\nhosts: [a, b]\n");
    expected.put("db", "{\"n\":1}");
    expected.put("limits", "{\"hosts\":[\"a\",\"b\"],\"rate\":5}");
    String tree = temp.resolve("tree").toString();
    Program watcher = fleet.watch(coordinator, "dir", tree, "--deletes=on");
    fleet.awaitContents(expected);
    assertThat(fleet.version(nodes.get(0), "db")).isEqualTo(1);

    write("db.json", "{\"n\":2}");
    expected.put("db", "{\"n\":2}");
    write("bad.json", "{\"secret\":");
    write("new.json", "{}");
    expected.put("new", "{}");
    fleet.awaitContents(expected);
    watcher.awaitErr("p/bad is left out: not JSON");
    assertThat(watcher.err()).doesNotContain("secret");

    watcher.signal("KILL");
    assertThat(watcher.status()).isEqualTo(137);
    write("db.json", "{\"n\":3}");
    expected.put("db", "{\"n\":3}");
    Files.delete(temp.resolve("tree/p/new.json"));
    expected.remove("new");
    Program again = fleet.watch(coordinator, "dir", tree, "--deletes=on");
    fleet.awaitContents(expected);
    assertThat(fleet.version(nodes.get(0), "db")).isEqualTo(3);

    // A directory that is gone is not an empty one.
    Path unused = Files.move(temp.resolve("tree"), temp.resolve("away"));
    again.awaitErr("trying again");
    unused = Files.move(temp.resolve("away"), temp.resolve("tree"));
    write("db.json", "{\"n\":4}");
    expected.put("db", "{\"n\":4}");
    fleet.awaitContents(expected);
  }

  @Test
  void aCopyThatWasLostGoesOnAboveWhatTheFleetHolds() throws IOException {
    StoreFleet fleet = new StoreFleet(serf, programs, temp, "--config-sync-max=10s");
    List<SerfNode> nodes = fleet.start("a", "b");
    SerfNode coordinator = fleet.coordinator("w");
    String tree = temp.resolve("tree").toString();
    write("db.json", "{\"n\":0}");
    Program watcher = fleet.watch(coordinator, "dir", tree);
    fleet.awaitContents(Map.of("db", "{\"n\":0}"));
    for (int i = 1; i < 4; i++) {
      write("db.json", "{\"n\":" + i + "}");
      fleet.awaitContents(Map.of("db", "{\"n\":" + i + "}"));
    }
    assertThat(fleet.version(nodes.get(0), "db")).isEqualTo(4);
    watcher.signal("TERM");
    assertThat(watcher.status()).isZero();

    // Another node, which has seen nothing of it, takes over with a newer tree.
    write("db.json", "{\"n\":\"newer\"}");
    Program ignored = fleet.watch(fleet.coordinator("w2"), "dir", tree);
    fleet.awaitContents(Map.of("db", "{\"n\":\"newer\"}"));
    assertThat(fleet.version(nodes.get(0), "db")).isGreaterThan(4);
  }

  @Test
  void refusesToFollowWhatCanNotBeKeptEqual() throws IOException {
    Path off = Files.writeString(temp.resolve("off.yml"), "config.sync: off\nwatch.dir: /srv/x\n");
    for (String command : List.of("watch dir /srv/x", "agent")) {
      List<String> args = new ArrayList<>(List.of(command.split(" ", -1)));
      args.add("--config=" + off);
      Program program = programs.run(args.toArray(new String[0]));
      assertThat(program.status()).isEqualTo(1);
      assertThat(program.err())
          .contains("a store is to be followed, but config.sync is off (" + off + ":1)")
          .doesNotContain("\tat ");
    }
  }
}
