package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code agent} beside a real agent that is restarted, hangs, is not there or wants a key. */
@Timeout(120)
class AgentAwayIT {
  private static final String KEY = "a key with spaces";

  @RegisterExtension static final SerfCluster SERF = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  private static List<SerfNode> nodes = List.of();

  @BeforeAll
  static void startAgents() {
    nodes = SERF.startJoined(List.of(node("node1"), node("node2"), node("node3")));
  }

  private static SerfOptions node(String name) {
    return SerfOptions.named(name)
        .withTag("products", "p")
        .withTag("svc", "p/web:80")
        .withAuthKey(KEY);
  }

  private Program follow(SerfNode node, ConfDir conf) {
    return programs.start(
        child -> child.environment().put("SERF_RPC_AUTH", KEY),
        "agent",
        "--rpc-addr=" + node.rpcAddr(),
        "--rpc-timeout=1m",
        conf.option());
  }

  private ConfDir conf() {
    return new ConfDir(temp.resolve("conf"));
  }

  @Test
  void keepsTheFilesOverARestartOfTheAgent() {
    SerfNode node = nodes.get(0);
    ConfDir conf = conf();
    Program program = follow(node, conf);
    conf.awaitNodes("p", "web", "node1", "node2", "node3");
    conf.awaitText(nodes.get(2).host());
    Map<String, String> before = conf.texts();

    node.kill();
    conf.awaitStatus("state", "agent-away");
    assertThat(conf.texts()).isEqualTo(before);

    // It knows nobody yet: what it does not know is no reason to drop it. The others, who compare
    // what they know with someone every few seconds, would tell it of themselves.
    List<SerfNode> others = List.of(nodes.get(1), nodes.get(2));
    others.forEach(SerfNode::pause);
    try {
      node.restart();
      conf.awaitStatus("state", "following");
      Waiting.until(
          "the others held", () -> assertThat((List<?>) conf.status().get("held")).hasSize(2));
      assertThat(conf.texts()).isEqualTo(before);
    } finally {
      others.forEach(SerfNode::resume);
    }

    node.join(nodes.get(1));
    SERF.awaitAllAlive(nodes.toArray(SerfNode[]::new));
    conf.awaitStatus("held", List.of());
    assertThat(conf.texts()).isEqualTo(before);
    assertThat(conf.status().get("agentLosses")).isEqualTo(1);
    node.setTag("svc", "p/web:81");
    conf.awaitText(nodes.get(0).host());
    Waiting.until(
        "the new port", () -> assertThat(conf.text("services.json")).contains("\"port\": 81"));
    // The hold, and each reason of the loss once: a restart gives several in turn.
    assertThat(program.logged("WARN")).hasSizeBetween(2, 6).doesNotHaveDuplicates();
    assertThat(program.terminate()).isZero();
    node.setTag("svc", "p/web:80");
  }

  @Test
  void keepsTheFilesWhileTheAgentHangsAndFollowsItAgain() {
    SerfNode node = nodes.get(1);
    ConfDir conf = conf();
    Program program =
        programs.start(
            "agent",
            "--rpc-addr=" + node.rpcAddr(),
            "--rpc-auth=" + KEY,
            "--rpc-timeout=200ms",
            conf.option());
    conf.awaitNodes("p", "web", "node1", "node2", "node3");
    conf.awaitStatus("state", "following");
    // The other two files are written after the first.
    conf.awaitText(nodes.get(2).host());
    Map<String, String> before = conf.texts();
    node.pause();
    try {
      conf.awaitStatus("state", "agent-away");
      assertThat(conf.texts()).isEqualTo(before);
      assertThat(program.isRunning()).isTrue();
    } finally {
      node.resume();
    }
    conf.awaitStatus("state", "following");
    SERF.awaitAllAlive(nodes.toArray(SerfNode[]::new));
    node.setTag("svc", "p/web:80,p/again:81");
    conf.awaitNodes("p", "again", "node2");
    node.setTag("svc", "p/web:80");
  }

  @Test
  void refusesAWrongKeyAtTheStart() {
    ConfDir conf = conf();
    Program wrong =
        programs.start(
            "agent", "--rpc-addr=" + nodes.get(0).rpcAddr(), "--rpc-auth=wrong", conf.option());
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.err()).contains("refused the auth key").doesNotContain("wrong").endsWith("\n");
    assertThat(wrong.err().lines().filter(line -> line.startsWith("serf-handler: "))).hasSize(1);
    Program none = programs.start("agent", "--rpc-addr=" + nodes.get(0).rpcAddr(), conf.option());
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.err()).contains("wants an auth key");
    assertThat(conf.folder()).doesNotExist();
  }

  @Test
  void takesTheKeyFromAFileOrTheEnvironment() throws IOException {
    Path file = Files.writeString(temp.resolve("key"), KEY + "\n");
    ConfDir conf = conf();
    Program fromFile =
        programs.run(
            "agent",
            "--once",
            "--rpc-addr=" + nodes.get(0).rpcAddr(),
            "--rpc-auth-file=" + file,
            conf.option());
    assertThat(fromFile.status()).isZero();
    assertThat(fromFile.out()).isEqualTo("updated\n");
    assertThat(conf.nodes("p", "web")).containsExactly("node1", "node2", "node3");
    Program fromEnvironment =
        programs.start(
            child ->
                child
                    .environment()
                    .putAll(Map.of("SERF_RPC_AUTH", KEY, "SERF_RPC_ADDR", nodes.get(0).rpcAddr())),
            "agent",
            "--once",
            conf.option());
    assertThat(fromEnvironment.status()).isZero();
    assertThat(fromEnvironment.out()).isEqualTo("unchanged\n");
    for (Program program : List.of(fromFile, fromEnvironment)) {
      assertThat(program.err()).isEmpty();
    }
  }

  @Test
  void waitsForAnAgentThatIsNotThereYet() {
    SerfNode late = SERF.start(node("late"));
    late.kill();
    ConfDir conf = conf();
    Program program = follow(late, conf);
    program.awaitErr("cannot reach the Serf agent at " + late.rpcAddr());
    conf.awaitStatus("state", "starting");
    late.restart();
    conf.awaitNodes("p", "web", "late");
    assertThat(program.logged("WARN")).hasSizeBetween(1, 2);
    late.kill();
  }

  @Test
  void leavesTheFilesAsTheyAreWhenTheAgentNeverComes() throws IOException {
    SerfNode dead = SERF.start(node("dead"));
    dead.kill();
    ConfDir conf = conf();
    Files.createDirectory(conf.folder());
    Files.writeString(conf.file("services.json"), "the last known ones");
    Program program =
        programs.start("agent", "--rpc-addr=" + dead.rpcAddr(), "--log-level=debug", conf.option());
    conf.awaitStatus("state", "starting");
    program.awaitErr("DEBUG discovery: cannot reach the Serf agent");
    assertThat(program.logged("WARN")).hasSize(1);
    assertThat(program.terminate()).isZero();
    assertThat(conf.text("services.json")).isEqualTo("the last known ones");
    assertThat(conf.file("services.yml")).doesNotExist();
  }
}
