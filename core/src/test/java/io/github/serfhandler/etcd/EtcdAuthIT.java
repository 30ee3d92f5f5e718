package io.github.serfhandler.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.source.SourceException;
import io.github.serfhandler.testkit.EtcdNode;
import io.github.serfhandler.testkit.EtcdOptions;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An etcd that asks for users; its tokens end after 2 s without use. */
@Timeout(120)
class EtcdAuthIT {
  @TempDir static Path folder;
  private static EtcdNode etcd;

  @BeforeAll
  static void start() {
    etcd = EtcdNode.in(folder);
    etcd.start(EtcdOptions.DEFAULT.withFlag("--auth-token-ttl=2"));
    etcd.allow("reader", "read", "/config/");
    etcd.addUser("reads", "secret1", "reader");
    etcd.allow("watcher", "read", "/config/");
    etcd.allow("watcher", "readwrite", "serf-handler/");
    etcd.addUser("watches", "secret2", "watcher");
    etcd.put("/config/app/main", "{}");
    etcd.enableAuth("secret0");
  }

  @AfterAll
  static void stop() {
    etcd.close();
  }

  private static EtcdSettings settings(String user, String password) {
    return Sources.user(
        Sources.prefixes(Sources.settings(etcd.endpoint()), "/config"), user, password);
  }

  @Test
  void followsAsAUserThatMayReadAndLock() {
    EtcdSettings settings = Sources.locked(settings("watches", "secret2"), "node1");
    try (FollowRun run = FollowRun.of(Sources.source(settings))) {
      Sources.await(() -> run.feed.listings() == 1);
      etcd.put("/config/app/main", "{\"n\":1}");
      Sources.await(() -> !run.feed.changes.isEmpty());

      assertThat(run.failures).isEmpty();
    }
  }

  @Test
  void logsInAnewWhereTheTokenIsNoLongerGood() throws Exception {
    try (EtcdSource source = Sources.source(settings("reads", "secret1"))) {
      assertThat(source.read("app", "main")).isPresent();
      // Tokens live in the memory of the server.
      etcd.restart();

      assertThat(source.read("app", "main")).isPresent();
    }
  }

  @Test
  void aWrongPasswordIsOneLineWithoutIt() {
    assertFails(settings("reads", "wrong-secret"))
        .hasMessage(
            "logging in as reads at etcd "
                + etcd.endpoint()
                + ": authentication failed, invalid user ID or password; see etcd.user and"
                + " etcd.password_file");
  }

  @Test
  void noUserIsOneLine() {
    assertFails(Sources.prefixes(Sources.settings(etcd.endpoint()), "/config"))
        .hasMessageEndingWith(": user name is empty; set etcd.user and its password");
  }

  @Test
  void aPrefixThatMayNotBeReadIsOneLine() {
    assertFails(Sources.prefixes(settings("reads", "secret1"), "/other"))
        .hasMessage(
            "reading /other/ at etcd "
                + etcd.endpoint()
                + ": permission denied; give the user of etcd.user a role that may read all of"
                + " it");
  }

  @Test
  void whoMayLockButNotReadLetsAnotherLead() {
    etcd.allow("locker", "readwrite", "serf-handler/");
    etcd.addUser("locks", "secret3", "locker");
    EtcdSource blind = Sources.source(Sources.locked(settings("locks", "secret3"), "node1"));
    try (FollowRun first = FollowRun.once(blind)) {
      Sources.await(() -> !first.isAlive());
      assertThat(first.failures.get(0)).contains("permission denied");
      EtcdSettings settings = Sources.locked(settings("watches", "secret2"), "node2");
      try (FollowRun second = FollowRun.of(Sources.source(settings))) {
        Sources.await(() -> second.feed.listings() == 1);
        assertThat(second.feed.standbys).isEmpty();
      }
    }
  }

  @Test
  void whoMayNotLockIsToldSo() {
    assertFails(Sources.locked(settings("reads", "secret1"), "node1"))
        .hasMessageContaining("the user needs readwrite on serf-handler/")
        .hasMessageEndingWith("or set etcd.lock to off");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertFails(
      EtcdSettings settings) {
    try (EtcdSource source = Sources.source(settings)) {
      return assertThatThrownBy(() -> source.follow(new RecordingFeed()))
          .isInstanceOf(SourceException.class)
          .hasMessageNotContaining("secret");
    }
  }
}
