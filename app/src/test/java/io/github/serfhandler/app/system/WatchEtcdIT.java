package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfClientOptions;
import io.github.serfhandler.config.SigningKey;
import io.github.serfhandler.testkit.EtcdNode;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** That a fleet follows a real etcd, whatever happens to etcd and to those who watch it. */
@Timeout(180)
class WatchEtcdIT {
  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  private EtcdNode etcd;
  private StoreFleet fleet;

  @BeforeEach
  void start() throws IOException {
    etcd = EtcdNode.start(Files.createDirectory(temp.resolve("etcd")));
    fleet = new StoreFleet(serf, programs, temp, "--config-sync-max=10s");
  }

  @AfterEach
  void stop() {
    etcd.close();
  }

  private Program watch(SerfNode node, String... more) {
    String[] args = new String[2 + more.length];
    args[0] = "etcd";
    args[1] = "--endpoints=" + etcd.endpoint();
    System.arraycopy(more, 0, args, 2, more.length);
    return fleet.watch(node, args);
  }

  private void put(Map<String, String> expected, String key, String json) {
    etcd.put("/p/" + key, json);
    expected.put(key, json);
  }

  @Test
  void bringsEveryChangeToEveryNode() {
    fleet.start("a", "b", "c");
    SerfNode coordinator = fleet.coordinator("w");
    Map<String, String> expected = new TreeMap<>();
    put(expected, "before", "{\"n\":0}");
    Program ignored = watch(coordinator, "--deletes=on").awaitErr("following");
    for (int i = 0; i < 20; i++) {
      put(expected, "key" + i % 7, "{\"n\":" + i + "}");
    }
    fleet.awaitContents(expected);
    etcd.delete("/p/key3");
    expected.remove("key3");
    fleet.awaitContents(expected);
    assertThat(fleet.version(serf.nodes().get(0), "key5")).isLessThanOrEqualTo(etcd.revision());
    assertThat(fleet.leftovers()).isZero();
  }

  @Test
  void bringsWhatChangedWhileEtcdAndTheWatcherWereAway() {
    fleet.start("a", "b");
    SerfNode coordinator = fleet.coordinator("w");
    Map<String, String> expected = new TreeMap<>();
    for (int i = 0; i < 8; i++) {
      put(expected, "key" + i, "{\"n\":0}");
    }
    Program watcher = watch(coordinator, "--deletes=on").awaitErr("following");
    fleet.awaitContents(expected);

    etcd.kill();
    watcher.awaitErr("trying again");
    etcd.restart();
    put(expected, "key1", "{\"n\":1}");
    fleet.awaitContents(expected);

    watcher.signal("KILL");
    assertThat(watcher.status()).isEqualTo(137);
    put(expected, "key2", "{\"n\":2}");
    etcd.delete("/p/key3");
    expected.remove("key3");
    put(expected, "key4", "{\"n\":4}");
    put(expected, "key4", "{\"n\":5}");
    etcd.compact();
    etcd.kill();
    Program again = watch(coordinator, "--deletes=on").awaitErr("trying again");
    etcd.restart();
    fleet.awaitContents(expected);
    put(expected, "new", "{\"n\":6}");
    fleet.awaitContents(expected);
    assertThat(again.isRunning()).isTrue();
  }

  @Test
  void goesOnAboveTheOldVersionsWhenEtcdIsRebuilt() {
    List<SerfNode> nodes = fleet.start("a", "b");
    SerfNode coordinator = fleet.coordinator("w");
    Map<String, String> expected = new TreeMap<>();
    for (int i = 0; i < 12; i++) {
      put(expected, "db", "{\"n\":" + i + "}");
    }
    put(expected, "kept", "{}");
    Program watcher = watch(coordinator, "--deletes=on").awaitErr("following");
    fleet.awaitContents(expected);
    long before = fleet.version(nodes.get(0), "db");

    etcd.rebuild();
    put(expected, "db", "{\"n\":\"of the new etcd\"}");
    fleet.awaitContents(expected);
    assertThat(fleet.version(nodes.get(0), "db")).isGreaterThan(before);
    put(expected, "db", "{\"n\":\"and one more\"}");
    fleet.awaitContents(expected);
    watcher.awaitErr("is not the store that was followed before");
  }

