package io.github.serfhandler.app.commands.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.Revision;
import io.github.serfhandler.config.SigningKey;
import io.github.serfhandler.config.Trust;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import io.github.serfhandler.replica.StatusAnswer;
import io.github.serfhandler.testkit.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code config publish} and {@code config delete} before a scriptable agent. */
class PublishCommandTest {
  private static final JsonObject CONTENT =
      JsonValue.parse("{\"user\": \"me\", \"port\": 5432}").asObject();

  @TempDir Path folder;

  private final FakeFleet fleet = new FakeFleet();

  @AfterEach
  void stop() {
    fleet.close();
  }

  private Path content(String text) throws IOException {
    return Files.writeString(folder.resolve("db.json"), text);
  }

  private Run publish(String... more) throws IOException {
    Path file = content(CONTENT.indented());
    String[] all = {"config", "publish", "shop", "db", file.toString(), fleet.option(), conf()};
    String[] args = Arrays.copyOf(all, all.length + more.length);
    System.arraycopy(more, 0, args, all.length, more.length);
    return Run.of(args);
  }

  private String conf() {
    return "--conf-dir=" + folder.resolve("conf");
  }

  @Test
  void publishesOneMoreThanTheNewestThatIsTold() throws IOException {
    fleet.holds("node1", 11).holds("node2", 12).lacks("node10");
    Run run = publish().assertDone();
    ConfigUpdate update = FakeFleet.message(fleet.event()).update();
    assertThat(update).isEqualTo(new ConfigUpdate("shop", "db", 13, CONTENT));
    assertThat(fleet.event().field("Name")).isEqualTo("config_updated");
    assertThat(fleet.event().field("Coalesce")).isEqualTo(false);
    assertThat(run.out()).isEqualTo("published shop/db version 13 (event, 58 of 462 bytes)\n");
  }

  @Test
  void beginsWithVersionOneWhereTheNodesHaveNone() throws IOException {
    fleet.lacks("node1").lacks("node2").lacks("node10");
    assertThat(publish().assertDone().out()).startsWith("published shop/db version 1 (");
  }

  @Test
  void goesBeyondAVersionThatANodeRefused() throws IOException {
    fleet.key(
        "node1", new StatusAnswer.KeyStatus(12, false, "0123456789abcdef", "", Optional.of(14L)));
    assertThat(publish().assertDone().out()).startsWith("published shop/db version 15 (");
  }

  @Test
  void knowsWhatThisNodeHolds() throws IOException {
    Path file = folder.resolve("conf/shop/db.json");
    Files.createDirectories(file.getParent());
    Files.write(file, new ConfigUpdate("shop", "db", 7, JsonObject.EMPTY).fileBytes());
    assertThat(publish().assertDone().out()).startsWith("published shop/db version 8 (");
  }

  @Test
  void doesNotGuessAVersionWhereNobodyTellsOne() throws IOException {
    publish().assertFailed(1, "cannot tell the next version of shop/db", "give --version");
    fleet.assertNothingSent();
    assertThat(publish("--version=1").assertDone().out())
        .startsWith("published shop/db version 1 (");
  }

  @Test
  void doesNotGuessAVersionWhereTheAnswersTellNone() throws IOException {
    for (String node : List.of("node1", "node2", "node10")) {
      fleet.answer("config_status", node, "error: config_status failed on " + node);
    }
    publish().assertFailed(1, "cannot tell the next version of shop/db", "give --version");
    fleet.assertNothingSent();
  }

  @Test
  void refusesAVersionThatTheNodesWouldIgnore() throws IOException {
    fleet.holds("node1", 12);
    publish("--version=11")
        .assertFailed(1, "cannot publish shop/db version 11: version 12 is known", "--version");
    publish("--version=12").assertFailed(1, "version 12 is known with another content");
    fleet.assertNothingSent();
  }

  @Test
  void sendsTheSameVersionOnceMore() throws IOException {
    String hash = CONTENT.sha256().substring(0, 16);
    fleet.key("node1", new StatusAnswer.KeyStatus(12, false, hash, "", Optional.empty()));
    publish("--version=12").assertDone();
    assertThat(FakeFleet.message(fleet.event()).update().version()).isEqualTo(12);
  }

  @Test
  void asksTheNodesToTakeItAndTellsWhoHasNot() throws IOException {
    fleet.holds("node1", 12);
    fleet.answer("config_updated", "node10", "ok");
    fleet.answer("config_updated", "node2", "error: user is missing\nmore");
    Run run = publish("--wait");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .isEqualTo(
            """
            published shop/db version 13 (query, 58 of 881 bytes)
            NODE     RESULT    REASON
            node1    silent    no answer in time
            node2    refused   user is missing
            node10   applied   -
            """);
    assertThat(run.err())
        .isEqualTo(
            "serf-handler: 2 of 3 nodes have not said that they took it; mend what is refused,"
                + " see that serf-handler agent runs on those that are silent, and look again with:"
                + " serf-handler config status shop db\n");
    assertThat(FakeFleet.message(fleet.queries("config_updated").get(0)).wantsAnswer()).isTrue();
  }

