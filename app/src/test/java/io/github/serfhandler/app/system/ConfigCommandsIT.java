package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the group {@code config}, as people type them, before real agents. */
@Timeout(180)
class ConfigCommandsIT {
  /** For slow machines, instead of the 1.6 s of the agents; it ends with the last answer. */
  private static final String PATIENT = "--timeout=30s";

  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  private Program config(ConfigFleet fleet, SerfNode node, String words, String... more) {
    List<String> args = new ArrayList<>(List.of("config"));
    args.addAll(List.of(words.split(" ")));
    args.addAll(List.of(more));
    if (words.contains("--wait") || (words.startsWith("status") && !words.contains("--timeout"))) {
      args.add(PATIENT);
    }
    boolean local = words.matches("(get|list|history|diff|restore)\\b.*");
    if (!local) {
      args.add("--rpc-addr=" + node.rpcAddr());
    }
    if (!words.startsWith("status")) {
      args.add(fleet.conf(node).option());
    }
    return programs.run(args.toArray(new String[0]));
  }

  private static Program done(Program program) {
    assertThat(program.status()).as(program.toString()).isZero();
    assertThat(program.err()).as("standard error").isEmpty();
    return program;
  }

  private String content(String text) throws IOException {
    return Files.writeString(temp.resolve("db.json"), text).toString();
  }

  @Test
  void changesAKeyOnAllNodesAndTakesTheChangeBack() throws IOException {
    ConfigFleet fleet = new ConfigFleet(serf, programs, temp);
    List<SerfNode> nodes = fleet.start("a", "b", "c");
    SerfNode a = nodes.get(0);
    SerfNode b = nodes.get(1);

    String first = content("{\"port\": 5432}");
    assertThat(done(config(fleet, a, "publish p db --wait", first)).out())
        .startsWith("published p/db version 1 (query, ")
        .containsPattern("a +applied +-\nb +applied +-\nc +applied +-\n");
    String second = content("{\"port\": 5433}");
    assertThat(done(config(fleet, b, "publish p db", second)).out())
        .startsWith("published p/db version 2 (event, ");
    Waiting.until(
        "version 2 everywhere",
        () ->
            assertThat(config(fleet, b, "status p db --timeout=2s").out())
                .containsPattern("a +2 .* newest\nb +2 .* newest\nc +2 .* newest\n"));
    // Of a whole product a node tells what it saw at its last look, some seconds ago.
    Waiting.until("all the same in the product", () -> done(config(fleet, b, "status p")));
    Waiting.until("all the same in all products", () -> done(config(fleet, b, "status")));

    assertThat(done(config(fleet, a, "list")).out()).containsPattern("p +db +2 +13 .* ok");
    assertThat(done(config(fleet, a, "history p db")).out().lines()).hasSize(3);
    assertThat(done(config(fleet, a, "diff p db")).out())
        .contains("-    \"port\": 5432\n+    \"port\": 5433\n");

    assertThat(done(config(fleet, a, "rollback p db --wait")).out())
        .startsWith("published p/db version 3 (query, ");
    assertThat(done(config(fleet, b, "get p db")).out()).isEqualTo("{\n    \"port\": 5432\n}\n");

    assertThat(done(config(fleet, a, "delete p db --wait")).out())
        .startsWith("deleted p/db version 4 (query, ");
    for (SerfNode node : nodes) {
      assertThat(fleet.files(node)).isEmpty();
    }
    assertThat(done(config(fleet, b, "status p db")).out()).containsPattern("a +4 +- +deleted");
    done(config(fleet, b, "rollback p db --wait"));
    assertThat(fleet.files(nodes.get(2)).get("db")).contains("\"_version\": 5");
  }

  @Test
  void showsAndUndoesWhatSomeoneEdited() throws IOException {
    ConfigFleet fleet = new ConfigFleet(serf, programs, temp);
    List<SerfNode> nodes = fleet.start("a", "b");
    SerfNode a = nodes.get(0);
    done(config(fleet, a, "publish p db --wait", content("{\"port\": 5432}")));
    Path file = fleet.conf(nodes.get(1)).file("p/db.json");
    Files.writeString(file, Files.readString(file).replace("5432", "1"));
    Waiting.until(
        "the edited file to be noticed",
        () -> assertThat(config(fleet, a, "status p db").out()).containsPattern("b +1 .* edited"));
    Waiting.until(
        "the edited file in the status of all",
        () -> {
          Program status = config(fleet, a, "status");
          assertThat(status.status()).isEqualTo(1);
          assertThat(status.err())
              .isEqualTo("1 of 2 nodes differs; see: serf-handler config status p\n");
        });
    SerfNode b = nodes.get(1);
    assertThat(done(config(fleet, b, "diff p db --file")).out()).contains("+    \"port\": 1");
    assertThat(config(fleet, b, "restore p db").out()).isEqualTo("restored p/db version 1\n");
    Waiting.until("all the same", () -> done(config(fleet, a, "status p db")));
  }

  @Test
  void askingFewerNodesIsNoCanary() throws IOException {
    ConfigFleet fleet = new ConfigFleet(serf, programs, temp);
    List<SerfNode> nodes = fleet.start("a", "b");
    assertThat(
            done(config(
                    fleet,
                    nodes.get(0),
                    "publish p db --wait --nodes=b",
                    content("{\"port\": 5432}")))
                .out())
        .containsPattern("b +applied")
        .doesNotContainPattern("(?m)^a ");
    Waiting.until(
        "the node that was not asked", () -> assertThat(fleet.files(nodes.get(0))).hasSize(1));
  }

  @Test
  void nodesRefuseWhatNoTrustedKeyHasSigned() throws IOException {
    Path key = temp.resolve("ops.key");
    Program keygen = programs.run("config", "keygen", "ops", "--out=" + key);
    assertThat(keygen.status()).isZero();
    ConfigFleet fleet = new ConfigFleet(serf, programs, temp, "--trusted=" + keygen.out().strip());
    List<SerfNode> nodes = fleet.start("a", "b");
    String file = content("{\"port\": 5432}");
    Program unsigned = config(fleet, nodes.get(0), "publish p db --wait", file);
    assertThat(unsigned.status()).isEqualTo(1);
    assertThat(unsigned.out()).containsPattern("a +refused +not signed, and this node takes only");
    assertThat(unsigned.err()).startsWith("serf-handler: 2 of 2 nodes have not said");
    assertThat(fleet.conf(nodes.get(0)).file("p/db.json")).doesNotExist();
    done(config(fleet, nodes.get(0), "publish p db --wait --signing-key=" + key, file));
    assertThat(config(fleet, nodes.get(0), "history p db").out()).contains("signed by ops");
  }

  @Test
  void takesTheContentFromStandardInput() throws IOException {
    ConfigFleet fleet = new ConfigFleet(serf, programs, temp);
    SerfNode a = fleet.start("a").get(0);
    Path input = temp.resolve("in");
    Files.writeString(input, "{\"port\": 5432}");
    Program program =
        programs.run(
            child -> child.redirectInput(input.toFile()),
            "config",
            "publish",
            "p",
            "db",
            "--wait",
            PATIENT,
            "--rpc-addr=" + a.rpcAddr(),
            fleet.conf(a).option());
    assertThat(done(program).out()).startsWith("published p/db version 1 (");
    Program empty = config(fleet, a, "publish p db -");
    empty.assertFailed("standard input: is empty; a JSON object is expected");
  }
}
