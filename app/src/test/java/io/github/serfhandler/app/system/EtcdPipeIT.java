package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.source.ValueFormat;
import io.github.serfhandler.testkit.EtcdNode;
import io.github.serfhandler.testkit.EtcdOptions;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code etcd} behind the real {@code etcdctl} of both versions, from a real etcd to the file. */
@Timeout(180)
class EtcdPipeIT {
  private static final String HOSTILE =
      "{\"q\": \"\\\"'`$(touch touched)`\", \"n\": \"a\\nb\\u0000\",\n \"u\": \"é😀\u2028\"}";

  private static final byte[] NO_UTF_8 =
      "{\"a\": \"hunter2\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1);

  private static final String WATCHERS = "etcd_debugging_mvcc_watcher_total";
  private static final String WATCHERS_OF_V2 = "etcd_debugging_store_watchers";

  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  private EtcdNode etcd;
  private ConfigFleet fleet;
  private SerfNode node;

  @BeforeEach
  void start() throws IOException {
    etcd = EtcdNode.in(Files.createDirectory(temp.resolve("etcd")));
    etcd.start(EtcdOptions.DEFAULT.withV2());
    fleet = new ConfigFleet(serf, programs, temp);
    node = fleet.start("a").get(0);
  }

  @AfterEach
  void stop() {
    etcd.close();
  }

  /** What {@code etcdctl watch} of v3 begins with. */
  private List<String> v3() {
    return List.of("etcdctl", "--endpoints=" + etcd.endpoint(), "watch", "--prefix", "/", "--");
  }

  /** What {@code etcdctl exec-watch} of v2 begins with. */
  private List<String> v2() {
    return List.of(
        "etcdctl", "--endpoints=" + etcd.endpoint(), "exec-watch", "--recursive", "/", "--");
  }

  private Program pipe(List<String> etcdctl, String api, String... args) {
    List<String> all = new ArrayList<>(List.of("etcd", "--rpc-addr=" + node.rpcAddr()));
    all.add("--conf-dir=" + temp.resolve("coordinator"));
    all.addAll(List.of(args));
    return programs.start(
        child -> {
          child.command().addAll(0, etcdctl);
          child.directory(temp.toFile());
          child.environment().put("ETCDCTL_API", api);
          // As below systemd or supervisord: no locale, so that Java decodes ASCII alone.
          child.environment().keySet().removeIf(n -> n.startsWith("LC_") || n.equals("LANG"));
        },
        all.toArray(new String[0]));
  }

  /** A pipe of v3 that is known to watch. */
  private Program watch(String... args) {
    Program pipe = pipe(v3(), "3", args);
    awaitWatchers(WATCHERS, 1);
    etcd.put("/ready/db", "{}");
    Waiting.until("the pipe", () -> assertThat(pipe.out()).contains("\npropagated\n"));
    return pipe;
  }

  /** A pipe of v2 that is known to watch. */
  private Program execWatch(String... args) {
    Program pipe = pipe(v2(), "2", args);
    awaitWatchers(WATCHERS_OF_V2, 1);
    set("/ready/db", "{}");
    Waiting.until("the pipe", () -> assertThat(pipe.out()).contains("propagated\n"));
    return pipe;
  }

  /** Waits until so many watch: what was put before that is told to nobody. */
  private void awaitWatchers(String metric, int count) {
    String line = metric + " " + count;
    Waiting.until(line, () -> assertThat(metrics().lines()).contains(line));
  }