  @Test
  void isDoneWhenAllHaveTakenIt() throws IOException {
    fleet.holds("node1", 12);
    for (String node : List.of("node1", "node2", "node10")) {
      fleet.answer("config_updated", node, "ok");
    }
    assertThat(publish("--wait", "--format=json").assertDone().out())
        .isEqualTo(
            """
            {
                "product": "shop",
                "key": "db",
                "version": 13,
                "state": "published",
                "way": "query",
                "bytes": 58,
                "room": 881,
                "nodes": [
                    {
                        "node": "node1",
                        "result": "applied",
                        "reason": ""
                    },
                    {
                        "node": "node2",
                        "result": "applied",
                        "reason": ""
                    },
                    {
                        "node": "node10",
                        "result": "applied",
                        "reason": ""
                    }
                ]
            }
            """);
  }

  @Test
  void asksOnlyTheNodesThatAreNamed() throws IOException {
    fleet.holds("node1", 12).answer("config_updated", "node2", "ok");
    Run run = publish("--wait", "--nodes=node2", "--timeout=5s").assertDone();
    assertThat(run.out()).contains("node2").doesNotContain("node10");
    Request query = fleet.queries("config_updated").get(0);
    assertThat(query.field("FilterNodes")).isEqualTo(List.of("node2"));
    assertThat(query.field("Timeout")).isEqualTo(5_000_000_000L);
    publish("--wait", "--nodes=gone").assertFailed(1, "no alive node is called \"gone\"");
  }

