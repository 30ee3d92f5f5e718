package io.github.serfhandler.app.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.app.system.ConfigFleet;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Clients of the peer port that never send, or send and never read, while others need it. */
class PeerFaultsIT {
  private static final int PORT = 7947;

  /** As the documentation of the port says. */
  private static final int MOST = 16;

  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  @Fault("clients of the peer port that never send or never read")
  void othersAreServedWhenClientsOfThePeerPortHang(Trial trial) throws IOException {
    Path secret = Files.writeString(temp.resolve("secret"), "a secret of this test\n");
    ConfigFleet fleet =
        new ConfigFleet(
            serf, programs, temp, "--peer-secret-file=" + secret, "--peer-listen=HOST:" + PORT);
    List<SerfNode> nodes = fleet.start("a", "b", "c");
    for (SerfNode node : nodes) {
      Waiting.until(
          "the tag of " + node.name(),
          () ->
              assertThat(nodes.get(0).cli(List.of("members")))
                  .containsPattern(node.name() + " .*config_peer="));
    }
    int hanging = trial.rounds(64, 400);
    int rounds = trial.rounds(1, 10);
    int most = 0;
    for (int i = 0; i < rounds; i++) {
      List<SocketChannel> clients = new ArrayList<>();
      try {
        for (int j = 0; j < hanging; j++) {
          clients.add(hang(nodes.get(0), trial.random().nextInt(3)));
        }
        publish(fleet, nodes.get(0), i);
        assertHeld(fleet, nodes, i);
        // Who waits in the system's queue still is not known to the port yet.
        Waiting.until(
            "no more connections than are kept",
            () -> assertThat(stillOpen(clients)).isLessThanOrEqualTo(MOST));
        most = Math.max(most, stillOpen(clients));
      } finally {
        for (SocketChannel client : clients) {
          client.close();
        }
      }
    }
    for (SerfNode node : nodes) {
      assertThat(fleet.program(node).logged("ERROR")).isEmpty();
    }
    trial.saw(
        "%d clients that hang, %d of them kept at most; %d contents of 300 KB fetched past them by"
            + " 2 nodes",
        rounds * hanging, most, rounds);
  }

  /**
   * One that sends nothing, half a request, or a whole one that is not sealed; it reads nothing.
   */
  private static SocketChannel hang(SerfNode node, int kind) throws IOException {
    SocketChannel client = SocketChannel.open();
    // Where the port's backlog is full this one waits in it or is refused later: both are served.
    client.configureBlocking(false);
    boolean connected = client.connect(new InetSocketAddress(node.host(), PORT));
    if (kind > 0 && (connected || client.finishConnect())) {
      String request = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n";
      try {
        int ignored =
            client.write(ByteBuffer.wrap((request + (kind > 1 ? "\r\n" : "")).getBytes(US_ASCII)));
      } catch (IOException e) {
        return client; // It had to go already, as one of too many.
      }
    }
    return client;
  }

  private static int stillOpen(List<SocketChannel> clients) {
    return (int) clients.stream().filter(PeerFaultsIT::isOpen).count();
  }

  private static boolean isOpen(SocketChannel client) {
    try {
      return client.finishConnect() && client.read(ByteBuffer.allocate(4096)) == 0;
    } catch (IOException e) {
      return false; // Reset: it had to go.
    }
  }

  /** Too long for gossip: the others fetch it from this node. */
  private void publish(ConfigFleet fleet, SerfNode by, int round) throws IOException {
    Path large = temp.resolve("large.json");
    Path ignored =
        Files.writeString(
            large, "{\"n\": " + round + ", \"text\": \"" + "x".repeat(300_000) + "\"}");
    Program published =
        programs.run(
            "config",
            "publish",
            "p",
            "large",
            large.toString(),
            "--rpc-addr=" + by.rpcAddr(),
            fleet.conf(by).option());
    assertThat(published.status()).as(published.toString()).isZero();
  }

  private static void assertHeld(ConfigFleet fleet, List<SerfNode> nodes, int round) {
    for (SerfNode node : nodes) {
      Waiting.until(
          node.name(),
          () ->
              assertThat(fleet.files(node).getOrDefault("large", ""))
                  .hasSizeGreaterThan(300_000)
                  .contains("\"n\": " + round + ","));
    }
  }
}
