package io.github.serfhandler.app.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code agent} and {@code members} as processes, beside real Serf agents. */
class AgentIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @RegisterExtension static final SerfCluster SERF = SerfCluster.create();

  @TempDir Path folder;
  private Path json = Path.of("");

  @BeforeEach
  void nameTheFiles() {
    json = folder.resolve("conf/services.json");
  }

  @Test
  void followsTagsJoinsLeavesAndFailures() throws Exception {
    List<SerfNode> nodes = SERF.startJoined(List.of(web("a1"), web("a2"), web("a3"), web("a4")));
    try (Program program = agent(nodes.get(0))) {
      awaitFile("a1", "a2", "a3", "a4");
      nodes.get(0).setTag("svc", "product1/web:8081");
      await().atMost(LIMIT).untilAsserted(() -> assertThat(read()).contains("8081"));
      nodes.get(1).leave();
      await().atMost(LIMIT).untilAsserted(() -> assertThat(read()).doesNotContain("a2"));
      nodes.get(2).kill();
      await().atMost(LIMIT).untilAsserted(() -> assertThat(read()).doesNotContain("a3"));
      assertThat(read()).contains("a1", "a4");
      assertThat(folder.resolve("conf/services.yml")).content().contains("a4");
      assertThat(folder.resolve("conf/fakedhosts.txt")).content().contains("svc-product1-web-3");
      program.process().destroy();
      Program.Result result = program.await();
      assertThat(result.status()).isZero();
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).doesNotContain("\tat ").contains("stopped; the files stay");
    }
    assertThat(read()).contains("a1", "a4");
  }

  @Test
  void keepsTheFilesWhileTheAgentIsAwayAndFollowsItsSuccessor() throws Exception {
    SerfNode node = SERF.start(web("b1"));
    try (Program program = agent(node)) {
      awaitFile("b1");
      String before = read();
      node.kill();
      await().atMost(LIMIT).until(() -> program.err().contains("trying again"));
      assertThat(read()).isEqualTo(before);
      node.restart();
      node.setTag("svc", "product1/web:8082");
      await().atMost(LIMIT).untilAsserted(() -> assertThat(read()).contains("8082"));
      assertThat(program.process().isAlive()).isTrue();
    }
  }

  @Test
  void stopsInTimeWhileTheAgentHangs() throws Exception {
    SerfNode node = SERF.start(web("c1"));
    try (Program program = agent(node)) {
      awaitFile("c1");
      node.pause();
      program.process().destroy();
      assertThat(program.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(program.await().status()).isZero();
    } finally {
      node.resume();
    }
  }

  @Test
  void waitsForAnAgentThatIsNotThereYet() throws Exception {
    try (FakeAgent agent = FakeAgent.start()) {
      agent.stop();
      try (Program program =
          Program.start(folder, b -> {}, "agent", "--rpc-addr=" + agent.rpcAddr())) {
        await().atMost(LIMIT).until(() -> program.err().contains("trying again"));
        assertThat(json).doesNotExist();
        agent.restart();
        await().atMost(LIMIT).until(() -> Files.exists(json));
      }
    }
  }

  @Test
  void endsAtOnceWithOneLineOnAWrongKey() throws Exception {
    SerfNode node = SERF.start(SerfOptions.named("d1").withAuthKey("right"));
    for (String command : List.of("agent", "members", "services", "nodes")) {
      Program.Result result =
          Program.run(folder, command, "--rpc-addr=" + node.rpcAddr(), "--rpc-auth=hunter2");
      assertThat(result.status()).as(command).isEqualTo(1);
      assertThat(result.err()).doesNotContain("hunter2").doesNotContain("\tat ");
      assertThat(result.err().lines().filter(line -> line.startsWith("serf-handler: "))).hasSize(1);
      assertThat(json).doesNotExist();
    }
  }

  @Test
  void makesOnePassAndSaysWhetherFilesChanged() throws Exception {
    SerfNode node = SERF.start(web("e1"));
    for (List<String> command : List.of(List.of("members"), List.of("agent", "--once"))) {
      Files.deleteIfExists(json);
      assertThat(once(command, node).out()).isEqualTo("updated\n");
      awaitFile("e1");
      Program.Result again = once(command, node);
      assertThat(again.out()).isEqualTo("unchanged\n");
      assertThat(again.status()).isZero();
    }
  }

  @Test
  void failsWithOneLineAndLeavesTheFilesWhereOneCannotBeWritten() throws Exception {
    SerfNode node = SERF.start(web("f1"));
    Files.createDirectories(json);
    Program.Result result = once(List.of("members"), node);
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).hasLineCount(1).contains("services.json").contains("directory");
    assertThat(folder.resolve("conf/services.yml")).content().contains("f1");
  }

  @Test
  void showsWhatANodeSeesAndWhatAllOffer() throws Exception {
    SerfNode node =
        SERF.start(
            SerfOptions.named("g1")
                .withTags(
                    Map.of(
                        "products", "", "svc", "product1/web:80,product2/public:90,product2/x:1")));
    String rpc = "--rpc-addr=" + node.rpcAddr();
    assertThat(Program.run(folder, "services", rpc).out().lines()).hasSize(4);
    assertThat(Program.run(folder, "services", "product2", rpc).out().lines()).hasSize(3);
    assertThat(Program.run(folder, "services", rpc, "--observe=product2").out().lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("public"));
    Program.Result none = Program.run(folder, "services", "nothing", rpc, "--format=json");
    assertThat(none.out()).isEqualTo("[]\n");
    assertThat(none.err()).isEqualTo("no node offers a service of \"nothing\"\n");
    assertThat(none.status()).isZero();
    assertThat(Program.run(folder, "nodes", rpc).out()).contains("g1").contains("alive");
  }

  private Program agent(SerfNode node) throws IOException {
    return Program.start(
        folder, builder -> {}, "agent", "--rpc-addr=" + node.rpcAddr(), "--poll-members-max=1s");
  }

  private Program.Result once(List<String> command, SerfNode node)
      throws IOException, InterruptedException {
    String[] args = new String[command.size() + 1];
    command.toArray(args);
    args[command.size()] = "--rpc-addr=" + node.rpcAddr();
    return Program.run(folder, args);
  }

  private static SerfOptions web(String name) {
    return SerfOptions.named(name)
        .withTags(Map.of("products", "product1", "svc", "product1/web:8080"));
  }

  private void awaitFile(String... names) {
    await()
        .atMost(LIMIT)
        .ignoreExceptionsInstanceOf(NoSuchFileException.class)
        .untilAsserted(() -> assertThat(read()).contains(names));
  }

  private String read() throws IOException {
    return Files.readString(json);
  }
}