  @Test
  void anotherOneTakesOverWhenTheOneThatPublishesDies() {
    fleet.start("a", "b");
    SerfNode one = fleet.coordinator("w1");
    SerfNode two = fleet.coordinator("w2");
    Map<String, String> expected = new TreeMap<>();
    put(expected, "db", "{\"n\":0}");
    Program first = watch(one).awaitErr("this node has the lock");
    fleet.awaitContents(expected);
    Program second = watch(two).awaitErr("standing by");
    put(expected, "db", "{\"n\":1}");
    fleet.awaitContents(expected);
    assertThat(second.err()).doesNotContain("is published");
    // Whoever stands by has the same copy, though it belongs to no product.
    Waiting.until(
        "the copy of w2",
        () -> assertThat(fleet.contents(two)).isEqualTo(Map.of("db", "{\"n\":1}")));

    first.signal("KILL");
    assertThat(first.status()).isEqualTo(137);
    put(expected, "db", "{\"n\":2}");
    fleet.awaitContents(expected);
    second.awaitErr("this node has the lock");

    // One that is stopped and goes on believes for a moment that it still has the lock.
    Program third = watch(one).awaitErr("standing by");
    second.signal("STOP");
    third.awaitErr("this node has the lock");
    put(expected, "db", "{\"n\":3}");
    put(expected, "other", "{\"n\":4}");
    second.signal("CONT");
    fleet.awaitContents(expected);
    put(expected, "db", "{\"n\":5}");
    fleet.awaitContents(expected);

    // Told to end, it gives the lock back.
    Waiting.until(
        "the second to stand by again",
        () ->
            assertThat(second.err().substring(second.err().lastIndexOf("this node has the lock")))
                .contains("standing by"));
    third.signal("TERM");
    assertThat(third.status()).isZero();
    put(expected, "db", "{\"n\":6}");
    fleet.awaitContents(expected);
  }

  @Test
  void twoThatBothPublishDoNoHarm() {
    fleet.start("a", "b");
    Map<String, String> expected = new TreeMap<>();
    Program one = watch(fleet.coordinator("w1"), "--lock=off").awaitErr("following");
    Program two = watch(fleet.coordinator("w2"), "--lock=off").awaitErr("following");
    for (int i = 0; i < 10; i++) {
      put(expected, "key" + i % 3, "{\"n\":" + i + "}");
    }
    fleet.awaitContents(expected);
    etcd.rebuild();
    for (int i = 0; i < 10; i++) {
      put(expected, "key" + i % 3, "{\"m\":" + i + "}");
    }
    fleet.awaitContents(expected);
    assertThat(one.isRunning()).isTrue();
    assertThat(two.isRunning()).isTrue();
    assertThat(one.err() + two.err()).doesNotContain("ERROR");
  }

  @Test
  void leavesOutWhatCanNotBeAndGoesOn() {
    fleet.start("a");
    Program watcher = watch(fleet.coordinator("w")).awaitErr("following");
    Map<String, String> expected = new TreeMap<>();
    String secret = "s3cret";
    etcd.put("/p/text", secret);
    etcd.put("/p/list", "[\"" + secret + "\"]");
    etcd.put("/p/big", "{\"a\":\"" + secret.repeat(1000) + "\"}");
    etcd.put("/p/twice", "{\"" + secret + "\":1,\"" + secret + "\":2}");
    etcd.put("/p/deep", "[".repeat(500) + secret);
    etcd.put("/p/version", "{\"_version\":\"" + secret + "\"}");
    etcd.put("/p", secret);
    etcd.put("/p/a/b/c", "{}");
    etcd.put("/p/../../etc/passwd", "{}");
    etcd.put("/p/.hidden", "{}");
    etcd.put("/p/$(touch x)", "{}");
    etcd.put("/p/line\nend", "{}");
    etcd.put("not below the prefix", "{}");
    put(expected, "quotes", "{\"a\":\"\\\"'`$(touch x)\\n\\u0000\"}");
    put(expected, "last", "{\"a\":\"\u00e4\ud83d\ude00\"}");
    fleet.awaitContents(expected);
    for (String name :
        List.of("text", "list", "big", "twice", "deep", "version", "a/b/c", ".hidden", "$(touch")) {
      assertThat(watcher.logged("WARN"))
          .as(name)
          .filteredOn(line -> line.contains("/" + name) || line.contains(" p/" + name))
          .hasSize(1);
    }
    assertThat(watcher.logged("WARN")).filteredOn(line -> line.contains("is left out")).hasSize(12);
    assertThat(watcher.err()).doesNotContain(secret).doesNotContain("\tat ");
    Waiting.until(
        "the count",
        () ->
            assertThat(fleet.conf(serf.nodes().get(1)).text(".serf-handler/watch.json"))
                .contains("\"skipped\": 12"));
  }

  @Test
  void signsWhatItPublishesWhereTheNodesTrustOneKeyOnly() throws IOException {
    SigningKey.Pair pair = SigningKey.generate("ops");
    Path key = Files.writeString(temp.resolve("ops.key"), pair.text());
    String trusted = "--trusted=" + pair.publicKey().text();
    StoreFleet strict = new StoreFleet(serf, programs, temp, trusted);
    strict.start("a");
    SerfNode coordinator = strict.coordinator("w");
    etcd.put("/p/db", "{\"n\":1}");
    String endpoints = "--endpoints=" + etcd.endpoint();
    Program unsigned = strict.watch(coordinator, "etcd", endpoints, trusted);
    unsigned.awaitErr("p/db is left out: refused on this node");
    unsigned.signal("TERM");
    assertThat(unsigned.status()).isZero();
    Program signed = strict.watch(coordinator, "etcd", endpoints, trusted, "--signing-key=" + key);
    strict.awaitContents(Map.of("db", "{\"n\":1}"));
    assertThat(signed.logged("WARN")).isEmpty();
  }

