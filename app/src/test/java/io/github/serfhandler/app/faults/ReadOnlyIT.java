package io.github.serfhandler.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.app.system.ConfDir;
import io.github.serfhandler.app.system.ConfigFleet;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The configuration directory becomes read-only under a running agent, and writable again. */
class ReadOnlyIT {
  private static final String NOBODY = "65534";

  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  @Fault("the file system of the files becomes read-only, and writable again")
  void getsOverAReadOnlyFileSystem(Trial trial) {
    try (SmallDisk disk = new SmallDisk(temp.resolve("disk"), 4096)) {
      Enclosure inside = disk.enclosure();
      String folder = disk.inside("").toString();
      run(
          trial,
          disk.conf("conf"),
          disk.inside("conf"),
          inside.inside(),
          "Read-only file system",
          () -> {
            // A mount of its own above: the lock that the agent holds keeps the one below writable.
            String ignored = inside.run("mount --bind \"$1\" \"$1\"", folder);
            inside.runUntilDone("mount -o remount,bind,ro \"$1\"", folder);
          },
          () -> inside.runUntilDone("umount \"$1\"", folder));
    }
  }

  @Fault("the directories of the files lose their write permission, and get it back")
  void getsOverTakenPermissions(Trial trial) throws IOException {
    try (Enclosure inside = Enclosure.ofMounts()) {
      Path conf = Files.createDirectories(temp.resolve("conf"));
      Path unused =
          Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
      Enclosure unusedToo =
          inside.where(
              "setpriv --reuid=" + NOBODY + " --clear-groups test -r \"$1\"",
              "another user may not read the program here",
              Path.of("target", "serf-handler.jar").toAbsolutePath().toString());
      String ignored = inside.run("chown \"$1\" \"$2\"", NOBODY, conf.toString());
      Consumer<ProcessBuilder> asNobody =
          builder -> {
            builder.command().addAll(0, List.of("setpriv", "--reuid=" + NOBODY, "--clear-groups"));
            builder.directory(conf.toFile());
          };
      run(
          trial,
          new ConfDir(conf),
          conf,
          asNobody,
          "ermission",
          () -> chmod(inside, "a-w", conf),
          () -> chmod(inside, "u+w", conf));
    }
  }

  private static void chmod(Enclosure inside, String mode, Path folder) {
    String ignored =
        inside.run("find \"$2\" -type d -exec chmod \"$1\" {} +", mode, folder.toString());
  }

  private void run(
      Trial trial,
      ConfDir conf,
      Path named,
      Consumer<ProcessBuilder> changes,
      String reason,
      Runnable close,
      Runnable open) {
    ConfigFleet fleet = new ConfigFleet(serf, programs, temp, "--config-sync-max=5s");
    SerfNode healthy = fleet.start("healthy").get(0);
    SerfNode node =
        serf.start(
            SerfOptions.named("closed")
                .withProfile("local")
                .withTags(Map.of("products", "p", "svc", "p/web:80")));
    node.join(healthy);
    Program agent =
        programs.start(
            changes,
            "agent",
            "--rpc-addr=" + node.rpcAddr(),
            "--conf-dir=" + named,
            "--config-sync-max=5s",
            "--log-level=debug");
    agent.awaitErr("listening to user events and queries");
    int rounds = trial.rounds(1, 6);
    for (int round = 1; round <= rounds; round++) {
      ConfigUpdate before = ConfigFleet.update("key", round * 2L - 1, "before");
      ConfigUpdate meanwhile = ConfigFleet.update("key", round * 2L, "meanwhile");
      ConfigUpdate other = ConfigFleet.update("other" + round, 1, "meanwhile");
      ConfigFleet.publish(healthy, before);
      awaitFile(conf, before);
      conf.awaitNodes("p", "web", "closed");
      Map<String, String> whole = conf.texts();
      int errors = agent.logged("ERROR").size();
      LogPoint closed = LogPoint.of(agent);
      close.run();
      node.setTag("svc", "p/web:" + (2000 + round));
      ConfigFleet.publish(healthy, meanwhile, other);
      Waiting.until(
          "word of it", () -> assertThat(agent.logged("ERROR").size()).isGreaterThan(errors));
      closed.await("cannot write " + named + "/services.json");
      Waiting.until(
          "the healthy node's", () -> assertThat(fleet.files(healthy)).containsKey(other.key()));
      closed.await("ConfigHandler failed");
      List<String> told = agent.logged("ERROR").subList(errors, agent.logged("ERROR").size());
      assertThat(told).hasSizeBetween(1, 6).doesNotHaveDuplicates();
      assertThat(told).allMatch(line -> line.contains(reason));
      assertThat(conf.texts()).isEqualTo(whole);
      assertThat(conf.text("p/key.json")).isEqualTo(ConfigFleet.file(before));
      open.run();
      int port = 2000 + round;
      Waiting.until(
          "port " + port,
          () -> {
            assertThat(conf.text("services.json")).contains("\"port\": " + port);
            assertThat(conf.text("services.yml")).contains("port: " + port);
          });
      awaitFile(conf, meanwhile);
      awaitFile(conf, other);
      closed.await("all files can be written again");
    }
    assertThat(agent.err()).doesNotContain("\tat ");
    assertThat(agent.terminate()).isZero();
    trial.saw(
        "%d times closed, %d updates meanwhile, all there afterwards without a restart",
        rounds, 2 * rounds);
  }

  private static void awaitFile(ConfDir conf, ConfigUpdate update) {
    Waiting.until(
        update.key() + " version " + update.version(),
        () ->
            assertThat(conf.text("p/" + update.key() + ".json"))
                .isEqualTo(ConfigFleet.file(update)));
  }
}
