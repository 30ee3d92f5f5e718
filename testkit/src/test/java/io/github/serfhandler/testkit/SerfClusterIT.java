package io.github.serfhandler.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SerfClusterIT {

  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  @Test
  void nodesJoinDieReturnAndLeave() {
    List<SerfNode> nodes = serf.startJoined(3);
    SerfNode a = nodes.get(0);
    SerfNode b = nodes.get(1);
    SerfNode c = nodes.get(2);
    assertThat(a.members()).isEqualTo(Map.of("node1", "alive", "node2", "alive", "node3", "alive"));

    b.kill();
    a.awaitStatus(b, "failed");
    assertThatThrownBy(b::pid).hasMessageContaining("node2 does not run");

    b.restart();
    b.join(a);
    a.awaitStatus(b, "alive");

    c.leave();
    a.awaitStatus(c, "left");
    assertThat(c.isRunning()).isFalse();
  }

  @Test
  void aPausedNodeFailsAndComesBack() {
    List<SerfNode> nodes = serf.startJoined(2);
    nodes.get(1).pause();
    nodes.get(0).awaitStatus(nodes.get(1), "failed");
    assertThat(nodes.get(1).isRunning()).isTrue();
    nodes.get(1).resume();
    nodes.get(0).awaitStatus(nodes.get(1), "alive");
  }

  @Test
  void startsWithItsOptions() throws IOException {
    SerfNode node =
        serf.start(
            SerfOptions.named("we\"ird")
                .withTag("role", "web\\1=2,3")
                .withAuthKey("secret")
                .withEncryptKey("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
                .withEventHandler("user:deploy=true")
                .withSnapshot());
    node.setTags(Map.of("a", "1", "b", "2"));
    node.setTag("c", "3");
    node.deleteTag("a");
    assertThatThrownBy(() -> RawClient.open(node.rpc(), "wrong")).isInstanceOf(IOException.class);
    try (RawClient client = RawClient.open(node.rpc(), "secret")) {
      Map<String, ?> stats = client.ask("stats");
      assertThat(stats.get("tags")).isEqualTo(Wire.map("role", "web\\1=2,3", "b", "2", "c", "3"));
      assertThat(stats.get("event_handlers")).isEqualTo(Wire.map("user:deploy", "true"));
      assertThat(stats.get("agent")).isEqualTo(Wire.map("name", "we\"ird"));
    }
    node.event("deploy", "now");
    node.awaitLog("deploy");
  }

  @Test
  void showsTheLogOfAnAgentThatDoesNotStart() {
    assertThatThrownBy(() -> serf.start(SerfOptions.named("bad").withSetting("no_such_key", 1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("bad ended at once")
        .hasMessageContaining("no_such_key");
  }

  @Test
  void leavesNoProcessBehind() {
    List<SerfNode> nodes = serf.startAll(List.of(SerfOptions.named("a"), SerfOptions.named("b")));
    nodes.get(1).pause();
    List<Long> pids = nodes.stream().map(SerfNode::pid).toList();
    assertThat(pids).allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isPresent());
    serf.close();
    assertThat(pids).allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isEmpty());
  }

  @Test
  void agentsDieWithAJvmThatIsKilled(@TempDir Path folder) throws IOException {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                StartAndWait.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
      long agent = Long.parseLong(out.readLine());
      assertThat(ProcessHandle.of(agent)).isPresent();
      jvm.destroyForcibly();
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> ProcessHandle.of(agent).isEmpty());
    } finally {
      jvm.destroyForcibly();
    }
  }

  /** A program that starts an agent and never ends by itself. */
  static final class StartAndWait {
    private StartAndWait() {}

    @SuppressWarnings("SystemOut") // The parent reads the process id from it.
    public static void main(String[] args) throws InterruptedException {
      System.out.println(SerfCluster.create().start("orphan").pid());
      Thread.currentThread().join();
    }
  }
}
