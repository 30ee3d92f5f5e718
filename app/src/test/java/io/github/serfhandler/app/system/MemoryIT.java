package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.FakeMember;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that is too large for the heap. */
@Timeout(120)
class MemoryIT {
  /** The only way to a smaller heap than the command line's; Java says that it picked it up. */
  private static final Map<String, String> SMALL = Map.of("_JAVA_OPTIONS", "-Xmx10m");

  private static final String REMEDY = "out of memory: .*; set SERF_HANDLER_HEAP=\\d+m .*";

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  private final FakeAgent agent = FakeAgent.start();

  @AfterEach
  void stopAgent() {
    agent.close();
  }

  private Program start(String command) {
    ConfDir conf = new ConfDir(temp.resolve("conf"));
    return programs.start(
        builder -> builder.environment().putAll(SMALL),
        command,
        "--rpc-addr=" + agent.rpcAddr(),
        conf.option());
  }

  private static FakeMember[] members(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> FakeMember.named("node" + i))
        .map(member -> member.withTag("products", "p").withTag("svc", "p/web:80"))
        .toArray(FakeMember[]::new);
  }

  private static void assertRemedy(Program program) {
    assertThat(program.status()).as(program.toString()).isEqualTo(1);
    assertThat(program.err().lines().filter(line -> line.startsWith("serf-handler: ")))
        .singleElement()
        .asString()
        .matches("serf-handler: " + REMEDY);
    assertThat(program.err()).doesNotContain("OutOfMemoryError");
  }

  @Test
  void endsASinglePassWithTheRemedy() {
    agent.members(members(30_000));
    assertRemedy(start("members"));
  }

  @Test
  void endsAResidentAgentWhole() {
    agent.members(members(3));
    Program program = start("agent");
    program.awaitErr("updated services.json");
    agent.members(members(30_000));
    assertRemedy(program);
  }
}
