package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** That every node ends with the same configuration, with real agents and real processes. */
@Timeout(180)
class ConfigConvergenceIT {
  private static final int KEYS = 50;

  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  private static ConfigUpdate[] burst(String prefix, long version) {
    ConfigUpdate[] updates = new ConfigUpdate[KEYS];
    for (int i = 0; i < KEYS; i++) {
      updates[i] = ConfigFleet.update(prefix + i, version, "of version " + version);
    }
    return updates;
  }

  private static void add(Map<String, String> files, ConfigUpdate... updates) {
    for (ConfigUpdate update : updates) {
      files.put(update.key(), ConfigFleet.file(update));
    }
  }

  @Test
  void bringsABurstToAllAndToWhoWasKilledInIt() {
    ConfigFleet fleet = new ConfigFleet(serf, programs, temp, "--config-sync-max=10s");
    List<SerfNode> nodes = fleet.start("a", "b", "c", "d");
    Map<String, String> files = new TreeMap<>();
    ConfigUpdate[] first = burst("key", 1);
    ConfigFleet.publish(nodes.get(0), first);
    add(files, first);
    fleet.awaitFiles(nodes, files);

    // The second burst meets a node that dies with its agent, both at once, in the middle of it.
    ConfigUpdate[] second = burst("key", 2);
    SerfNode victim = nodes.get(3);
    for (int i = 0; i < KEYS; i++) {
      if (i == KEYS / 2) {
        fleet.program(victim).process().destroyForcibly();
        victim.kill();
      }
      ConfigFleet.publish(nodes.get(i % 3), second[i]);
    }
    ConfigFleet.publish(nodes.get(1), ConfigUpdate.ofDeletion("p", "key7", 3));
    add(files, second);
    files.remove("key7");
    fleet.awaitFiles(nodes.subList(0, 3), files);
    assertThat(fleet.program(victim).status()).isEqualTo(137);
    assertThat(fleet.files(victim)).isNotEqualTo(files);

    victim.restart();
    victim.join(nodes.get(0));
    long back = System.nanoTime();
    fleet.handle(victim);
    fleet.awaitFiles(nodes, files);
    System.getLogger("test")
        .log(
            System.Logger.Level.INFO,
            "it held all of them " + (System.nanoTime() - back) / 1_000_000 + " ms later");
  }

  @Test
  void agreesAfterASplitInWhichBothSidesPublished() {
    ConfigFleet fleet = new ConfigFleet(serf, programs, temp);
    List<SerfNode> left = fleet.start("a", "b");
    List<SerfNode> right = fleet.start("c", "d");
    ConfigFleet.publish(
        left.get(0),
        ConfigFleet.update("both", 5, "left"),
        ConfigFleet.update("left", 1, "left"),
        ConfigFleet.update("newer", 2, "left"));
    ConfigUpdate leftConflict = ConfigFleet.update("conflict", 9, "left");
    ConfigFleet.publish(left.get(1), leftConflict);
    ConfigFleet.publish(
        right.get(0),
        ConfigFleet.update("both", 6, "right"),
        ConfigFleet.update("right", 1, "right"),
        ConfigUpdate.ofDeletion("p", "newer", 1));
    ConfigUpdate rightConflict = ConfigFleet.update("conflict", 9, "right");
    ConfigFleet.publish(right.get(1), rightConflict);
    Waiting.until("left", () -> assertThat(fleet.files(left.get(0))).hasSize(4));
    Waiting.until("right", () -> assertThat(fleet.files(right.get(0))).hasSize(3));

    left.get(0).join(right.get(0));
    Map<String, String> files = new TreeMap<>();
    add(
        files,
        ConfigFleet.update("both", 6, "right"),
        ConfigFleet.update("left", 1, "left"),
        ConfigFleet.update("right", 1, "right"),
        ConfigFleet.update("newer", 2, "left"),
        leftConflict.revision().isNewerThan(rightConflict.revision())
            ? leftConflict
            : rightConflict);
    fleet.awaitFiles(List.of(left.get(0), left.get(1), right.get(0), right.get(1)), files);
  }

