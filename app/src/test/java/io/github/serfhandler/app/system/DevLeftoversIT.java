package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.testkit.FakeAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What {@code agent --dev} leaves under the directory for temporary files. */
@Timeout(120)
class DevLeftoversIT {
  private static final Pattern SECOND_NODE = Pattern.compile("dev2  RPC (\\S+)  log (\\S+)");

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  /** With temporary files of its own: a cluster of another test would sweep them too. */
  private Program start(String... args) {
    String place = "-Djava.io.tmpdir=" + temp;
    return programs.start(child -> child.command().add(1, place), args);
  }

  @Test
  void removesWhatAKilledRunLeftOfANodeThatHadLeft() throws IOException, InterruptedException {
    // Its address is free while it is stopped, and nobody else takes it.
    try (FakeAgent address = FakeAgent.start()) {
      address.stop();
      ConfDir conf = new ConfDir(temp.resolve("conf"));
      String rpc = "--rpc-addr=" + address.rpcAddr();
      Program program = start("agent", "--dev", "--nodes=2", rpc, conf.option());
      conf.awaitNodes("product1", "mysql", "dev2");
      Matcher second = SECOND_NODE.matcher(program.err());
      assertThat(second.find()).as(program.err()).isTrue();
      Path folder = Path.of(second.group(2)).getParent();
      assertThat(new ProcessBuilder("serf", "leave", "-rpc-addr=" + second.group(1)).start())
          .satisfies(leave -> assertThat(leave.waitFor()).isZero());
      Waiting.until("one agent", () -> assertThat(program.serfAgents()).hasSize(1));
      List<ProcessHandle> agents = program.serfAgents();
      assertThat(program.signal("KILL").status()).isEqualTo(128 + 9);
      Waiting.until("no agent", () -> assertThat(agents).noneMatch(ProcessHandle::isAlive));
      assertThat(folder).exists();

      Program next = start("agent", "--dev", "--once", rpc, conf.option());
      assertThat(next.status()).as(next.toString()).isZero();
      assertThat(Files.exists(folder)).isFalse();
    }
  }
}
