package io.github.serfhandler.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.source.SourceEntry;
import io.github.serfhandler.source.SourceException;
import io.github.serfhandler.testkit.EtcdNode;
import io.github.serfhandler.testkit.EtcdOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One real etcd for all; each test has a prefix of its own. */
@Timeout(120)
class EtcdSourceIT {
  @TempDir static Path folder;
  private static EtcdNode etcd;

  @BeforeAll
  static void start() {
    etcd = EtcdNode.in(folder);
    // So that a value can be longer than a page.
    etcd.start(EtcdOptions.DEFAULT.withFlag("--max-request-bytes=4194304"));
  }

  @AfterAll
  static void stop() {
    etcd.close();
  }

  private static EtcdSettings settings(String... prefixes) {
    return Sources.prefixes(Sources.settings(etcd.endpoint()), prefixes);
  }

  @Test
  void listsInPagesAndThenTellsOfPutsAndDeletes() {
    fill("/pages", 600);
    try (FollowRun run = FollowRun.of(Sources.source(settings("/pages")))) {
      Sources.await(() -> run.feed.listings() == 1);

      assertThat(run.feed.values()).hasSize(600).containsEntry("app/key599", "{\"n\":599}");
      assertThat(run.feed.pages).hasSizeGreaterThan(1);
      assertThat(run.feed.lineages.get(0)).matches("cluster [0-9]+");

      etcd.put("/pages/app/key1", "{\"new\":1}");
      etcd.delete("/pages/app/key2");
      Sources.await(() -> run.feed.allChanges().size() == 2);

      SourceEntry put = run.feed.allChanges().get(0);
      SourceEntry deleted = run.feed.allChanges().get(1);
      assertThat(run.feed.values()).containsEntry("app/key1", "{\"new\":1}").hasSize(599);
      assertThat(deleted.name()).isEqualTo("app/key2");
      assertThat(deleted.isDeletion()).isTrue();
      assertThat(put.revision()).isEqualTo(run.feed.ends.get(0) + 1);
      assertThat(deleted.revision()).isEqualTo(put.revision() + 1);
      assertThat(run.failures).isEmpty();
    }
  }

  @Test
  void tellsTogetherWhatWasChangedTogether() {
    try (FollowRun run = FollowRun.of(Sources.source(settings("/txn/")))) {
      Sources.await(() -> run.feed.listings() == 1);
      Rest.post(
          etcd.endpoint(),
          "/v3/kv/txn",
          "{\"success\":["
              + Rest.putOp("/txn/a/x", "1")
              + ","
              + Rest.putOp("/txn/a/y", "2")
              + "]}");
      Sources.await(() -> !run.feed.changes.isEmpty());

      assertThat(run.feed.changes.get(0))
          .extracting(SourceEntry::name)
          .containsExactly("a/x", "a/y");
    }
  }

  @Test
  void readsOneKeyWhileItFollows() throws Exception {
    etcd.put("/read/app/main", "{\"a\":1}");
    try (FollowRun run = FollowRun.of(Sources.source(settings("/read")))) {
      Sources.await(() -> run.feed.listings() == 1);

      assertThat(run.source.read("app", "main")).contains(run.feed.entry("app/main").orElseThrow());
      assertThat(run.source.read("app", "none")).isEmpty();
    }
  }

  @Test
  void theStrongerPrefixCountsAndTheWeakerTakesOverWhereItIsDeleted() throws Exception {
    etcd.put("/strong/app/main", "{\"from\":\"strong\"}");
    etcd.put("/weak/app/main", "{\"from\":\"weak\"}");
    etcd.put("/weak/app/other", "{\"from\":\"weak\"}");
    try (FollowRun run = FollowRun.of(Sources.source(settings("/strong", "/weak")))) {
      Sources.await(() -> run.feed.listings() == 1);

      assertThat(run.feed.values())
          .isEqualTo(
              Map.of("app/main", "{\"from\":\"strong\"}", "app/other", "{\"from\":\"weak\"}"));
      assertThat(run.feed.skipped)
          .containsEntry("/weak/app/main", "/strong/app/main counts in its place");

      etcd.delete("/strong/app/main");
      Sources.await(() -> !run.feed.changes.isEmpty());
      assertThat(run.feed.values()).containsEntry("app/main", "{\"from\":\"weak\"}");
      assertThat(run.feed.allChanges().get(0).revision()).isGreaterThan(run.feed.ends.get(0));

      etcd.put("/strong/app/main", "{\"from\":\"strong again\"}");
      Sources.await(() -> run.feed.values().containsValue("{\"from\":\"strong again\"}"));
      etcd.put("/weak/app/main", "{\"from\":\"weak again\"}");
      Sources.await(() -> run.feed.changes.size() == 3);
      assertThat(run.feed.values()).containsEntry("app/main", "{\"from\":\"strong again\"}");
      assertThat(run.source.read("app", "main"))
          .hasValueSatisfying(
              entry -> assertThat(entry.value().orElseThrow().text()).contains("strong"));

      etcd.delete("/strong/app/main");
      etcd.delete("/weak/app/main");
      Sources.await(() -> !run.feed.values().containsKey("app/main"));
    }
  }

