package io.github.serfhandler.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.source.KeyLayout;
import io.github.serfhandler.source.KeyLayout.Place;
import io.github.serfhandler.source.ValueFormat;
import io.github.serfhandler.testkit.EtcdNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several sources of one etcd; each test has a prefix of its own. */
@Timeout(120)
class EtcdLockIT {
  @TempDir static Path folder;
  private static EtcdNode etcd;

  @BeforeAll
  static void start() {
    etcd = EtcdNode.start(folder);
  }

  @AfterAll
  static void stop() {
    etcd.close();
  }

  private static EtcdSettings settings(String prefix, String node) {
    return Sources.locked(Sources.prefixes(Sources.settings(etcd.endpoint()), prefix), node);
  }

  @Test
  void oneLeadsAndTheOtherTakesOverAtOnceWhereItIsClosed() {
    try (FollowRun first = FollowRun.of(Sources.source(settings("/a", "node1")))) {
      Sources.await(() -> first.feed.listings() == 1);
      try (FollowRun second = FollowRun.of(Sources.source(settings("/a", "node2")))) {
        Sources.await(() -> !second.feed.standbys.isEmpty());
        assertThat(second.feed.standbys).containsExactly("node1 publishes");
        etcd.put("/a/app/main", "{}");
        Sources.await(() -> !first.feed.changes.isEmpty());
        assertThat(second.feed.listings()).isZero();

        first.end();
        Sources.await(() -> second.feed.listings() == 1);

        assertThat(second.feed.lineages).isEqualTo(first.feed.lineages);
        assertThat(second.feed.values()).containsKey("app/main");
        assertThat(second.failures).isEmpty();
      }
    }
  }

  @Test
  void givesTheLockBackWhereItIsInterrupted() {
    try (FollowRun first = FollowRun.of(Sources.source(settings("/b", "node1")))) {
      Sources.await(() -> first.feed.listings() == 1);
      first.interrupt();
      Sources.await(() -> !first.isAlive());

      assertThat(etcd.ctl("get", "--prefix", "--keys-only", "serf-handler/watch/"))
          .doesNotContain(new StoreKeys(List.of("/b"), KeyLayout.DEFAULT).fingerprint());
    }
  }

  @Test
  void givesTheLockBackWhereTheFeedFails() {
    for (Throwable failure :
        List.of(
            new IllegalStateException("for a test"),
            new StackOverflowError("for a test"),
            new OutOfMemoryError("for a test"))) {
      RecordingFeed failing = new RecordingFeed();
      failing.onList = () -> raise(failure);
      try (EtcdSource first = Sources.source(settings("/d", "node1"))) {
        assertThatThrownBy(() -> first.follow(failing)).isSameAs(failure);

        assertThat(etcd.ctl("get", "--prefix", "--keys-only", "serf-handler/watch/"))
            .doesNotContain(new StoreKeys(List.of("/d"), KeyLayout.DEFAULT).fingerprint());
        try (FollowRun second = FollowRun.of(Sources.source(settings("/d", "node2")))) {
          Sources.await(() -> second.feed.listings() == 1);
        }
      }
    }
  }

  private static void raise(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  @Test
  void oneThatStandsByKnowsTheKeysBesideLongNames() {
    for (int i = 0; i < 5; i++) {
      Rest.put(etcd.endpoint(), "/e/app/" + i + "x".repeat(1024 * 1024), "{}");
    }
    etcd.put("/e/app/main", "{}");
    try (FollowRun first = FollowRun.of(Sources.source(settings("/e", "node1")))) {
      Sources.await(() -> first.feed.listings() == 1);
      try (FollowRun second = FollowRun.of(Sources.source(settings("/e", "node2")))) {
        Sources.await(() -> !second.feed.expected.isEmpty());

        assertThat(second.feed.expected.get(0)).containsExactly(new Place("app", "main"));
        assertThat(second.failures).isEmpty();
      }
    }
  }

  @Test
  void oneThatDoesNotKeepTheLockStopsBeforeTheOtherBegins() {
    AtomicBoolean keeping = new AtomicBoolean(true);
    EtcdSource dying =
        new EtcdSource(
            settings("/c", "node1"), new Random(), Sources.LOG, System::nanoTime, keeping::get);
    try (FollowRun first = FollowRun.once(dying)) {
      Sources.await(() -> first.feed.listings() == 1);
      try (FollowRun second = FollowRun.of(Sources.source(settings("/c", "node2")))) {
        Sources.await(() -> !second.feed.standbys.isEmpty());
        List<String> endOfFirst = new CopyOnWriteArrayList<>();
        second.feed.onList =
            () -> {
              // It may have halted all the time, but what comes from now on it must not tell.
              etcd.put("/c/app/late", "{}");
              Sources.await(() -> !first.isAlive());
              endOfFirst.addAll(first.failures);
            };
        keeping.set(false);
        Sources.await(() -> second.feed.listings() == 1);

        assertThat(endOfFirst)
            .containsExactly(
                "keeping the lock in etcd: it was not confirmed for 4 s, so another one may publish");
        assertThat(first.feed.changes).isEmpty();
      }
    }
  }

  @Test
  void doesNotTellOfItsOwnKeysWhereAllKeysAreFollowed() {
    EtcdSettings all =
        new EtcdSettings(
            List.of(etcd.endpoint()),
            List.of(""),
            KeyLayout.parse("PRODUCT/KEY"),
            ValueFormat.JSON,
            Optional.empty(),
            EtcdSettings.Tls.DEFAULT,
            true,
            "node1");
    try (FollowRun run = FollowRun.of(Sources.source(all))) {
      Sources.await(() -> run.feed.listings() == 1);
      etcd.put("shop/main", "{}");
      Sources.await(() -> run.feed.values().containsKey("shop/main"));

      assertThat(run.feed.values()).doesNotContainKey("serf-handler/lineage");
      assertThat(run.feed.skipped.keySet()).noneMatch(name -> name.startsWith("serf-handler"));
    }
  }
}