  @Test
  void asksOnlyTheNodesWithTheTags() throws IOException {
    fleet.holds("node1", 12).answer("config_updated", "node2", "ok");
    Run run = publish("--wait", "--tag=role=w", "--tag", "products=blog").assertDone();
    assertThat(run.out()).contains("node2").doesNotContain("node10");
    assertThat(fleet.queries("config_updated").get(0).field("FilterTags"))
        .isEqualTo(Map.of("role", "w", "products", "blog"));
    Run none = publish("--wait", "--tag=role=db");
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.err()).contains("nobody was asked: no alive node of shop is among those");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--nodes=a | --nodes is for --wait alone",
        "--timeout=5s | --timeout is for --wait alone",
        "--tag=a=b | --tag is for --wait alone",
        "--tag=a | is no tag with an expression",
        "--tag=a=( | can not be used",
        "--nodes=, | names no node",
        "--version=x | is not a version; allowed is 0 to 9007199254740991",
        "--timeout=1ms | is out of range",
      })
  void refusesOptionsThatDoNotFit(String option, String problem) throws IOException {
    publish(option).assertFailed(2, problem);
    fleet.assertNothingSent();
  }

  @Test
  void needsAProductAndAKey() {
    Run.of("config", "publish", "shop").assertFailed(2, "a product and a key are needed");
    Run.of("config", "publish", "../etc", "db").assertFailed(2, "not a legal name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a': 1,}| db.json: not JSON: line 1, column",
        "[1]| db.json: line 1: holds an array; a JSON object is expected",
        "{'_version': 3}| db.json: holds _version, as the files on the nodes do",
        "' '| db.json: is empty",
        "{'a': 1} x| db.json: not JSON: line 1, column",
      },
      quoteCharacter = '^')
  void tellsWhatIsWrongWithTheContent(String text, String problem) throws IOException {
    Path file = content(text.equals("' '") ? " " : text.replace('\'', '"'));
    Run.of("config", "publish", "shop", "db", file.toString(), fleet.option())
        .assertFailed(1, problem);
    Run.of("config", "publish", "shop", "db", folder + "/none.json", fleet.option())
        .assertFailed(1, "none.json: no such file");
    fleet.assertNothingSent();
  }

  @Test
  void signsWithTheKeyAndNeedsItWhereKeysAreTrusted() throws IOException {
    SigningKey.Pair pair = SigningKey.generate("ops");
    Path key = Files.writeString(folder.resolve("ops.key"), pair.text());
    String trusted = "--trusted=" + pair.publicKey().text();
    publish("--version=1", trusted)
        .assertFailed(1, "cannot publish shop/db version 1: not signed", "give --signing-key=FILE");
    fleet.assertNothingSent();
    publish("--version=1", trusted, "--signing-key=" + key).assertDone();
    ConfigUpdate update = FakeFleet.message(fleet.event()).update();
    assertThat(
            Trust.of(List.of(pair.publicKey()))
                .requireTrusted("shop", "db", update.revision(), update.signature()))
        .contains("ops");
  }

  @Test
  void tellsWhatIsWrongWithTheKey() throws IOException {
    Path key = Files.writeString(folder.resolve("ops.key"), "a-secret-that-is-none");
    Run run = publish("--version=1", "--signing-key=" + key);
    run.assertFailed(2, "--signing-key: " + key + ": it is not a private key");
    assertThat(run.err()).doesNotContain("a-secret");
    publish("--version=1", "--signing-key=" + folder + "/none")
        .assertFailed(2, "--signing-key: ", "/none: no such file");
  }

  @Test
  void tellsTheSizesOfWhatIsTooLong() throws IOException {
    Path file = content(JsonObject.builder().put("a", "x".repeat(2000)).build().compact());
    Run.of(
            "config",
            "publish",
            "shop",
            "db",
            file.toString(),
            fleet.option(),
            conf(),
            "--version=1")
        .assertFailed(1, "cannot publish shop/db version 1: its message is 2", "peer.listen");
    fleet.assertNothingSent();
    assertThat(folder.resolve("conf/shop")).doesNotExist();
  }

  @Test
  void announcesWhatIsTooLongWhereThisNodeServesPeers() throws IOException {
    JsonObject content = JsonObject.builder().put("a", "x".repeat(2000)).build();
    Path file = content(content.compact());
    fleet.servingPeers();
    Revision revision = Revision.of(1, content);
    for (String node : List.of("node1", "node2", "node10")) {
      fleet.lacks(node);
    }
    String[] args = {
      "config",
      "publish",
      "shop",
      "db",
      file.toString(),
      fleet.option(),
      conf(),
      "--wait",
      "--timeout=600ms"
    };
    Run run = Run.of(args);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("published shop/db version 1 (announced, 2008 bytes)")
        .contains("it does not have the key yet");
    assertThat(fleet.event().field("Name")).isEqualTo("config_announced");
    assertThat(FakeFleet.message(fleet.event()).announcement().revision()).isEqualTo(revision);
    assertThat(Files.readString(folder.resolve("conf/shop/db.json"))).contains("\"_version\": 1");
  }

  @Test
  void waitsUntilTheNodesHaveWhatWasAnnounced() throws IOException {
    JsonObject content = JsonObject.builder().put("a", "x".repeat(2000)).build();
    Path file = content(content.compact());
    String hash = content.sha256().substring(0, 16);
    fleet.servingPeers();
    for (String node : List.of("node1", "node2", "node10")) {
      fleet.key(node, new StatusAnswer.KeyStatus(4, false, hash, "", Optional.empty()));
    }
    Run.of(
            "config",
            "publish",
            "shop",
            "db",
            file.toString(),
            fleet.option(),
            conf(),
            "--wait",
            "--version=4")
        .assertDone();
  }

  @Test
  void doesNotAnnounceWhatItCanNotServe() throws IOException {
    Path file = content(JsonObject.builder().put("a", "x".repeat(2000)).build().compact());
    fleet.servingPeers();
    Run.of(
            "config",
            "publish",
            "blog",
            "db",
            file.toString(),
            fleet.option(),
            conf(),
            "--version=1")
        .assertFailed(1, "this node does not belong to blog", "publish it on a node of blog");
    fleet.assertNothingSent();
  }

  @Test
  void warnsWhereNoNodeBelongsToTheProduct() throws IOException {
    Path file = content("{}");
    Run run = Run.of("config", "publish", "shpo", "db", file.toString(), fleet.option(), conf());
    assertThat(run.status()).isZero();
    assertThat(run.err()).contains("warning: no alive node belongs to shpo");
    assertThat(run.out()).startsWith("published shpo/db version 1 (event");
  }

  @Test
  void deletesFromTheNextVersionOn() {
    fleet.holds("node1", 12);
    Run run = Run.of("config", "delete", "shop", "db", fleet.option(), conf()).assertDone();
    assertThat(fleet.event().field("Name")).isEqualTo("config_deleted");
    assertThat(FakeFleet.message(fleet.event()).deletion())
        .isEqualTo(ConfigUpdate.ofDeletion("shop", "db", 13));
    assertThat(run.out()).startsWith("deleted shop/db version 13 (event, ");
  }

  @Test
  void deletesNothingThatNobodyKnows() {
    fleet.lacks("node1");
    Run.of("config", "delete", "shop", "db", fleet.option(), conf())
        .assertFailed(1, "cannot delete shop/db: no node knows it", "config status shop");
    fleet.assertNothingSent();
  }

  @Test
  void asksTheNodesToDelete() {
    fleet.holds("node1", 12);
    for (String node : List.of("node1", "node2", "node10")) {
      fleet.answer("config_deleted", node, "ok");
    }
    Run run = Run.of("config", "delete", "shop", "db", fleet.option(), conf(), "--wait");
    assertThat(run.assertDone().out()).startsWith("deleted shop/db version 13 (query, ");
  }
}