  @Test
  void hostileKeysAreNamedAndHostileValuesPass() {
    String value = "{\"a\":\"$(touch x) `id` '; \\\" \\n\\u0000\"}";
    etcd.put("/odd/app/good", value);
    etcd.put("/odd/app/tail", "\u0001\u0002 no JSON");
    etcd.put("/odd/app/../../etc/passwd", "{}");
    etcd.put("/odd/short", "{}");
    etcd.put("/odd/app/$(id)", "{}");
    etcd.put("/odd/app/new\nline", "{}");
    byte[] notUtf8 = {'/', 'o', 'd', 'd', '/', 'a', '/', (byte) 0xff, 0, '"'};
    Rest.put(etcd.endpoint(), notUtf8, "{}".getBytes(StandardCharsets.UTF_8));
    byte[] bytes = {(byte) 0xff, 0, 1};
    Rest.put(etcd.endpoint(), "/odd/app/bytes".getBytes(StandardCharsets.UTF_8), bytes);

    try (FollowRun run = FollowRun.of(Sources.source(settings("/odd")))) {
      Sources.await(() -> run.feed.listings() == 1);

      assertThat(run.feed.values())
          .containsOnlyKeys("app/good", "app/tail", "app/bytes")
          .containsEntry("app/good", value);
      assertThat(run.feed.entry("app/bytes").orElseThrow().value().orElseThrow().bytes())
          .isEqualTo(bytes);
      assertThat(run.feed.skipped.keySet())
          .containsExactlyInAnyOrder(
              "/odd/app/../../etc/passwd",
              "/odd/short",
              "/odd/app/$(id)",
              "/odd/app/new\\u000aline",
              "/odd/a/\\xff\\x00\"");
      assertThat(run.feed.skipped).containsEntry("/odd/a/\\xff\\x00\"", "its name is not UTF-8");

      etcd.put("/odd/app/$(id)2", "{}");
      Sources.await(() -> run.feed.skipped.containsKey("/odd/app/$(id)2"));
    }
  }

  @Test
  void aValueThatIsTooBigIsNamedAndTheRestGoesOn() throws Exception {
    String mebibyte = "x".repeat(1024 * 1024);
    for (String key : List.of("a", "b", "c", "d")) {
      Rest.put(etcd.endpoint(), "/big/app/" + key, mebibyte);
    }
    Rest.put(etcd.endpoint(), "/big/app/e", mebibyte + "y");
    // Longer than a page can be.
    Rest.put(etcd.endpoint(), "/big/app/f", "x".repeat(3 * 1024 * 1024));
    etcd.put("/big/app/g", "{}");
    try (FollowRun run = FollowRun.of(Sources.source(settings("/big")))) {
      Sources.await(() -> run.feed.listings() == 1);

      assertThat(run.feed.values()).containsOnlyKeys("app/a", "app/b", "app/c", "app/d", "app/g");
      assertThat(run.feed.unusable)
          .containsOnlyKeys("app/e", "app/f")
          .hasEntrySatisfying(
              "app/e", reason -> assertThat(reason).startsWith("its value has 1048577 bytes"));

      Rest.put(etcd.endpoint(), "/big/app/h", mebibyte + "y".repeat(2 * 1024 * 1024));
      Sources.await(() -> run.feed.skipped.containsKey("/big/app/h"));
      etcd.put("/big/app/i", "{}");
      Sources.await(() -> run.feed.values().containsKey("app/i"));
      assertThatThrownBy(() -> run.source.read("app", "f"))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("app/f")
          .hasMessageContaining("bytes");
      assertThat(run.failures).isEmpty();
    }
  }

