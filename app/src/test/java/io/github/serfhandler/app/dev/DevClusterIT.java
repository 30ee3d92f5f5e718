package io.github.serfhandler.app.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfClientOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The private cluster with real agents. */
class DevClusterIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path folder;

  @Test
  void startsAgentsThatKnowEachOtherAndEndsThemWithoutATrace() throws Exception {
    Path directory;
    List<DevCluster.Node> nodes;
    try (DevCluster cluster = DevCluster.start(request(rpc(1), 3), () -> false)) {
      directory = cluster.directory();
      nodes = cluster.nodes();
      assertThat(nodes).extracting(DevCluster.Node::name).containsExactly("dev1", "dev2", "dev3");
      for (DevCluster.Node node : nodes) {
        awaitMembers(node.rpcAddr(), "", 3);
        assertThat(node.log()).content().contains("Serf agent running");
      }
      assertThat(Files.getPosixFilePermissions(directory)).hasSize(3);
    }
    assertThat(directory).doesNotExist();
    for (DevCluster.Node node : nodes) {
      assertThat(DevCluster.isTaken(node.rpcAddr())).isFalse();
    }
  }

  @Test
  void startsAgentsThatAskForTheKey() throws Exception {
    InetSocketAddress rpc = rpc(2);
    DevCluster.Request request =
        new DevCluster.Request(rpc, 1, Optional.of("a \"key\""), LIMIT, System.getenv());
    try (DevCluster cluster = DevCluster.start(request, () -> false)) {
      assertThat(cluster.nodes()).hasSize(1);
      awaitMembers(rpc, "a \"key\"", 1);
    }
  }

  @Test
  void saysWhyAnAgentDidNotStartAndLeavesNothing() throws Exception {
    Path serf =
        Files.writeString(folder.resolve("serf"), "#!/bin/sh\necho '==> no luck'\nexit 1\n");
    assertThat(serf.toFile().setExecutable(true)).isTrue();
    assertThatThrownBy(() -> startWith(folder, rpc(3)))
        .isInstanceOf(IOException.class)
        .hasMessage("the Serf agent dev1 did not start: ==> no luck");
  }

  @Test
  void namesTheCommandThatInstallsSerf() {
    assertThatThrownBy(() -> startWith(folder, rpc(4)))
        .isInstanceOf(IOException.class)
        .hasMessage("serf is not installed; --dev needs it. Run: apt-get install serf");
  }

  private static void startWith(Path path, InetSocketAddress rpc)
      throws IOException, InterruptedException {
    Map<String, String> environment = Map.of("PATH", path.toString());
    DevCluster.start(
            new DevCluster.Request(rpc, 1, Optional.empty(), LIMIT, environment), () -> false)
        .close();
  }

  @Test
  void startsNothingBeyondTheLoopbackInterface() {
    assertThatThrownBy(
            () ->
                DevCluster.start(
                    request(InetSocketAddress.createUnresolved("192.0.2.1", 7373), 1), () -> false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("192.0.2.1:7373 is not on the loopback interface");
  }

  @Test
  void stopsStartingWhenToldTo() {
    InetSocketAddress rpc = rpc(5);
    assertThatThrownBy(() -> DevCluster.start(request(rpc, 9), () -> true))
        .isInstanceOf(InterruptedException.class);
    assertThat(DevCluster.isTaken(rpc)).isFalse();
  }

  @Test
  void refusesNodesWithoutDev() {
    Program result = programs.run("agent", "--nodes=3");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).startsWith("serf-handler: --nodes is for --dev alone; add --dev");
  }

  private static DevCluster.Request request(InetSocketAddress rpc, int nodes) {
    return new DevCluster.Request(rpc, nodes, Optional.empty(), LIMIT, System.getenv());
  }

  /** An address that no other test and no other run of the tests has. */
  private static InetSocketAddress rpc(int number) {
    long pid = ProcessHandle.current().pid();
    byte[] host = {127, (byte) number, (byte) (pid >> 8), (byte) pid};
    try {
      return new InetSocketAddress(InetAddress.getByAddress(host), 7373);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitMembers(InetSocketAddress rpc, String key, int count) {
    SerfClientOptions options = SerfClientOptions.builder().address(rpc).authKey(key).build();
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              try (SerfClient client = SerfClient.open(options)) {
                List<Member> members = client.members();
                assertThat(members).hasSize(count);
                assertThat(members).allMatch(member -> member.status() == MemberStatus.ALIVE);
              }
            });
  }
}
