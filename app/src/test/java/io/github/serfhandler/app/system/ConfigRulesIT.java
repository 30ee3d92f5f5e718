package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.config.SigningKey;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What nodes refuse, and what they run after a change, with real agents and real processes. */
@Timeout(180)
class ConfigRulesIT {
  /** For slow machines, instead of the 1.6 s of the agents; it ends with the last answer. */
  private static final String PATIENT = "--timeout=30s";

  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  private Program publish(ConfigFleet fleet, SerfNode by, String key, String json, String... more)
      throws IOException {
    Path file = Files.writeString(temp.resolve("content.json"), json);
    List<String> args =
        new java.util.ArrayList<>(
            List.of("config", "publish", "p", key, file.toString(), "--wait", PATIENT));
    args.add("--rpc-addr=" + by.rpcAddr());
    args.add(fleet.conf(by).option());
    args.addAll(List.of(more));
    return programs.run(args.toArray(new String[0]));
  }

  @Test
  void refusesWhatBreaksARuleAndReactsToWhatDoesNot() throws IOException {
    Path schema =
        Files.writeString(
            temp.resolve("schema.json"),
            "{\"type\": \"object\", \"required\": [\"port\"],"
                + " \"properties\": {\"port\": {\"type\": \"integer\"}}}");
    Path check = temp.resolve("check");
    Files.writeString(check, "#!/bin/sh\nexec grep -q '\"port\": [1-9]' \"$1\"\n");
    Files.setPosixFilePermissions(check, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path reacted = temp.resolve("reacted");
    Path config =
        Files.writeString(
            temp.resolve("conf.yml"),
            """
            config:
              rules:
                - match: p/db
                  schema: %s
                  check: [%s, "{}"]
                  run: [/bin/sh, -c, 'echo "$SERF_HANDLER_KEY $SERF_HANDLER_VERSION" >> "$0"', %s]
                  quiet: 10ms
            """
                .formatted(schema, check, reacted));
    ConfigFleet fleet = new ConfigFleet(serf, programs, temp, "--config=" + config);
    SerfNode node = fleet.start("a").get(0);

    Program wrong = publish(fleet, node, "db", "{\"port\": \"hunter2\"}");
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.out()).containsPattern("a +refused +/port: type").doesNotContain("hunter2");
    Program unfit = publish(fleet, node, "db", "{\"port\": 0}");
    assertThat(unfit.out()).containsPattern("a +refused +check failed \\(status 1\\)");
    assertThat(fleet.conf(node).file("p/db.json")).doesNotExist();
    assertThat(fleet.program(node).err()).doesNotContain("hunter2");
    Program status =
        programs.run("config", "status", "p", "db", PATIENT, "--rpc-addr=" + node.rpcAddr());
    assertThat(status.out()).containsPattern("a +- +- +refused 2");

    Program right = publish(fleet, node, "db", "{\"port\": 5432}");
    assertThat(right.status()).as(right.toString()).isZero();
    assertThat(fleet.conf(node).text("p/db.json")).contains("5432");
    Waiting.until("the reaction", () -> assertThat(reacted).content().startsWith("db "));
    Program other = publish(fleet, node, "other", "{\"port\": \"any\"}");
    assertThat(other.status()).as(other.toString()).isZero();
  }

  @Test
  void takesOnlyWhatATrustedKeyHasSignedWhoeverSendsIt() throws IOException {
    SigningKey.Pair alice = SigningKey.generate("alice");
    SigningKey.Pair mallory = SigningKey.generate("mallory");
    Path aliceKey = Files.writeString(temp.resolve("alice.key"), alice.text());
    Path malloryKey = Files.writeString(temp.resolve("mallory.key"), mallory.text());
    ConfigFleet fleet =
        new ConfigFleet(serf, programs, temp, "--trusted=" + alice.publicKey().text());
    List<SerfNode> nodes = fleet.start("a", "b");

    Program unsigned = publish(fleet, nodes.get(0), "db", "{\"x\": 1}");
    assertThat(unsigned.status()).isEqualTo(1);
    assertThat(unsigned.out()).containsPattern("b +refused +not signed");
    Program strange =
        publish(fleet, nodes.get(0), "db", "{\"x\": 1}", "--signing-key=" + malloryKey);
    assertThat(strange.status()).isEqualTo(1);
    assertThat(strange.out()).containsPattern("b +refused +not signed by a key that this node");

    Program signed = publish(fleet, nodes.get(0), "db", "{\"x\": 2}", "--signing-key=" + aliceKey);
    assertThat(signed.status()).as(signed.toString()).isZero();
    for (SerfNode node : nodes) {
      assertThat(fleet.conf(node).text("p/db.json")).contains("\"x\": 2");
    }
    Program history =
        programs.run("config", "history", "p", "db", fleet.conf(nodes.get(1)).option());
    assertThat(history.out()).contains("signed by alice");
    // A forged deletion by an event, as any member can send it.
    ConfigFleet.publish(
        nodes.get(1), io.github.serfhandler.config.ConfigUpdate.ofDeletion("p", "db", 99));
    Waiting.until(
        "the refusal",
        () ->
            assertThat(fleet.program(nodes.get(0)).err())
                .contains("config_deleted rejected: not signed"));
    assertThat(fleet.conf(nodes.get(0)).text("p/db.json")).contains("\"x\": 2");
  }
}