  @Test
  void bringsFiveThousandKeysWithoutAFloodOfEvents() throws IOException, InterruptedException {
    int keys = 5000;
    Path secret = Files.writeString(temp.resolve("secret"), "a secret of this test\n");
    String[] peers = {"--peer-listen=HOST:7947", "--peer-secret-file=" + secret};
    StoreFleet many = new StoreFleet(serf, programs, temp, peers);
    List<SerfNode> nodes = many.start("a", "b");
    SerfNode coordinator = many.coordinator("w");
    Map<String, String> expected = new TreeMap<>();
    for (int i = 0; i < keys; i++) {
      expected.put("key" + i, "{\"n\":" + i + "}");
    }
    putAll(expected);
    long eventsBefore = eventTime(nodes.get(0));
    Program watcher =
        many.watch(
            coordinator,
            "etcd",
            "--endpoints=" + etcd.endpoint(),
            peers[0].replace("HOST", coordinator.host()),
            peers[1]);
    watcher.awaitErr("lists " + keys + " keys");
    many.awaitContents(expected);
    // Digests, and not an event for each key.
    assertThat(eventTime(nodes.get(0)) - eventsBefore).isLessThan(200);

    // A second listing finds nothing new.
    watcher.signal("TERM");
    assertThat(watcher.status()).isZero();
    Program again =
        many.watch(
            coordinator,
            "etcd",
            "--endpoints=" + etcd.endpoint(),
            peers[0].replace("HOST", coordinator.host()),
            peers[1]);
    again.awaitErr("lists " + keys + " keys, of which 0 are news");
    etcd.put("/p/key7", "{\"n\":\"new\"}");
    expected.put("key7", "{\"n\":\"new\"}");
    many.awaitContents(expected);
  }

  @Test
  void bringsMoreKeysThanAreSentOneByOneWithoutThePeerPort()
      throws IOException, InterruptedException {
    fleet.start("a", "b");
    SerfNode coordinator = fleet.coordinator("w");
    Map<String, String> expected = new TreeMap<>();
    for (int i = 0; i < 120; i++) {
      expected.put("key" + i, "{\"n\":" + i + "}");
    }
    putAll(expected);
    Program ignored = watch(coordinator).awaitErr("lists 120 keys, of which 120 are news");
    fleet.awaitContents(expected);
  }

  /** As {@code etcdctl put}, in transactions of 100. */
  private void putAll(Map<String, String> contents) throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    List<String> puts = new ArrayList<>();
    for (Map.Entry<String, String> entry : contents.entrySet()) {
      puts.add(
          "{\"request_put\":{\"key\":\""
              + base64("/p/" + entry.getKey())
              + "\",\"value\":\""
              + base64(entry.getValue())
              + "\"}}");
      if (puts.size() == 100) {
        send(http, puts);
      }
    }
    send(http, puts);
  }

  private void send(HttpClient http, List<String> puts) throws IOException, InterruptedException {
    String body = "{\"success\":[" + String.join(",", puts) + "]}";
    HttpRequest request =
        HttpRequest.newBuilder(etcd.endpoint().resolve("/v3/kv/txn"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
    puts.clear();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** How many user events the cluster has had, as this agent knows. */
  private static long eventTime(SerfNode node) {
    SerfClientOptions options = SerfClientOptions.builder().address(node.rpc()).build();
    try (SerfClient client = SerfClient.open(options)) {
      return client.stats().eventTime();
    }
  }

  @Test
  void isAPartOfAgentTooBesideADirectory() throws IOException {
    Path tree = temp.resolve("tree");
    Path product = Files.createDirectories(tree.resolve("p"));
    Path unused = Files.writeString(product.resolve("limits.yml"), "rate: 5\n");
    ConfigFleet agents =
        new ConfigFleet(
            serf,
            programs,
            temp,
            "--endpoints=" + etcd.endpoint(),
            "--prefix=/config/",
            "--watch-dir=" + tree);
    List<SerfNode> nodes = agents.start("a", "b");
    etcd.put("/config/p/db", "{\"n\":1}");
    for (SerfNode node : nodes) {
      Waiting.until(
          node.name(),
          () -> {
            assertThat(agents.files(node).get("db")).contains("\"n\": 1");
            assertThat(agents.files(node).get("limits")).contains("\"rate\": 5");
          });
    }
    Waiting.until(
        "one node with the lock and one without",
        () ->
            assertThat(agents.program(nodes.get(0)).err() + agents.program(nodes.get(1)).err())
                .contains("this node has the lock", "standing by"));
  }
}