  @Test
  void fetchesWhatIsTooLongForGossipAndBulkFromPeers() throws Exception {
    Path secret = Files.writeString(temp.resolve("secret"), "a secret of many characters\n");
    ConfigFleet fleet =
        new ConfigFleet(
            serf, programs, temp, "--peer-secret-file=" + secret, "--peer-listen=HOST:7947");
    List<SerfNode> nodes = fleet.start("a", "b", "c");
    Path large = temp.resolve("large.json");
    Files.writeString(large, "{\"text\": \"" + "x".repeat(300_000) + "\"}");
    for (SerfNode node : nodes) {
      Waiting.until(
          "the tags",
          () ->
              assertThat(nodes.get(0).cli(List.of("members")))
                  .containsPattern(node.name() + " .*config_peer="));
    }
    var published =
        programs.run(
            "config",
            "publish",
            "p",
            "large",
            large.toString(),
            "--rpc-addr=" + nodes.get(0).rpcAddr(),
            fleet.conf(nodes.get(0)).option());
    assertThat(published.status()).as(published.toString()).isZero();
    for (SerfNode node : nodes) {
      Waiting.until(
          node.name(),
          () -> assertThat(fleet.files(node).get("large")).hasSizeGreaterThan(300_000));
    }
    // One that knows nothing of all that, and comes later.
    ConfigUpdate[] many = burst("key", 1);
    ConfigFleet.publish(nodes.get(1), many);
    Waiting.until("many", () -> assertThat(fleet.files(nodes.get(0))).hasSize(KEYS + 1));
    SerfNode late =
        serf.start(SerfOptions.named("late").withProfile("local").withTag("products", "p"));
    late.join(nodes.get(0));
    fleet.handle(late);
    fleet.awaitFiles(List.of(late), fleet.files(nodes.get(0)));
    var ignored = fleet.program(late).awaitErr("compared with");

    // An agent that is restarted has lost the tag, and what was published meanwhile.
    late.kill();
    ConfigUpdate missed = ConfigFleet.update("missed", 1, "while it was away");
    ConfigFleet.publish(nodes.get(2), missed);
    late.restart();
    late.join(nodes.get(0));
    Waiting.until(
        "the tag again",
        () ->
            assertThat(nodes.get(0).cli(List.of("members")))
                .containsPattern("late .*alive .*config_peer="));
    Waiting.until(
        "what it missed",
        () -> assertThat(fleet.files(late)).containsEntry("missed", ConfigFleet.file(missed)));
  }

  @Test
  void leavesAHandlerOfTheOriginalAsItIs() throws Exception {
    // It knows config_updated alone, and fails for whatever else it would be called with.
    Path seen = temp.resolve("seen");
    Path other = temp.resolve("other");
    String old =
        "case $SERF_USER_EVENT in config_updated) cat >> %s ;; *) exit 1 ;; esac".formatted(seen);
    SerfNode original =
        serf.start(
            SerfOptions.named("original")
                .withProfile("local")
                .withTag("products", "p")
                .withEventHandler("user=" + old)
                .withEventHandler("user:config_digest=echo one >> " + other));
    ConfigFleet fleet = new ConfigFleet(serf, programs, temp);
    List<SerfNode> nodes = fleet.start("a", "b");
    original.join(nodes.get(0));
    ConfigUpdate update = ConfigFleet.update("key", 7, "as ever");
    ConfigFleet.publish(nodes.get(0), update);
    Map<String, String> files = new TreeMap<>();
    add(files, update);
    fleet.awaitFiles(nodes, files);
    Waiting.until(
        "the message that it knows",
        () ->
            assertThat(seen)
                .content()
                .startsWith("{\"c\":{\"text\":\"as ever\"},\"k\":\"key\",\"p\":\"p\",\"v\":7}\n"));
    Waiting.until("a digest", () -> assertThat(other).content().contains("one"));
    assertThat(original.isRunning()).isTrue();
  }
}
