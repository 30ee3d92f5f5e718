package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code agent --dev}: private agents, and none where something listens already. */
@Timeout(120)
class DevIT {
  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  private ConfDir conf() {
    return new ConfDir(temp.resolve("conf"));
  }

  @Test
  void startsAPrivateClusterAndEndsItWithItself() {
    // Its address is free while it is stopped, and nobody else takes it.
    try (FakeAgent address = FakeAgent.start()) {
      address.stop();
      ConfDir conf = conf();
      Program program =
          programs.start(
              "agent", "--dev", "--nodes=3", "--rpc-addr=" + address.rpcAddr(), conf.option());
      conf.awaitNodes("product1", "web", "dev1", "dev3");
      conf.awaitNodes("product1", "mysql", "dev2", "dev3");
      assertThat(program.err())
          .contains("serf members -rpc-addr=" + address.rpcAddr())
          .contains("cat " + conf.folder())
          .contains("serf tags")
          .contains("serf leave");
      List<ProcessHandle> agents = program.serfAgents();
      assertThat(agents).hasSize(3);
      assertThat(program.signal("INT").status()).isZero();
      Waiting.until(
          "the end of the private agents",
          () -> assertThat(agents).noneMatch(ProcessHandle::isAlive));
      assertThat(conf.nodes("product1", "web")).containsExactly("dev1", "dev3");
      assertThat(program.logged("WARN")).isEmpty();
    }
  }

  @Test
  void leavesNoAgentBehindWhenItIsKilled() {
    try (FakeAgent address = FakeAgent.start()) {
      address.stop();
      ConfDir conf = conf();
      Program program =
          programs.start(
              "agent", "--dev", "--nodes=2", "--rpc-addr=" + address.rpcAddr(), conf.option());
      conf.awaitNodes("product1", "web", "dev1");
      conf.awaitNodes("product1", "mysql", "dev2");
      List<ProcessHandle> agents = program.serfAgents();
      assertThat(agents).hasSize(2);
      assertThat(program.signal("KILL").status()).isEqualTo(128 + 9);
      Waiting.until(
          "the end of the private agents",
          () -> assertThat(agents).noneMatch(ProcessHandle::isAlive));
    }
  }

  @Test
  void usesTheAgentThatAnswersAlready() {
    SerfNode node =
        serf.start(SerfOptions.named("mine").withTag("products", "p").withTag("svc", "p/web:80"));
    ConfDir conf = conf();
    Program program =
        programs.start("agent", "--dev", "--rpc-addr=" + node.rpcAddr(), conf.option());
    conf.awaitNodes("p", "web", "mine");
    assertThat(program.err()).doesNotContain("Private Serf agents");
    assertThat(program.serfAgents()).isEmpty();
    assertThat(program.terminate()).isZero();
    assertThat(node.isRunning()).isTrue();
  }

  @Test
  void startsNothingWhereAnotherProgramListens() {
    try (FakeAgent other = FakeAgent.start()) {
      byte[] greeting = "SSH-2.0-OpenSSH_9.2p1\r\n".getBytes(StandardCharsets.US_ASCII);
      other.on("handshake", x -> x.truncate(greeting, greeting.length));
      ConfDir conf = conf();
      Program program =
          programs.run("agent", "--dev", "--rpc-addr=" + other.rpcAddr(), conf.option());
      program.assertFailed(other.rpcAddr(), "SSH-2.0");
      assertThat(conf.file("services.json")).doesNotExist();
    }
  }

  @Test
  void makesOnePassAndEnds() {
    try (FakeAgent address = FakeAgent.start()) {
      address.stop();
      ConfDir conf = conf();
      Program program =
          programs.run(
              "agent", "--dev", "--once", "--rpc-addr=" + address.rpcAddr(), conf.option());
      assertThat(program.status()).isZero();
      assertThat(program.out()).isEqualTo("updated\n");
      assertThat(conf.nodes("product1", "web")).containsExactly("dev1");
    }
  }

  @Test
  void worksOverIpv6() throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(ipv6Loopback(), 0));
    } catch (IOException e) {
      Assumptions.abort("this machine has no IPv6 loopback address: " + e.getMessage());
    }
    int port = freePort();
    ConfDir conf = conf();
    Program program =
        programs.run("agent", "--dev", "--once", "--rpc-addr=[::1]:" + port, conf.option());
    assertThat(program.status()).as(program.toString()).isZero();
    assertThat(program.out()).isEqualTo("updated\n");
    assertThat(program.err()).contains("dev1  RPC [", "]:" + port).doesNotContain("terminal");
    assertThat(conf.nodes("product1", "web")).containsExactly("dev1");
  }

  /** A port outside of the range for outgoing connections, begun at a number of this process. */
  private static int freePort() throws IOException {
    IOException taken = new IOException("no port was tried");
    int first = 10_000 + (int) (ProcessHandle.current().pid() % 10_000);
    for (int port = first; port < first + 200; port++) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(ipv6Loopback(), port));
        return port;
      } catch (BindException e) {
        taken = e;
      }
    }
    throw taken;
  }

  private static InetAddress ipv6Loopback() throws IOException {
    byte[] bytes = new byte[16];
    bytes[15] = 1;
    return InetAddress.getByAddress(bytes);
  }
}
