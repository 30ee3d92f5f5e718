package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.testkit.EtcdNode;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files of {@code examples} that keep a watcher alive, with the paths of a test in the place of
 * those of a machine.
 */
@Timeout(180)
class EtcdKeptAliveIT {
  private static final Path EXAMPLES = Path.of("..", "examples");

  private static final String WATCHERS = "etcd_debugging_mvcc_watcher_total";
  private static final String STREAMS =
      "grpc_server_started_total{grpc_method=\"Watch\",grpc_service=\"etcdserverpb.Watch\","
          + "grpc_type=\"bidi_stream\"}";

  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  private Path launcher;

  @BeforeEach
  void makeLauncher() throws IOException {
    launcher = temp.resolve("serf-handler");
    String command =
        Programs.command().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    Files.writeString(launcher, "#!/bin/sh\nexec " + command + " \"$@\"\n");
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String example(String name) throws IOException {
    return Files.readString(EXAMPLES.resolve("etcd").resolve(name))
        .replace("/usr/local/bin/serf-handler", launcher.toString())
        .replace("/etc/serf-handler.yml", temp.resolve("serf-handler.yml").toString())
        .replace("/var/lib/serf-handler", temp.toString())
        .replace("/var/log", temp.toString());
  }

  private static void assumeThereIs(String program) {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin", program)), program + " is not installed");
  }

  /** Starts supervisord with a file of the examples, which may run as whoever tests. */
  private Program supervisord(String name, EtcdNode etcd) throws IOException {
    String program =
        example(name)
            .replace("http://127.0.0.1:2379", etcd.endpoint().toString())
            .replace("user=serf-handler\n", "");
    Files.writeString(
        temp.resolve("supervisord.conf"),
        "[supervisord]\nlogfile=supervisord.log\npidfile=supervisord.pid\n" + program);
    return programs.shell(temp, "exec supervisord -n -c supervisord.conf");
  }

  /** What the units and programs read in the place of {@code /etc/serf-handler.yml}. */
  private void writeSettings(SerfNode node) throws IOException {
    Files.writeString(
        temp.resolve("serf-handler.yml"),
        "rpc:\n  addr: " + node.rpcAddr() + "\nconf_dir: " + temp.resolve("conf") + "\n");
  }

  @Test
  void supervisordStartsThePipeAgain() throws IOException {
    assumeThereIs("supervisord");
    ConfigFleet fleet = new ConfigFleet(serf, programs, temp.resolve("nodes"));
    SerfNode node = fleet.start("a").get(0);
    writeSettings(node);
    try (EtcdNode etcd = EtcdNode.start(Files.createDirectory(temp.resolve("etcd")))) {
      Program supervisord = supervisord("serf-handler-pipe.conf", etcd);

      awaitPublished(etcd, 1, fleet, node, "first");
      ProcessHandle first = child(supervisord, "/etcdctl");
      assertThat(first.destroyForcibly()).isTrue();
      Waiting.until("its end", () -> assertThat(first.isAlive()).isFalse());
      awaitPublished(etcd, 2, fleet, node, "killed");

      ProcessHandle second = child(supervisord, "/etcdctl");
      etcd.put("/p/large", "{\"large\": \"" + "x".repeat(140_000) + "\"}");
      Waiting.until("its end by a large value", () -> assertThat(second.isAlive()).isFalse());
      awaitPublished(etcd, 3, fleet, node, "large");
      awaitLogged("serf-handler-pipe.err", "argument list too long");
      assertThat(supervisord.terminate()).isZero();
    }
  }

  @Test
  void supervisordStartsTheWatcherAgainWhichPublishesWhatChangedMeanwhile() throws IOException {
    assumeThereIs("supervisord");
    StoreFleet fleet = new StoreFleet(serf, programs, temp.resolve("nodes"));
    List<SerfNode> nodes = fleet.start("a", "b");
    writeSettings(fleet.coordinator("w"));
    try (EtcdNode etcd = EtcdNode.start(Files.createDirectory(temp.resolve("etcd")))) {
      etcd.put("/p/before", "{\"n\":0}");
      Program supervisord = supervisord("serf-handler-watch.conf", etcd);
      fleet.awaitContents(Map.of("before", "{\"n\":0}"));
      etcd.put("/p/db", "{\"n\":1}");
      fleet.awaitContents(Map.of("before", "{\"n\":0}", "db", "{\"n\":1}"));

      ProcessHandle first = child(supervisord, "/java");
      // Stopped, so that all of this surely comes while nobody watches.
      Program unused = supervisord.signal("STOP");
      assertThat(first.destroyForcibly()).isTrue();
      etcd.put("/p/db", "{\"n\":2}");
      etcd.put("/p/db", "{\"n\":3}");
      etcd.put("/p/large", "{\"large\":\"" + "x".repeat(140_000) + "\"}");
      etcd.put("/p/new", "{\"n\":4}");
      unused = supervisord.signal("CONT");
      fleet.awaitContents(Map.of("before", "{\"n\":0}", "db", "{\"n\":3}", "new", "{\"n\":4}"));

      ProcessHandle second = child(supervisord, "/java");
      assertThat(second.pid()).isNotEqualTo(first.pid());
      etcd.put("/p/db", "{\"n\":5}");
      Waiting.until(
          "the last change",
          () -> assertThat(fleet.contents(nodes.get(1))).containsEntry("db", "{\"n\":5}"));
      assertThat(second.isAlive()).isTrue();
      awaitLogged("serf-handler-watch.err", "p/large is left out");
      assertThat(supervisord.terminate()).isZero();
    }
  }

  /** Puts when that pipe watches, counted from 1: what changes while none does is lost. */
  private static void awaitPublished(
      EtcdNode etcd, int pipe, ConfigFleet fleet, SerfNode node, String text) {
    Waiting.until(
        "pipe " + pipe,
        () -> assertThat(metrics(etcd).lines()).contains(STREAMS + " " + pipe, WATCHERS + " 1"));
    etcd.put("/p/db", "{\"text\": \"" + text + "\"}");
    Waiting.until(text, () -> assertThat(fleet.files(node).get("db")).contains(text));
  }

  private static String metrics(EtcdNode etcd) {
    try (InputStream in = etcd.endpoint().resolve("/metrics").toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for what supervisord takes from a program's standard error and writes by and by. */
  private void awaitLogged(String file, String text) {
    Waiting.until(file, () -> assertThat(temp.resolve(file)).content().contains(text));
  }

  /** Its own child: one that etcdctl is about to run has the name of etcdctl for a moment. */
  private static ProcessHandle child(Program supervisord, String command) {
    List<ProcessHandle> found =
        supervisord
            .process()
            .children()
            .filter(child -> child.info().command().orElse("").endsWith(command))
            .toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "etcd/serf-handler-pipe.service",
        "etcd/serf-handler-watch.service",
        "directory/serf-handler-directory.service",
        "directory/config-pull.service"
      })
  void systemdUnderstandsTheUnits(String example) throws IOException {
    assumeThereIs("systemd-analyze");
    assumeThereIs("git");
    String name = example.substring(example.indexOf('/') + 1);
    // The unit's own keys stay as they are but for the path of the program.
    String unit =
        Files.readString(EXAMPLES.resolve(example))
            .replace("/usr/local/bin/serf-handler", launcher.toString());
    Files.writeString(temp.resolve(name), unit);
    Program verify = programs.shell(temp, "systemd-analyze verify --man=no ./" + name);
    assertThat(verify.status()).as(verify.toString()).isZero();
    assertThat(verify.err()).doesNotContain(name);
  }
}
