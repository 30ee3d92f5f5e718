package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.FakeMember;
import io.github.serfhandler.testkit.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code agent} and its event stream. */
@Timeout(120)
class EventsIT {
  private static final FakeMember SELF =
      FakeMember.named("fake").withTag("products", "p").withTag("svc", "p/web:80");

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  private final FakeAgent agent = FakeAgent.start().members(SELF);

  @AfterEach
  void stop() {
    agent.close();
  }

  private Program follow(ConfDir conf, String... more) {
    String[] args = new String[3 + more.length];
    args[0] = "agent";
    args[1] = "--rpc-addr=" + agent.rpcAddr();
    args[2] = conf.option();
    System.arraycopy(more, 0, args, 3, more.length);
    return programs.start(args);
  }

  @Test
  void takesUserEventsAndQueriesAndLeavesInOrder() {
    ConfDir conf = new ConfDir(temp.resolve("conf"));
    Program program = follow(conf);
    assertThat(agent.awaitStream("stream").type()).isEqualTo("user,query");
    assertThat(agent.push(Records.user(1, "dream", new byte[0]))).isEqualTo(1);
    program.awaitErr("INFO  handler: user event dream");
    assertThat(program.terminate()).isZero();
    assertThat(conf.text(".serf-handler/handlers.json")).contains("\"userEvents\": 1");
    assertThat(agent.requests("stop")).isNotEmpty();
    assertThat(program.logged("WARN")).isEmpty();
    assertThat(program.err()).endsWith("stopped; the files stay\n");
  }

  @Test
  void followsTheFilesThoughTheStreamIsRefused() {
    agent.on("stream", x -> x.error("Invalid event filter"));
    ConfDir conf = new ConfDir(temp.resolve("conf"));
    Program program = follow(conf);
    program.awaitErr("no user events and queries meanwhile; trying again");
    agent.members(SELF, FakeMember.named("other").withTag("svc", "p/web:81"));
    conf.awaitNodes("p", "web", "fake", "other");
    assertThat(program.terminate()).isZero();
    assertThat(program.logged("WARN")).hasSize(1);
  }

  @Test
  void opensNoStreamWhereEventsAreOff() throws IOException {
    Path config = Files.writeString(temp.resolve("conf.yml"), "events: off\n");
    ConfDir conf = new ConfDir(temp.resolve("conf"));
    Program program = follow(conf, "--config=" + config);
    conf.awaitNodes("p", "web", "fake");
    agent.members(SELF, FakeMember.named("other").withTag("svc", "p/web:81"));
    conf.awaitNodes("p", "web", "fake", "other");
    assertThat(program.terminate()).isZero();
    assertThat(agent.requests("stream")).isEmpty();
    assertThat(conf.file(".serf-handler/handlers.json")).doesNotExist();
  }
}
