package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.FakeMember;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** One resident {@code agent} for a configuration directory. */
@Timeout(120)
class ResidentLockIT {
  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  private final FakeAgent agent =
      FakeAgent.start()
          .members(FakeMember.named("node1").withTag("products", "p").withTag("svc", "p/web:80"));

  @AfterEach
  void stopAgent() {
    agent.close();
  }

  private ConfDir conf() {
    return new ConfDir(temp.resolve("conf"));
  }

  private Program start(String command, String... more) {
    String[] args = new String[more.length + 3];
    args[0] = command;
    args[1] = "--rpc-addr=" + agent.rpcAddr();
    args[2] = conf().option();
    System.arraycopy(more, 0, args, 3, more.length);
    return programs.start(args);
  }

  private Program follow() {
    Program program = start("agent");
    program.awaitErr("updated services.json");
    return program;
  }

  @Test
  void refusesASecondAgentAndLetsTheFirstGoOn() {
    Program first = follow();
    String pid = conf().text(".serf-handler/agent.lock").strip();
    assertThat(conf().status().get("pid")).hasToString(pid);
    Program second = start("agent", "--products=other");
    assertThat(second.status()).isEqualTo(1);
    assertThat(second.err().lines().filter(line -> line.startsWith("serf-handler: ")))
        .singleElement()
        .asString()
        .contains(
            conf().folder() + " is kept by another serf-handler agent, process " + pid + "; stop");
    assertThat(conf().nodes("p", "web")).containsExactly("node1");
    assertThat(first.terminate()).isZero();
    assertThat(first.logged("WARN")).isEmpty();
  }

  @Test
  void letsASinglePassWorkBesideAnAgent() {
    Program resident = follow();
    for (Program pass : new Program[] {start("members"), start("agent", "--once")}) {
      assertThat(pass.status()).as(pass.toString()).isZero();
      assertThat(pass.out()).isEqualTo("unchanged\n");
    }
    assertThat(resident.isRunning()).isTrue();
  }

  @Test
  void startsAfterTheOneBeforeWasKilledOrHasEnded() {
    assertThat(follow().signal("KILL").status()).isEqualTo(128 + 9);
    Program second = start("agent");
    second.awaitErr("answers");
    assertThat(second.terminate()).isZero();
    start("agent").awaitErr("answers");
  }

  @Test
  void goesOnWithAWarningWhereItCannotLock() throws IOException {
    Path own = Files.createDirectories(conf().file(".serf-handler"));
    Files.createSymbolicLink(own.resolve("agent.lock"), temp.resolve("elsewhere"));
    Program program = follow();
    assertThat(program.logged("WARN"))
        .singleElement()
        .asString()
        .contains("cannot lock", own + "/");
    assertThat(temp.resolve("elsewhere")).doesNotExist();
  }

  @Test
  void keepsTheLockForItsOwnUser() throws IOException {
    Program ignored = follow();
    assertThat(Files.getPosixFilePermissions(conf().file(".serf-handler/agent.lock")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }
}
