package io.github.serfhandler.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The network between two halves of a fleet is cut. */
class PartitionedIT {
  private static final String[] OPTIONS = {"--config-sync-max=5s", "--poll-members-max=1s"};

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  private int files;

  private void publish(SplitNetwork.Node by, String key, String text) {
    try {
      Path file = Files.writeString(temp.resolve(++files + ".json"), "{\"text\":\"" + text + "\"}");
      Program program =
          programs.run(
              by.enclosure().inside(),
              "config",
              "publish",
              "p",
              key,
              file.toString(),
              by.conf().option());
      assertThat(program.status()).as(program.toString()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All files of the product on a node, by name. */
  private static Map<String, String> keys(SplitNetwork.Node node) {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> found = Files.list(node.conf().file("p"))) {
      for (Path file : found.toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  private static void awaitKey(List<SplitNetwork.Node> nodes, String key, String... texts) {
    for (SplitNetwork.Node node : nodes) {
      Waiting.until(
          key + " on " + node.name(),
          () -> assertThat(node.conf().text("p/" + key + ".json")).contains(texts));
    }
  }

  @Fault("the network between two halves of a fleet is cut, and both go on")
  void agreesAfterACutInWhichBothSidesWentOn(Trial trial) {
    try (SplitNetwork network = new SplitNetwork(temp, programs)) {
      int each = trial.rounds(2, 3);
      for (int i = 1; i <= each; i++) {
        SplitNetwork.Node left = network.start("left" + i, "left", OPTIONS);
        SplitNetwork.Node right = network.start("right" + i, "right", OPTIONS);
        assertThat(left.agent().isRunning()).isTrue();
        assertThat(right.agent().isRunning()).isTrue();
      }
      List<SplitNetwork.Node> left = network.side("left");
      List<SplitNetwork.Node> right = network.side("right");
      for (SplitNetwork.Node node : network.nodes()) {
        SplitNetwork.awaitMembers(node, "alive", 2 * each);
        node.agent().awaitErr("listening to user events and queries");
      }
      awaitEqualFiles(network, 80);
      int rounds = trial.rounds(1, 4);
      for (int round = 1; round <= rounds; round++) {
        publish(left.get(0), "both", "before " + round);
        awaitKey(network.nodes(), "both", "before " + round);
        network.cut();
        for (SplitNetwork.Node node : network.nodes()) {
          SplitNetwork.awaitMembers(node, "failed", each);
        }
        goOn(left, right, round);
        // All of the other side failed at once: its last known instances stay.
        for (SplitNetwork.Node node : network.nodes()) {
          boolean isLeft = node.side().equals("left");
          List<String> other = (isLeft ? right : left).stream().map(n -> n.name()).toList();
          String service = isLeft ? "right" : "left";
          Waiting.until(
              "what is held on " + node.name(),
              () -> assertThat((List<?>) node.conf().status().get("held")).isNotEmpty());
          assertThat(node.conf().nodes("p", service)).as(node.name()).isEqualTo(other);
        }
        network.heal();
        for (SplitNetwork.Node node : network.nodes()) {
          SplitNetwork.awaitMembers(node, "alive", 2 * each);
        }
        // The left side published it twice meanwhile, so that its second version is the newest.
        awaitKey(network.nodes(), "both", "left again " + round);
        awaitKey(network.nodes(), "left" + round, "left");
        awaitKey(network.nodes(), "right" + round, "right");
        awaitKey(network.nodes(), "same" + round, "of the");
        awaitEqualFiles(network, 80 + round);
      }
      for (SplitNetwork.Node node : network.nodes()) {
        assertThat(node.agent().err()).as(node.name()).doesNotContain("\tat ");
        node.conf().awaitStatus("held", List.of());
      }
      trial.saw(
          "%d cuts of %d nodes, %d keys published on both sides, all equal on all nodes",
          rounds, 2 * each, keys(left.get(0)).size());
    }
  }

  private void goOn(List<SplitNetwork.Node> left, List<SplitNetwork.Node> right, int round) {
    publish(left.get(0), "both", "left " + round);
    publish(right.get(0), "both", "right " + round);
    awaitKey(left, "both", "left " + round);
    publish(left.get(1), "both", "left again " + round);
    publish(left.get(1), "left" + round, "left");
    publish(right.get(1), "right" + round, "right");
    publish(left.get(0), "same" + round, "of the left");
    publish(right.get(0), "same" + round, "of the right");
    awaitKey(left, "both", "left again " + round);
    awaitKey(right, "both", "right " + round);
    awaitKey(left, "same" + round, "of the left");
    awaitKey(right, "same" + round, "of the right");
    for (List<SplitNetwork.Node> side : List.of(left, right)) {
      SplitNetwork.Node changed = side.get(0);
      String port = String.valueOf(80 + round);
      String ignored =
          changed.serf("tags", "-set", "svc=p/web:" + port + ",p/" + changed.side() + ":" + port);
      for (SplitNetwork.Node node : side) {
        Waiting.until(
            "port " + port + " on " + node.name(),
            () -> assertThat(node.conf().text("services.json")).contains("\"port\": " + port));
      }
    }
  }

  /** All files of all nodes are the same, and show all instances and the newest port. */
  private static void awaitEqualFiles(SplitNetwork network, int port) {
    String[] all = network.nodes().stream().map(n -> n.name()).sorted().toArray(String[]::new);
    SplitNetwork.Node first = network.nodes().get(0);
    for (SplitNetwork.Node node : network.nodes()) {
      node.conf().awaitNodes("p", "web", all);
      Waiting.until(
          "equal files on " + node.name(),
          () -> {
            assertThat(node.conf().texts()).isEqualTo(first.conf().texts());
            assertThat(node.conf().text("services.json").split("\"port\": " + port + "\\D", -1))
                .hasSizeGreaterThan(4);
            if (Files.exists(first.conf().file("p"))) {
              assertThat(keys(node)).isEqualTo(keys(first));
            }
          });
    }
  }
}
