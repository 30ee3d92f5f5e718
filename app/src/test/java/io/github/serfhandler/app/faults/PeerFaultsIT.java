package io.github.serfhandler.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.app.system.ConfigFleet;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.peer.PeerSecret;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Clients of the peer port that never send, or send and never read, while others need it. */
class PeerFaultsIT {
  private static final int PORT = 7947;

  /** As the documentation of the port says. */
  private static final int MOST = 16;

  private static final String SECRET = "a secret of this test";

  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  @Fault("clients of the peer port that never send or never read")
  void othersAreServedWhenClientsOfThePeerPortHang(Trial trial) throws IOException {
    Path secret = Files.writeString(temp.resolve("secret"), SECRET + "\n");
    ConfigFleet fleet =
        new ConfigFleet(
            serf, programs, temp, "--peer-secret-file=" + secret, "--peer-listen=HOST:" + PORT);
    List<SerfNode> nodes = fleet.start("a", "b", "c");
    SerfNode asked = nodes.get(0);
    for (SerfNode node : nodes) {
      Waiting.until(
          "the tag of " + node.name(),
          () ->
              assertThat(asked.cli(List.of("members")))
                  .containsPattern(node.name() + " .*config_peer="));
    }
    publish(fleet, asked, "unread", 0);
    byte[] sealed =
        HangingClients.sealedRequest(PeerSecret.of(SECRET), held(fleet, asked, "unread"));
    int hanging = trial.rounds(64, 400);
    int rounds = trial.rounds(1, 10);
    int count = 0;
    int most = 0;
    int least = MOST;
    long unread = 0;
    for (int i = 0; i < rounds; i++) {
      try (HangingClients clients =
          new HangingClients(new InetSocketAddress(asked.host(), PORT), sealed)) {
        // Fewer at once than wait in the system's queue: who finds no place there believes for ever
        // that it is connected, and the port never knew it.
        while (clients.count() < hanging) {
          clients.add(2 * MOST);
          Waiting.until("as many as are kept", () -> assertKept(clients));
        }
        JsonObject content = publish(fleet, asked, "large", i);
        for (SerfNode node : nodes) {
          Waiting.until(
              node.name(),
              () -> {
                // Those from before the publication may have been sent away after their 10 s.
                refill(clients);
                ConfigUpdate held = held(fleet, node, "large");
                assertThat(fleet.files(node))
                    .containsEntry(
                        "large",
                        ConfigFleet.file(new ConfigUpdate("p", "large", held.version(), content)));
              });
        }
        least = Math.min(least, clients.open());
        Waiting.until("as many as are kept", () -> assertKept(clients));
        most = Math.max(most, clients.open());
        count += clients.count();
        unread += clients.unread();
      }
    }
    assertThat(least).as("clients that hang when all is fetched").isPositive();
    assertThat(unread).as("replies that nobody reads").isPositive();
    for (SerfNode node : nodes) {
      assertThat(fleet.program(node).logged("ERROR")).isEmpty();
    }
    trial.saw(
        "%,d clients that hang, %d of them kept at most, %d there at least when both nodes had it;"
            + " %d replies of 256 KiB never read; %d contents of 300 KB fetched past them, whole",
        count, most, least, unread, rounds);
  }

  private static void assertKept(HangingClients clients) {
    refill(clients);
    assertThat(clients.open()).isBetween(1, MOST);
  }

  /** Lets new ones come where the port has sent most of those before away. */
  private static void refill(HangingClients clients) {
    if (clients.open() < MOST / 4) {
      clients.add(2 * MOST);
    }
  }

  /** Too long for gossip: the others fetch it from this node. */
  private JsonObject publish(ConfigFleet fleet, SerfNode by, String key, int round)
      throws IOException {
    JsonObject content =
        JsonObject.builder().put("n", round).put("text", "x".repeat(300_000)).build();
    Path file = Files.writeString(temp.resolve(key + ".json"), content.compact());
    Program published =
        programs.run(
            "config",
            "publish",
            "p",
            key,
            file.toString(),
            "--rpc-addr=" + by.rpcAddr(),
            fleet.conf(by).option());
    assertThat(published.status()).as(published.toString()).isZero();
    return content;
  }

  private static ConfigUpdate held(ConfigFleet fleet, SerfNode node, String key) {
    byte[] file = fleet.conf(node).text("p/" + key + ".json").getBytes(StandardCharsets.UTF_8);
    return ConfigUpdate.ofFile("p", key, file);
  }
}
