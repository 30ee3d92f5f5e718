package io.github.serfhandler.app.commands.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.text.LineDiff;
import io.github.serfhandler.config.Applied;
import io.github.serfhandler.config.ConfigStore;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import io.github.serfhandler.store.FileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look at this node's copy, over a store with a clock of its own. */
class LocalCommandsTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-25T08:30:00Z"), ZoneOffset.UTC);

  @TempDir Path conf;

  private final FakeFleet fleet = new FakeFleet();

  @BeforeEach
  void publishTwoVersions() throws InterruptedException {
    apply(new ConfigUpdate("shop", "db", 12, json("{'port': 5432, 'user': 'me'}")));
    apply(new ConfigUpdate("shop", "db", 13, json("{'port': 5433, 'user': 'me'}")));
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  private void apply(ConfigUpdate update) throws InterruptedException {
    FileStore files = new FileStore(CLOCK, notice -> {});
    Applied applied = new ConfigStore(conf, files, CLOCK, 10, notice -> {}).apply(update, "event");
    assertThat(applied.changed()).isTrue();
  }

  private static JsonObject json(String text) {
    return JsonValue.parse(text.replace('\'', '"')).asObject();
  }

  private Run run(String... words) {
    String[] args = new String[words.length + 2];
    args[0] = "config";
    System.arraycopy(words, 0, args, 1, words.length);
    args[args.length - 1] = "--conf-dir=" + conf;
    return Run.of(args);
  }

  private void edit(String text) throws IOException {
    Files.writeString(conf.resolve("shop/db.json"), text);
  }

  @Test
  void listsWhatThisNodeHolds() throws Exception {
    apply(new ConfigUpdate("blog", "feed", 1, JsonObject.EMPTY));
    apply(ConfigUpdate.ofDeletion("blog", "feed", 2));
    Files.writeString(conf.resolve("shop/mine.json"), "{\"_version\": 3}");
    assertThat(run("list").assertDone().out())
        .isEqualTo(
            """
            PRODUCT   KEY    VERSION   BYTES   UPDATED                ORIGIN   STATE
            blog      feed   2         0       2026-11-25T08:30:00Z   event    deleted
            shop      db     13        25      2026-11-25T08:30:00Z   event    ok
            shop      mine   3         2       -                      -        unmanaged
            """);
    edit("{\"_version\": 13}");
    assertThat(run("list", "shop").out()).containsPattern("shop +db +13 .* edited");
    assertThat(run("list", "shop", "--format=json").assertDone().out())
        .startsWith(
            """
            [
                {
                    "product": "shop",
                    "key": "db",
                    "version": 13,
                    "bytes": 25,
                    "updated": "2026-11-25T08:30:00Z",
                    "origin": "event",
                    "state": "edited"
                },
            """);
  }

  @Test
  void saysWhereThereIsNothing() {
    Run run = run("list", "none");
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEqualTo("no configuration in " + conf + "; see --conf-dir\n");
  }

  @Test
  void getsWhatCanBePublishedAgain() throws Exception {
    assertThat(run("get", "shop", "db").assertDone().out())
        .isEqualTo("{\n    \"port\": 5433,\n    \"user\": \"me\"\n}\n");
    assertThat(run("get", "shop", "db", "--version=12").assertDone().out()).contains("5432");
    Files.writeString(conf.resolve("shop/mine.json"), "{\"_version\": 3, \"a\": 1}");
    assertThat(run("get", "shop", "mine").assertDone().out()).isEqualTo("{\n    \"a\": 1\n}\n");
  }

  @Test
  void getsWhatWasPublishedNotWhatWasEdited() throws IOException {
    edit("{\"_version\": 13, \"port\": 1}");
    Run run = run("get", "shop", "db");
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("5433");
    assertThat(run.err())
        .isEqualTo(
            "serf-handler: warning: the file of shop/db is not as published; this is version 13;"
                + " see: serf-handler config diff shop db --file\n");
  }

  @Test
  void saysWhatCannotBeGot() throws InterruptedException {
    run("get", "shop", "none").assertFailed(1, "there is no record of shop/none in " + conf);
    run("get", "shop", "db", "--version=11")
        .assertFailed(1, "version 11 of shop/db is not kept here", "config history shop db");
    apply(ConfigUpdate.ofDeletion("shop", "db", 14));
    run("get", "shop", "db").assertFailed(1, "shop/db is deleted in version 14");
  }

  @Test
  void showsTheHistory() throws InterruptedException {
    apply(ConfigUpdate.ofDeletion("shop", "db", 14));
    assertThat(run("history", "shop", "db").assertDone().out().lines())
        .satisfiesExactly(
            line -> assertThat(line).matches("VERSION +TIME +ORIGIN +BYTES +SHA256"),
            line -> assertThat(line).matches("14 +2026-11-25T08:30:00Z +event +0 +deleted"),
            line -> assertThat(line).matches("13 +2026-11-25T08:30:00Z +event +25 +[0-9a-f]{12}"),
            line -> assertThat(line).matches("12 +2026-11-25T08:30:00Z +event +25 +[0-9a-f]{12}"));
    assertThat(run("history", "shop", "db", "--format=json").assertDone().out())
        .contains("\"state\": \"deleted\"")
        .containsPattern("\"sha256\": \"[0-9a-f]{64}\"");
  }

  @Test
  void showsWhatDiffers() throws IOException {
    assertThat(run("diff", "shop", "db").assertDone().out())
        .isEqualTo(
            """
            --- shop/db version 12
            +++ shop/db version 13
            @@ -1,4 +1,4 @@
             {
            -    "port": 5432,
            +    "port": 5433,
                 "user": "me"
             }
            """);
    assertThat(run("diff", "shop", "db", "13", "12").assertDone().out())
        .contains("+    \"port\": 5432");
    assertThat(run("diff", "shop", "db", "13").assertDone().out()).isEmpty();
    assertThat(run("diff", "shop", "db", "--file").assertDone().out()).isEmpty();
    edit("{\"_version\": 13,\n\"port\": \"\u001b[31m\"");
    assertThat(run("diff", "shop", "db", "--file").assertDone().out())
        .contains("+++ " + conf.resolve("shop/db.json"))
        .contains("+\"port\": \"\\u001b[31m\"");
  }

  @Test
  void saysWhatCannotBeCompared() throws InterruptedException {
    apply(new ConfigUpdate("shop", "one", 1, JsonObject.EMPTY));
    run("diff", "shop", "one").assertFailed(1, "keeps one version of shop/one alone, 1");
    run("diff", "shop", "db", "11").assertFailed(1, "version 11 of shop/db is not kept here");
    run("diff", "shop", "db", "x").assertFailed(2, "\"x\" is not a version");
    run("diff", "shop", "db", "12", "--file").assertFailed(2, "leave the versions out");
  }

  @Test
  void coloursADifferenceAsGitDoes() {
    assertThat(LineDiff.coloured(List.of("--- a", "+++ b", "@@ -1 +1 @@", "-x", "+y", " z", "")))
        .containsExactly(
            "--- a",
            "+++ b",
            "\u001b[36m@@ -1 +1 @@\u001b[0m",
            "\u001b[31m-x\u001b[0m",
            "\u001b[32m+y\u001b[0m",
            " z",
            "");
  }

  @Test
  void rollsBackUnderANewVersion() {
    Run run = run("rollback", "shop", "db", fleet.option());
    assertThat(run.assertDone().out()).startsWith("published shop/db version 14 (event, ");
    assertThat(FakeFleet.message(fleet.event()).update())
        .isEqualTo(new ConfigUpdate("shop", "db", 14, json("{'port': 5432, 'user': 'me'}")));
  }

  @Test
  void rollsADeletionBack() throws InterruptedException {
    apply(ConfigUpdate.ofDeletion("shop", "db", 14));
    run("rollback", "shop", "db", fleet.option()).assertDone();
    assertThat(FakeFleet.message(fleet.event()).update().content().orElseThrow())
        .isEqualTo(json("{'port': 5433, 'user': 'me'}"));
  }

  @Test
  void doesNotRollBackWhatIsNotTheNewest() {
    fleet.holds("node2", 15);
    run("rollback", "shop", "db", fleet.option())
        .assertFailed(1, "this node holds version 13 of shop/db, but version 15 is known", "--to");
    fleet.assertNothingSent();
    run("rollback", "shop", "db", fleet.option(), "--to=13").assertDone();
    assertThat(FakeFleet.message(fleet.event()).update().version()).isEqualTo(16);
  }

  @Test
  void saysWhatCannotBeRolledBack() throws InterruptedException {
    apply(new ConfigUpdate("shop", "one", 1, JsonObject.EMPTY));
    run("rollback", "shop", "one", fleet.option())
        .assertFailed(1, "cannot roll shop/one back: this node keeps no version before 1");
    run("rollback", "shop", "db", fleet.option(), "--to=11").assertFailed(1, "is not kept here");
    run("rollback", "shop", "none", fleet.option()).assertFailed(1, "there is no record");
    fleet.assertNothingSent();
  }

  @Test
  void restoresWhatSomeoneEdited() throws IOException {
    assertThat(run("restore", "shop", "db").assertDone().out())
        .isEqualTo("unchanged shop/db version 13\n");
    edit("{}");
    Run run = run("restore", "shop", "db");
    assertThat(run.status()).isZero();
    assertThat(run.out()).isEqualTo("restored shop/db version 13\n");
    assertThat(run.err()).contains("shop/db.json was edited (kept as ");
    assertThat(Files.readString(conf.resolve("shop/db.json"))).contains("5433");
    run("restore", "shop", "none").assertFailed(1, "cannot restore shop/none", "--conf-dir");
  }
}
