package io.github.serfhandler.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.testkit.EtcdNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An etcd that goes away and comes back; one for each test. */
@Timeout(120)
class EtcdRestartIT {
  @TempDir Path folder;
  private EtcdNode etcd;

  @BeforeEach
  void start() {
    etcd = EtcdNode.start(folder);
    etcd.put("/app/main", "{\"n\":1}");
    etcd.put("/app/other", "{\"n\":1}");
  }

  @AfterEach
  void stop() {
    etcd.close();
  }

  @Test
  void goesOnWithoutAListingWhereEtcdWasKilledAndMissesNothing() {
    EtcdSettings settings = Sources.locked(Sources.settings(etcd.endpoint()), "node1");
    try (FollowRun run = FollowRun.of(Sources.source(settings))) {
      Sources.await(() -> run.feed.listings() == 1);
      etcd.put("/app/main", "{\"n\":2}");
      Sources.await(() -> run.feed.values().containsValue("{\"n\":2}"));
      etcd.kill();
      Sources.await(() -> !run.failures.isEmpty());
      etcd.restart();
      etcd.put("/app/main", "{\"n\":3}");
      etcd.delete("/app/other");
      Sources.await(() -> run.feed.values().containsValue("{\"n\":3}"));
      Sources.await(() -> !run.feed.values().containsKey("app/other"));

      assertThat(run.feed.resumes).hasPositiveValue();
      assertThat(run.feed.listings()).isEqualTo(1);
      assertThat(run.feed.allChanges()).hasSize(3);
      assertThat(run.failures)
          .noneMatch(line -> line.contains("chunked"))
          .noneMatch(line -> line.contains("watching") && line.contains("is that the client port"));
    }
  }

  @Test
  void keepsTheLockWhereEtcdWasKilledForAMoment() {
    EtcdSettings settings = Sources.locked(Sources.settings(etcd.endpoint()), "node1");
    try (FollowRun run = FollowRun.of(Sources.source(settings))) {
      Sources.await(() -> run.feed.listings() == 1);
      etcd.kill();
      Sources.await(() -> !run.failures.isEmpty());
      etcd.restart();
      etcd.put("/app/main", "{\"n\":3}");
      Sources.await(() -> run.feed.values().containsValue("{\"n\":3}"));

      assertThat(run.feed.listings()).isEqualTo(1);
      assertThat(run.feed.standbys).isEmpty();
    }
  }

  @Test
  void noticesAServerThatHangs() {
    try (FollowRun run = FollowRun.of(Sources.source(Sources.settings(etcd.endpoint())))) {
      Sources.await(() -> run.feed.listings() == 1);
      etcd.pause();
      Sources.await(() -> !run.failures.isEmpty());
      etcd.resume();
      etcd.put("/app/main", "{\"n\":2}");
      Sources.await(() -> run.feed.values().containsValue("{\"n\":2}"));

      assertThat(run.failures.get(0)).contains("no answer in time");
    }
  }

  @Test
  void closeEndsWhereTheServerHangs() {
    EtcdSettings settings = Sources.locked(Sources.settings(etcd.endpoint()), "node1");
    FollowRun run = FollowRun.of(Sources.source(settings));
    Sources.await(() -> run.feed.listings() == 1);
    etcd.pause();
    run.close();

    assertThat(run.isAlive()).isFalse();
  }

  @Test
  void listsAgainWhereChangesWereCompactedMeanwhile() {
    EtcdSettings settings = Sources.locked(Sources.settings(etcd.endpoint()), "node1");
    try (FollowRun run = FollowRun.of(Sources.source(settings))) {
      Sources.await(() -> run.feed.listings() == 1);
      run.feed.onResumed =
          () -> {
            etcd.put("/app/main", "{\"n\":2}");
            etcd.delete("/app/other");
            etcd.compact();
          };
      etcd.kill();
      Sources.await(() -> !run.failures.isEmpty());
      etcd.restart();
      Sources.await(() -> run.feed.listings() == 2);

      assertThat(run.feed.resumes).hasPositiveValue();
      assertThat(run.feed.lineages.get(1)).isEqualTo(run.feed.lineages.get(0));
      assertThat(run.feed.values()).containsEntry("app/main", "{\"n\":2}").hasSize(1);
    }
  }

  @Test
  void namesAnotherLineageWhereEtcdWasMadeAnew() {
    EtcdSettings settings = Sources.locked(Sources.settings(etcd.endpoint()), "node1");
    try (FollowRun run = FollowRun.of(Sources.source(settings))) {
      Sources.await(() -> run.feed.listings() == 1);
      etcd.rebuild();
      etcd.put("/app/main", "{\"n\":9}");
      Sources.await(() -> run.feed.values().containsValue("{\"n\":9}"));

      assertThat(run.feed.lineages.get(run.feed.lineages.size() - 1))
          .matches("[0-9a-f]{32}")
          .isNotEqualTo(run.feed.lineages.get(0));
      assertThat(run.feed.values()).hasSize(1);
    }
  }

  @Test
  void listsAgainWithoutALockWhereEtcdWasMadeAnewAndHasPassedTheOldRevision() {
    EtcdSource source = Sources.source(Sources.settings(etcd.endpoint()));
    try (FollowRun before = FollowRun.once(source)) {
      Sources.await(() -> before.feed.listings() == 1);
      etcd.rebuild();
      Sources.await(() -> !before.isAlive());
      for (int i = 0; i < 9; i++) {
        etcd.put("/new/key" + i, "{}");
      }
      assertThat(etcd.revision()).isGreaterThan(before.feed.ends.get(0));
      try (FollowRun after = FollowRun.once(source)) {
        Sources.await(() -> after.feed.values().size() == 9);

        assertThat(after.feed.listings()).isEqualTo(1);
        assertThat(after.feed.resumes).hasValue(0);
        // The same name of the cluster: it can not be told by that.
        assertThat(after.feed.lineages).isEqualTo(before.feed.lineages);
      }
    }
  }

  @Test
  void listsAgainWithoutALockWhereTheRevisionIsSmaller() {
    try (FollowRun run = FollowRun.of(Sources.source(Sources.settings(etcd.endpoint())))) {
      Sources.await(() -> run.feed.listings() == 1);
      etcd.rebuild();
      Sources.await(() -> run.feed.listings() == 2);

      assertThat(run.feed.values()).isEmpty();
      etcd.put("/app/main", "{\"n\":9}");
      Sources.await(() -> run.feed.values().containsValue("{\"n\":9}"));
    }
  }
}
