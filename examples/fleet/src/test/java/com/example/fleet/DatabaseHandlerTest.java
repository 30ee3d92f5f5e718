package com.example.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.handlertest.Seen;
import io.github.serfhandler.handlertest.TestNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One handler alone, with what it works on replaced. */
class DatabaseHandlerTest {
  @TempDir Path conf;

  @Test
  void tellsTheAskerThatABackupFailed() {
    TestNode node =
        node(
            (folder, label) -> {
              throw new IOException("disk full");
            });

    Seen seen = node.query("backup", "{\"label\":\"monday\"}");

    assertThat(seen.answerText()).startsWith("error: backup failed on db1");
    assertThat(seen.log()).singleElement().asString().contains("disk full");
  }

  @Test
  void tellsOfALostReplicaAndOfNothingElse() {
    TestNode node = node((folder, label) -> 0);

    Seen seen =
        node.fails(
            TestNode.member("db2", "10.0.0.8", "role=mysql"),
            TestNode.member("web1", "10.0.0.9", "role=web"));

    assertThat(seen.log()).containsExactly("INFO DatabaseHandler: lost the replica db2");
  }

  private TestNode node(Backup backup) {
    return TestNode.named("db1")
        .role("mysql")
        .confDir(conf)
        .running("mysql", new DatabaseHandler(backup));
  }
}