  @Test
  void aKeyWithALongNameIsNamedAndTheRestGoesOn() {
    String mebibyte = "x".repeat(1024 * 1024);
    Rest.put(etcd.endpoint(), "/long/!" + "x".repeat(50_000), "{}");
    for (int i = 0; i < 5; i++) {
      Rest.put(etcd.endpoint(), "/long/app/" + i + mebibyte, "{}");
    }
    // Longer than a page can be.
    Rest.put(etcd.endpoint(), "/long/app/5" + mebibyte + "x".repeat(700 * 1024), "{}");
    etcd.put("/long/app/main", "{}");
    try (FollowRun run = FollowRun.of(Sources.source(settings("/long")))) {
      Sources.await(() -> run.feed.listings() == 1);

      assertThat(run.feed.values()).containsOnlyKeys("app/main");
      assertThat(run.feed.skipped.keySet())
          .hasSize(7)
          .allMatch(name -> name.length() < 210 && name.endsWith("xxx..."));

      Rest.put(etcd.endpoint(), "/long/app/6" + mebibyte, "{}");
      Sources.await(
          () ->
              run.feed.skipped.keySet().stream().anyMatch(name -> name.startsWith("/long/app/6")));
      etcd.put("/long/app/other", "{}");
      Sources.await(() -> run.feed.values().containsKey("app/other"));
      assertThat(run.failures).isEmpty();
    }
  }

  @Test
  void aDeadServerIsPassedOver() throws Exception {
    etcd.put("/several/app/main", "{}");
    URI dead = URI.create("http://127.0.0.1:1");
    EtcdSettings settings = Sources.prefixes(Sources.settings(dead, etcd.endpoint()), "/several");
    try (FollowRun run = FollowRun.of(Sources.source(settings))) {
      Sources.await(() -> run.feed.listings() == 1);

      assertThat(run.source.read("app", "main")).isPresent();
      assertThat(run.failures).isEmpty();
    }
  }

  @Test
  void noticesAStreamThatIsDeadWithoutAnEnd() {
    try (Relay relay = Relay.to(etcd.host(), etcd.endpoint().getPort())) {
      URI near = URI.create("http://127.0.0.1:" + relay.port());
      try (FollowRun run =
          FollowRun.of(
              Sources.source(
                  Sources.locked(Sources.prefixes(Sources.settings(near), "/dead"), "node1")))) {
        Sources.await(() -> run.feed.listings() == 1);
        etcd.put("/dead/app/main", "{\"n\":1}");
        Sources.await(() -> run.feed.changes.size() == 1);
        relay.swallowWatches();
        etcd.put("/dead/app/main", "{\"n\":2}");
        Sources.await(() -> run.feed.values().containsValue("{\"n\":2}"));

        assertThat(run.failures)
            .containsExactly(
                "watching /dead/ at etcd " + near + ": the stream does not tell what has changed");
        assertThat(run.feed.resumes).hasValue(1);
      }
    }
  }

  @Test
  void nobodyThereIsOneLine() {
    EtcdSource source = Sources.source(Sources.settings(URI.create("http://127.0.0.1:1")));

    assertThatThrownBy(() -> source.follow(new RecordingFeed()))
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "reading / at etcd http://127.0.0.1:1: no connection; does etcd run there"
                + " (etcd.endpoints)?");
    source.close();
  }

  @Test
  void anInterruptEndsIt() {
    try (FollowRun run = FollowRun.of(Sources.source(settings("/interrupt")))) {
      Sources.await(() -> run.feed.listings() == 1);
      run.interrupt();
      Sources.await(() -> !run.isAlive());

      assertThat(run.failures).containsExactly("interrupted");
    }
  }

  @Test
  void closeEndsItTwice() throws Exception {
    FollowRun run = FollowRun.once(Sources.source(settings("/close")));
    Sources.await(() -> run.feed.listings() == 1);
    run.close();
    run.close();

    assertThat(run.failures).isEmpty();
    run.source.follow(run.feed);
    assertThatThrownBy(() -> run.source.read("a", "b")).isInstanceOf(SourceException.class);
  }

  private static void fill(String prefix, int count) {
    for (int from = 0; from < count; from += 100) {
      StringBuilder ops = new StringBuilder();
      for (int i = from; i < Math.min(count, from + 100); i++) {
        ops.append(i == from ? "" : ",")
            .append(Rest.putOp(prefix + "/app/key" + i, "{\"n\":" + i + "}"));
      }
      Rest.post(etcd.endpoint(), "/v3/kv/txn", "{\"success\":[" + ops + "]}");
    }
  }
}