  private String metrics() {
    try (InputStream in = etcd.endpoint().resolve("/metrics").toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void set(String key, String value) {
    etcd.setV2(key, value.getBytes(StandardCharsets.UTF_8));
  }

  private void remove(String key) {
    String unused = etcd.ctlV2("rm", key);
  }

  private ConfigUpdate onNode(String key) {
    try {
      return ConfigUpdate.ofFile(
          "p", key, Files.readAllBytes(fleet.conf(node).file("p/" + key + ".json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonObject json(String text) {
    return ValueFormat.JSON.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private void awaitContent(String key, String content) {
    Waiting.until(
        key, () -> assertThat(onNode(key).content().orElseThrow()).isEqualTo(json(content)));
  }

  /** What was ignored, but for what the start of the pipe was waited for with. */
  private static List<String> ignored(Program pipe) {
    return pipe.err()
        .lines()
        .filter(line -> line.contains(": ignored ") && !line.contains("/ready/db"))
        .toList();
  }

  @Test
  void bringsWhatIsPutToTheFileOfEachNode() {
    Program pipe = watch();
    etcd.put("/p/db", HOSTILE);
    awaitContent("db", HOSTILE);
    etcd.put("/p/db", "{\"port\": 1}");
    etcd.put("/p/db", "{\"port\": 2}");
    awaitContent("db", "{\"port\": 2}");
    assertThat(ignored(pipe)).isEmpty();
    assertThat(temp.resolve("touched")).doesNotExist();
  }

  @Test
  void goesOnAfterWhatCanNotBePublished() {
    Program pipe = watch();
    etcd.put("/p/db", "hunter2 $(touch touched) \"");
    etcd.put("/p/db", "{\"a\": \"hunter2\0\"}");
    etcd.put("/p/db", NO_UTF_8);
    etcd.put("/p/db", "");
    etcd.put("/p/db", "{\"hunter2\": \"" + "x".repeat(50_000) + "\"}");
    etcd.put("/p", "{}");
    etcd.put("/p/too/deep", "{}");
    etcd.put("/../../db", "{}");
    etcd.put("/p/db\n\"", "{}");
    etcd.delete("/p/db");
    etcd.put("/p/db", "{\"port\": 1}");
    awaitContent("db", "{\"port\": 1}");
    assertThat(ignored(pipe)).as(pipe.err()).hasSize(10);
    assertThat(pipe.err()).doesNotContain("hunter2");
    assertThat(pipe.isRunning()).isTrue();
    assertThat(temp.resolve("touched")).doesNotExist();
  }

  @Test
  void bringsWhatVersionTwoSets() {
    Program pipe = execWatch();
    set("/p/db", HOSTILE);
    awaitContent("db", HOSTILE);
    etcd.setV2("/p/db", NO_UTF_8);
    Waiting.until("the refusal", () -> assertThat(ignored(pipe)).hasSize(1));
    set("/p/db", "hunter2 $(touch touched)");
    set("/p/too/deep", "{}");
    remove("/p/db");
    Waiting.until("the refusals", () -> assertThat(ignored(pipe)).as(pipe.err()).hasSize(4));
    assertThat(pipe.err()).contains("U+FFFD").doesNotContain("hunter2");
    set("/p/db", "{\"port\": 1}");
    awaitContent("db", "{\"port\": 1}");
    assertThat(temp.resolve("touched")).doesNotExist();
  }

  @Test
  void endsAtTheLastOfManyChangesThatVersionTwoHandsOverAtOnce() {
    Program pipe = execWatch();
    for (int i = 1; i <= 8; i++) {
      set("/p/db", "{\"port\": " + i + "}");
    }
    Waiting.until(
        "all runs",
        () ->
            assertThat(pipe.out().lines().filter(l -> l.matches("propagated|ignored")).count())
                .isGreaterThanOrEqualTo(9));
    awaitContent("db", "{\"port\": 8}");
    assertThat(pipe.err()).doesNotContain("went out as version");
  }

  @Test
  void endsAtTheLastChangeAlsoBehindTwoPipes() {
    Program one = watch();
    Program two = pipe(v3(), "3", "--conf-dir=" + temp.resolve("coordinator2"));
    awaitWatchers(WATCHERS, 2);
    for (int i = 1; i <= 8; i++) {
      etcd.put("/p/db", "{\"port\": " + i + "}");
    }
    etcd.put("/p/end", "no JSON");
    Waiting.until(
        "the end of both",
        () -> {
          assertThat(ignored(one)).anyMatch(line -> line.contains("/p/end"));
          assertThat(ignored(two)).anyMatch(line -> line.contains("/p/end"));
        });
    awaitContent("db", "{\"port\": 8}");
    long version = onNode("db").version();
    etcd.put("/p/db", "{\"port\": 9}");
    awaitContent("db", "{\"port\": 9}");
    assertThat(onNode("db").version()).isGreaterThan(version);
  }

  @Test
  void deletesWhereThatIsOn() {
    Program three = watch("--deletes=on");
    etcd.put("/p/db", "{\"port\": 1}");
    awaitContent("db", "{\"port\": 1}");
    etcd.delete("/p/db");
    Waiting.until("the deletion", () -> assertThat(fleet.files(node)).doesNotContainKey("db"));
    assertThat(ignored(three)).isEmpty();
    int unused = three.terminate();
    Program two = execWatch("--deletes=on");
    set("/p/web", "{\"port\": 1}");
    awaitContent("web", "{\"port\": 1}");
    remove("/p/web");
    Waiting.until("the deletion", () -> assertThat(fleet.files(node)).doesNotContainKey("web"));
    assertThat(ignored(two)).isEmpty();
  }

  @Test
  void waitsForAnAgentThatIsAway() {
    Program pipe = watch();
    node.kill();
    etcd.put("/p/db", "{\"port\": 1}");
    Program unused = pipe.awaitErr("trying again for 30 s");
    node.restart();
    awaitContent("db", "{\"port\": 1}");
    assertThat(pipe.isRunning()).isTrue();
  }

  @Test
  void liftsTheVersionsOfAnEtcdThatWasRebuilt() {
    Program before = watch();
    for (int i = 1; i <= 5; i++) {
      etcd.put("/p/other", "{\"i\": " + i + "}");
    }
    etcd.put("/p/db", "{\"port\": 1}");
    awaitContent("db", "{\"port\": 1}");
    long old = onNode("db").version();
    int unused = before.terminate();

    etcd.rebuild();
    Program after = pipe(v3(), "3");
    awaitWatchers(WATCHERS, 1);
    etcd.put("/p/db", "{\"port\": 2}");
    awaitContent("db", "{\"port\": 2}");
    assertThat(onNode("db").version()).isGreaterThan(old);
    // The node may have it before the pipe says so.
    Program unusedToo = after.awaitErr("went out as version " + (old + 1) + ", for the nodes knew");
  }
}
