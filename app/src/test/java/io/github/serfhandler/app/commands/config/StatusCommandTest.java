package io.github.serfhandler.app.commands.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.replica.StatusAnswer;
import io.github.serfhandler.replica.StatusAnswer.KeyStatus;
import io.github.serfhandler.replica.StatusAnswer.ProductStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code config status} before a scriptable agent. */
class StatusCommandTest {
  private static final String ONE = "1111111111111111";
  private static final String TWO = "2222222222222222";

  private final FakeFleet fleet = new FakeFleet();

  @AfterEach
  void stop() {
    fleet.close();
  }

  private Run status(String... arguments) {
    String[] args = new String[3 + arguments.length];
    args[0] = "config";
    args[1] = "status";
    args[2] = fleet.option();
    System.arraycopy(arguments, 0, args, 3, arguments.length);
    return Run.of(args);
  }

  private static ProductStatus shop(String digest, int drift) {
    return new ProductStatus("shop", 3, digest, drift);
  }

  private static KeyStatus key(long version, String hash) {
    return new KeyStatus(version, false, hash, "", Optional.empty());
  }

  @Test
  void isDoneWhereAllHoldTheSame() {
    fleet.products("node1", shop(ONE, 0)).products("node10", shop(ONE, 0));
    fleet.products("node2", shop(ONE, 0), new ProductStatus("blog", 1, TWO, 0));
    assertThat(status().assertDone().out())
        .isEqualTo(
            """
            NODE     PRODUCT   KEYS   DIGEST             DRIFT   STATE
            node2    blog      1      2222222222222222   0       in sync
            node1    shop      3      1111111111111111   0       in sync
            node2    shop      3      1111111111111111   0       in sync
            node10   shop      3      1111111111111111   0       in sync
            """);
  }

  @Test
  void tellsWhoDiffersFromMostAndWhoIsSilent() {
    fleet.products("node2", shop(ONE, 0)).products("node10", shop(ONE, 1));
    Run run = status("shop");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .isEqualTo(
            """
            NODE     PRODUCT   KEYS   DIGEST             DRIFT   STATE
            node1    shop      -      -                  -       silent
            node2    shop      3      1111111111111111   0       in sync
            node10   shop      3      1111111111111111   1       differs
            """);
    assertThat(run.err())
        .isEqualTo("1 of 3 nodes differs, 1 is silent; see: serf-handler config status shop KEY\n");
  }

  @Test
  void takesWhatMostHoldForRightAndItsOwnWhereNoneDo() {
    fleet.products("node1", shop(TWO, 0)).products("node2", shop(ONE, 0));
    assertThat(status("shop").out())
        .containsPattern("node1 .* in sync\n")
        .containsPattern("node2 .* differs\n");
    fleet.products("node10", shop(ONE, 0));
    Run run = status();
    assertThat(run.out())
        .containsPattern("node1 .* differs\n")
        .containsPattern("node2 .* shop .* in sync\n");
    assertThat(run.err()).endsWith("; see: serf-handler config status shop\n");
  }

  @Test
  void asksOnceMoreForWhatHadNoRoomInAnAnswer() {
    fleet.products("node1", shop(ONE, 0)).products("node10", shop(ONE, 0));
    StatusAnswer cut =
        new StatusAnswer(List.of(new ProductStatus("blog", 1, TWO, 0)), true, Optional.empty());
    fleet.status("node2", cut);
    assertThat(status().out()).contains("blog");
    assertThat(fleet.queries("config_status"))
        .extracting(q -> new String((byte[]) q.field("Payload"), StandardCharsets.UTF_8))
        .containsExactly("{}", "{\"p\":\"shop\"}");
  }

  @Test
  void showsEachStateOfAKey() {
    fleet.key("node1", key(12, ONE));
    fleet.key("node2", new KeyStatus(13, false, TWO, "edited", Optional.empty()));
    fleet.key("node10", new KeyStatus(12, false, ONE, "", Optional.of(13L)));
    Run run = status("shop", "db");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .isEqualTo(
            """
            NODE     VERSION   HASH               STATE
            node1    12        1111111111111111   behind
            node2    13        2222222222222222   edited
            node10   12        1111111111111111   refused 13
            """);
    assertThat(run.err()).startsWith("3 of 3 nodes differ");
  }

  @Test
  void isDoneWhereAllHaveTheNewest() {
    for (String node : List.of("node1", "node2", "node10")) {
      fleet.key(node, key(13, ONE));
    }
    assertThat(status("shop", "db", "--format=json").assertDone().out())
        .startsWith(
            """
            [
                {
                    "node": "node1",
                    "version": 13,
                    "hash": "1111111111111111",
                    "state": "newest"
                },
            """);
  }

  @Test
  void tellsADeletionFromALack() {
    KeyStatus deleted = new KeyStatus(14, true, "", "", Optional.empty());
    fleet.key("node1", deleted).key("node2", deleted).lacks("node10");
    Run run = status("shop", "db");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .containsPattern("node1 +14 +- +deleted")
        .containsPattern("node10 +- +- +missing");
    fleet.key("node10", deleted);
    status("shop", "db").assertDone();
  }

  @Test
  void tellsWhereNobodyHoldsTheKey() {
    fleet.lacks("node1").lacks("node2");
    Run run = status("shop", "db");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("no node holds shop/db, 1 is silent\n");
  }

  @Test
  void tellsWhereAllAreSilentOrNoNodeIsThere() {
    Run silent = status("shop");
    assertThat(silent.status()).isEqualTo(1);
    assertThat(silent.err()).isEqualTo("3 of 3 nodes are silent\n");
    assertThat(status("shop", "db").err()).isEqualTo("3 of 3 nodes are silent\n");
    Run nobody = status("shpo");
    assertThat(nobody.status()).isEqualTo(1);
    assertThat(nobody.err())
        .isEqualTo("no alive node belongs to shpo by its tags; see: serf-handler nodes\n");
  }

  @Test
  void showsWhatANodeAnswersThatCannotTell() {
    fleet.answer("config_status", "node2", "error: the store is locked");
    assertThat(status("shop").out()).containsPattern("node2 .* error: the store is locked");
    assertThat(status("shop", "db").out()).containsPattern("node2 .* error: the store is locked");
  }

  @Test
  void needsLegalNames() {
    status("../etc").assertFailed(2, "not a legal name");
    status("shop", "a/b").assertFailed(2, "not a legal name");
  }
}
