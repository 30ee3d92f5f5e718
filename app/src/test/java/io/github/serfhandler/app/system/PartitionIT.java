package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What stays in the files when an agent loses sight of most of its cluster. */
@Timeout(180)
class PartitionIT {
  @RegisterExtension static final SerfCluster SERF = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  // One test of several things: Serf takes its time to call most of a cluster failed.
  @Test
  void keepsTheLastKnownOnesInAPartitionUnlessTheGuardIsOff() {
    List<SerfNode> nodes =
        SERF.startJoined(
            IntStream.rangeClosed(1, 4)
                .mapToObj(i -> SerfOptions.named("node" + i))
                .map(node -> node.withTag("products", "p").withTag("svc", "p/web:80"))
                .toList());
    SerfNode first = nodes.get(0);
    ConfDir guarded = conf("guarded");
    ConfDir honest = conf("honest");
    ConfDir cron = conf("cron");
    Program program = programs.start(arguments("agent", first, guarded));
    Program other = programs.start(arguments("agent", first, honest, "--guard=off"));
    for (ConfDir conf : List.of(guarded, honest)) {
      conf.awaitNodes("p", "web", "node1", "node2", "node3", "node4");
      conf.awaitText(nodes.get(3).host());
    }
    Map<String, String> before = guarded.texts();
    assertThat(members(first, cron).out()).isEqualTo("updated\n");
    List<SerfNode> away = nodes.subList(1, 4);
    away.forEach(SerfNode::pause);
    try {
      honest.awaitNodes("p", "web", "node1");
      away.forEach(node -> first.awaitStatus(node, "failed"));
      Waiting.until(
          "three held", () -> assertThat((List<?>) guarded.status().get("held")).hasSize(3));
      assertThat(guarded.texts()).isEqualTo(before);
      assertThat(members(first, cron).out()).isEqualTo("unchanged\n");
      assertThat(cron.texts()).isEqualTo(before);
      // What no run of before remembers can not be held.
      ConfDir fresh = conf("fresh");
      assertThat(members(first, fresh).out()).isEqualTo("updated\n");
      assertThat(fresh.nodes("p", "web")).containsExactly("node1");
      assertThat(members(first, cron, "--guard=off").out()).isEqualTo("updated\n");
      assertThat(cron.nodes("p", "web")).containsExactly("node1");
    } finally {
      away.forEach(SerfNode::resume);
      SERF.awaitAllAlive(nodes.toArray(SerfNode[]::new));
    }
    guarded.awaitStatus("held", List.of());
    honest.awaitNodes("p", "web", "node1", "node2", "node3", "node4");
    assertThat(guarded.texts()).isEqualTo(before);
    program.awaitErr("nothing is held in the files any more");
    assertThat(program.logged("WARN"))
        .isNotEmpty()
        .allMatch(line -> line.contains("stay in the files"));
    assertThat(other.logged("WARN")).isEmpty();
  }

  private Program members(SerfNode node, ConfDir conf, String... more) {
    return programs.run(arguments("members", node, conf, more));
  }

  private static String[] arguments(String command, SerfNode node, ConfDir conf, String... more) {
    String[] args = Arrays.copyOf(more, more.length + 3);
    System.arraycopy(more, 0, args, 3, more.length);
    args[0] = command;
    args[1] = "--rpc-addr=" + node.rpcAddr();
    args[2] = conf.option();
    return args;
  }

  private ConfDir conf(String name) {
    return new ConfDir(temp.resolve(name));
  }
}
