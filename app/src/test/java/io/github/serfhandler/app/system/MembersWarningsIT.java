package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.FakeMember;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What {@code members} says on standard error, which cron mails: once for each change. */
@Timeout(120)
class MembersWarningsIT {
  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  private final FakeAgent agent = FakeAgent.start();

  @AfterEach
  void stopAgent() {
    agent.close();
  }

  private Program members(String... more) {
    String[] args = new String[more.length + 3];
    args[0] = "members";
    args[1] = "--rpc-addr=" + agent.rpcAddr();
    args[2] = new ConfDir(temp.resolve("conf")).option();
    System.arraycopy(more, 0, args, 3, more.length);
    Program program = programs.run(args);
    assertThat(program.status()).as(program.toString()).isZero();
    return program;
  }

  private static FakeMember node(String name) {
    return FakeMember.named(name).withTag("products", "p").withTag("svc", "p/web:80");
  }

  @Test
  void tellsOnceThatAHoldBegan() {
    agent.members(node("node1"), node("node2"), node("node3"), node("node4"));
    assertThat(members().err()).isEmpty();
    agent.members(
        node("node1"),
        node("node2").withStatus("failed"),
        node("node3").withStatus("failed"),
        node("node4").withStatus("failed"));
    Program begin = members();
    assertThat(begin.out()).isEqualTo("unchanged\n");
    assertThat(begin.err().lines()).hasSize(1);
    assertThat(begin.err())
        .startsWith("serf-handler: warning: most of a service failed at once")
        .contains("node2", "node3", "node4");
    assertThat(members().err()).isEmpty();
  }

  @Test
  void tellsThatANodeShowsNothingWhenFilesWereWritten() {
    agent.members(FakeMember.named("node1"));
    Program first = members();
    assertThat(first.out()).isEqualTo("updated\n");
    assertThat(first.err())
        .isEqualTo(
            "serf-handler: warning: this node subscribes to nothing and observes nothing, so the"
                + " files are empty; set the tag products of the local agent, or --products\n");
    Program second = members();
    assertThat(second.out()).isEqualTo("unchanged\n");
    assertThat(second.err()).isEmpty();
  }
}
