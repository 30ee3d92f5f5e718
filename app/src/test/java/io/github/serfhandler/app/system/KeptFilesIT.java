package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with checks and reloads, kept by {@code agent}, {@code render} and {@code event}. */
@Timeout(180)
class KeptFilesIT {
  private static final String ONE_CHECKED =
      "- format: template\n  template: FOLDER/in.peb\n  path: FOLDER/out.txt\n  wait: 10ms\n"
          + RenderFolder.CHECKED;

  @RegisterExtension static final SerfCluster SERF = SerfCluster.create();
  @TempDir static Path shared;

  @RegisterExtension final Programs programs = new Programs();
  @TempDir Path temp;

  private static List<SerfNode> nodes = List.of();
  private final SerfNode node = nodes.get(0);
  private RenderFolder folder = new RenderFolder(Path.of(""));

  /** Its event handler is a script that the test about it writes. */
  @BeforeAll
  static void startAgent() {
    String handler = "/bin/sh -c '[ ! -f \"$0\" ] || . \"$0\"' " + shared.resolve("run");
    nodes =
        List.of(
            SERF.start(
                SerfOptions.named("node1").withTag("products", "p").withEventHandler(handler)));
  }

  @BeforeEach
  void offerOneService() {
    node.setTag("svc", "p/web:80");
    folder = RenderFolder.of(temp, ONE_CHECKED);
    folder.write("in.peb", "{% for s in services() %}{{ s }} {% endfor %}\n");
  }

  private Program start(String command) {
    return programs.start(folder.options(command, node.rpcAddr()));
  }

  private void awaitText(String name, String text) {
    Waiting.until(name, () -> assertThat(folder.text(name)).isEqualTo(text));
  }

  private void awaitStanding(String... texts) {
    Waiting.until(
        "files.json",
        () -> assertThat(folder.conf().text(".serf-handler/files.json")).contains(texts));
  }

  private void awaitReloads(int count) {
    Waiting.until(count + " reloads", () -> assertThat(folder.reloads()).isEqualTo(count));
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent", "render"})
  void keepsAFileUntilItIsStopped(String command) {
    Program program = start(command);
    awaitText("out.txt", "p/web \n");
    awaitReloads(1);
    node.setTag("svc", "p/web:80,p/db:81");
    awaitText("out.txt", "p/db p/web \n");
    awaitReloads(2);
    // Ports do not stand in it.
    node.setTag("svc", "p/web:90,p/db:81");
    node.setTag("svc", "p/db:81");
    awaitText("out.txt", "p/db \n");
    awaitReloads(3);
    // Somebody's own is put right.
    folder.write("out.txt", "mine\n");
    awaitText("out.txt", "p/db \n");
    awaitReloads(4);
    awaitStanding("\"state\": \"current\"", "\"reloadOwed\": false", "\"reloads\": 4,");
    assertThat(program.terminate()).isZero();
    assertThat(program.err()).endsWith("stopped; the files stay\n");
    assertThat(program.logged("WARN")).isEmpty();
    assertThat(program.logged("ERROR")).isEmpty();
    assertThat(folder.text("out.txt")).isEqualTo("p/db \n");
    assertThat(folder.checks()).isEqualTo(4);
    assertThat(folder.reloads()).isEqualTo(4);
  }

  @Test
  void shoutsWhereACheckFailsAndRecovers() {
    Program agent = start("agent");
    awaitText("out.txt", "p/web \n");
    awaitReloads(1);
    node.setTag("svc", "p/bad:80");
    agent.awaitErr("the check refused " + folder.file("out.txt") + ", the old file stays: /bin/sh");
    agent.awaitErr("the check of out.txt: it is bad");
    awaitStanding("\"state\": \"refused\"", "status 3");
    assertThat(folder.text("out.txt")).isEqualTo("p/web \n");
    node.setTag("svc", "p/good:80");
    awaitText("out.txt", "p/good \n");
    awaitReloads(2);
    agent.awaitErr(folder.file("out.txt") + " is in line again");
    awaitStanding("\"state\": \"current\"", "\"reason\": \"\"", "\"reloads\": 2,");
    assertThat(agent.logged("ERROR")).hasSize(2);
    assertThat(agent.terminate()).isZero();
  }

  @Test
  void shoutsWhereAReloadFailsAndMakesItLater() {
    folder.write("broken", "");
    Program agent = start("agent");
    agent.awaitErr("the reload of out.txt failed: /bin/sh");
    agent.awaitErr("the reload of out.txt: out of order");
    awaitStanding("\"reloadOwed\": true", "\"problem\": \"the reload of out.txt failed");
    assertThat(agent.terminate()).isZero();
    assertThat(agent.err()).contains("the reload of out.txt is owed; the next start makes it");
    assertThat(folder.file("broken").toFile().delete()).isTrue();
    Program next = start("render");
    awaitReloads(1);
    awaitStanding("\"reloadOwed\": false", "\"problem\": \"\"");
    assertThat(next.terminate()).isZero();
    assertThat(folder.checks()).isEqualTo(1);
  }

  @Test
  void keepsItWhenSerfRunsTheEventCommand() throws Exception {
    StringBuilder script = new StringBuilder("unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS\nexec");
    for (String part : Programs.command(folder.options("event", node.rpcAddr()))) {
      script.append(" '").append(part).append('\'');
    }
    Path run = shared.resolve("run");
    Path next = Files.writeString(shared.resolve("next"), script.append('\n'));
    Path unused = Files.move(next, run);
    // Serf tells of changes about a second later, so that those of before come with this one.
    node.setTag("test", temp.getFileName().toString());
    awaitText("out.txt", "p/web \n");
    awaitReloads(1);
    SerfNode other =
        SERF.start(SerfOptions.named("node2").withTag("products", "p").withTag("svc", "p/new:81"));
    try {
      other.join(node);
      awaitText("out.txt", "p/new p/web \n");
      awaitReloads(2);
      Waiting.until(
          "the log",
          () -> assertThat(folder.conf().text(".serf-handler/event.log")).contains("out.txt"));
    } finally {
      other.leave();
    }
    awaitText("out.txt", "p/web \n");
    awaitReloads(3);
    Files.delete(run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent", "render"})
  void refusesABrokenTemplateAtTheStart(String command) {
    folder.write("in.peb", "fine\n{{ broken\n");
    Program program = start(command);
    assertThat(program.status()).as(program.toString()).isEqualTo(2);
    assertThat(program.out()).isEmpty();
    assertThat(program.err()).hasLineCount(1).contains(folder.file("in.peb").toString(), "line ");
    assertThat(folder.conf().folder()).doesNotExist();
  }

  @Test
  void keepsTheOldFileWhileATemplateIsBroken() {
    Program program = start("render");
    awaitText("out.txt", "p/web \n");
    awaitReloads(1);
    folder.write("in.peb", "{{ broken\n");
    program.awaitErr(folder.file("in.peb") + ": line ");
    awaitStanding("\"state\": \"failed\"");
    assertThat(folder.text("out.txt")).isEqualTo("p/web \n");
    folder.write("in.peb", "{{ services()[0] }} mended\n");
    awaitText("out.txt", "p/web mended\n");
    awaitReloads(2);
    assertThat(program.terminate()).isZero();
  }
}
