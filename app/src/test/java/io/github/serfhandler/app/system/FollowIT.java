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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code agent} beside real agents whose cluster changes. */
@Timeout(120)
class FollowIT {
  @RegisterExtension static final SerfCluster SERF = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  private static List<SerfNode> nodes = List.of();

  /** Four nodes that stay; a test adds its own and takes them away again. */
  @BeforeAll
  static void startAgents() {
    nodes = SERF.startJoined(IntStream.rangeClosed(1, 4).mapToObj(i -> node("node" + i)).toList());
  }

  private static SerfOptions node(String name) {
    return SerfOptions.named(name).withTag("products", "p").withTag("svc", "p/web:80");
  }

  private Program follow(SerfNode node, ConfDir conf, String... more) {
    return programs.start(arguments("agent", node, conf, more));
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

  @Test
  void writesTheFilesAndSaysWhereTheyAre() {
    ConfDir conf = conf("conf");
    Program program = follow(nodes.get(0), conf);
    conf.awaitNodes("p", "web", "node1", "node2", "node3", "node4");
    conf.awaitText(nodes.get(3).host());
    conf.awaitStatus("state", "following");
    conf.awaitStatus("agentName", "node1");
    assertThat(program.err())
        .contains(nodes.get(0).rpcAddr())
        .contains(conf.folder().toString())
        .contains("services.json");
    assertThat(program.out()).isEmpty();
    assertThat(program.logged("WARN")).isEmpty();
  }

  @Test
  void followsTagChangesHereAndElsewhere() {
    ConfDir conf = conf("conf");
    Program program = follow(nodes.get(0), conf);
    conf.awaitNodes("p", "web", "node1", "node2", "node3", "node4");
    nodes.get(0).setTag("svc", "p/web:80,p/here:81");
    conf.awaitNodes("p", "here", "node1");
    nodes.get(2).setTag("svc", "p/web:80,p/there:82");
    conf.awaitNodes("p", "there", "node3");
    nodes.get(0).setTags(Map.of("products", "q", "svc", "p/web:80"));
    Waiting.until(
        "the other product", () -> assertThat(conf.text("services.json")).contains("\"q\": {}"));
    assertThat(conf.text("services.json")).doesNotContain("\"p\"");
    nodes.get(0).setTag("products", "p");
    nodes.get(2).setTag("svc", "p/web:80");
    conf.awaitNodes("p", "web", "node1", "node2", "node3", "node4");
    conf.awaitNodes("p", "there");
    assertThat(program.logged("ERROR")).isEmpty();
  }

  @Test
  void showsWhoJoinsAndDropsAtOnceWhoLeaves() {
    ConfDir conf = conf("conf");
    Program program = follow(nodes.get(0), conf);
    conf.awaitNodes("p", "web", "node1", "node2", "node3", "node4");
    SerfNode joining = SERF.start(node("node10"));
    joining.join(nodes.get(1));
    conf.awaitNodes("p", "web", "node1", "node2", "node3", "node4", "node10");
    joining.leave();
    conf.awaitNodes("p", "web", "node1", "node2", "node3", "node4");
    assertThat(conf.status().get("holds")).isEqualTo(0);
    assertThat(program.logged("WARN")).isEmpty();
  }

  @Test
  void dropsOneThatWasKilled() {
    SerfNode killed = SERF.start(node("node11"));
    killed.join(nodes.get(1));
    ConfDir conf = conf("conf");
    Program program = follow(nodes.get(0), conf);
    conf.awaitNodes("p", "web", "node1", "node2", "node3", "node4", "node11");
    killed.kill();
    nodes.get(0).awaitStatus(killed, "failed");
    conf.awaitNodes("p", "web", "node1", "node2", "node3", "node4");
    assertThat(conf.status().get("held")).isEqualTo(List.of());
    assertThat(program.logged("WARN")).isEmpty();
  }

  @Test
  void givesTheSameBytesOnEveryNode() {
    ConfDir first = conf("first");
    ConfDir second = conf("second");
    follow(nodes.get(0), first);
    follow(nodes.get(3), second);
    first.awaitNodes("p", "web", "node1", "node2", "node3", "node4");
    second.awaitNodes("p", "web", "node1", "node2", "node3", "node4");
    second.awaitText(nodes.get(0).host());
    first.awaitText(nodes.get(3).host());
    Waiting.until("the same files", () -> assertThat(first.texts()).isEqualTo(second.texts()));
  }

  @Test
  void losesOfHostileTagsTheInstanceAlone() {
    SerfNode hostile =
        SERF.start(
            SerfOptions.named("node12")
                .withTag("products", "p:../../etc:a b:" + "x".repeat(64))
                .withTag("role", "\u001b[2J\"; rm -rf / #\n")
                .withTag("svc", "p/good:81,p/web:0,p/web:65536,p/../web:1,p/web,/:/,p/web:80x"));
    hostile.join(nodes.get(1));
    ConfDir conf = conf("conf");
    try {
      Program program = follow(nodes.get(0), conf);
      conf.awaitNodes("p", "good", "node12");
      conf.awaitNodes("p", "web", "node1", "node2", "node3", "node4");
      program.awaitErr("\"p/web:65536\"").awaitErr("\"p/../web:1\"").awaitErr("\"a b\"");
      assertThat(program.logged("WARN")).allMatch(line -> line.contains("node \"node12\""));
      assertThat(program.err()).doesNotContain("\u001b");
      // It asks for products of illegal names, which cost itself and nobody else.
      ConfDir itsOwn = conf("its-own");
      follow(hostile, itsOwn);
      itsOwn.awaitNodes("p", "good", "node12");
      Waiting.until("its files", () -> assertThat(itsOwn.texts()).isEqualTo(conf.texts()));
    } finally {
      hostile.leave();
    }
    // Its bad tags are told to the tests after this one for as long as it counts.
    nodes.get(0).awaitStatus(hostile, "left");
    conf.awaitNodes("p", "good");
  }

  @Test
  void endsWithStatusZeroOnEachSignalAndSaysSo() {
    for (String signal : List.of("TERM", "INT", "HUP")) {
      ConfDir conf = conf(signal);
      Program program = follow(nodes.get(0), conf);
      conf.awaitNodes("p", "web", "node1", "node2", "node3", "node4");
      conf.awaitStatus("state", "following");
      assertThat(program.signal(signal).status()).as(signal).isZero();
      assertThat(program.err()).endsWith("stopped; the files stay\n");
      assertThat(conf.status().get("state")).isEqualTo("stopped");
      assertThat(conf.nodes("p", "web")).hasSize(4);
      assertThat(program.logged("WARN")).isEmpty();
    }
  }

  @Test
  void putsRightWhatSomeoneElseDidToTheFiles() throws IOException {
    ConfDir conf = conf("conf");
    follow(nodes.get(0), conf);
    conf.awaitStatus("state", "following");
    conf.awaitNodes("p", "web", "node1", "node2", "node3", "node4");
    conf.awaitText(nodes.get(3).host());
    Map<String, String> before = conf.texts();
    Files.delete(conf.file("services.json"));
    Files.writeString(conf.file("fakedhosts.txt"), "127.0.0.1\tsomething else\n");
    Waiting.until("the files", () -> assertThat(conf.texts()).isEqualTo(before));
  }

  @Test
  void goesOnWhenAFileCanNotBeWritten() throws IOException {
    ConfDir conf = conf("conf");
    Files.createDirectories(conf.file("services.json"));
    Program program = follow(nodes.get(0), conf);
    Waiting.until(
        "the other files",
        () -> {
          assertThat(conf.text("services.yml")).contains("node4");
          assertThat(conf.text("fakedhosts.txt")).contains(nodes.get(3).host());
        });
    Waiting.until(
        "the failure in the status",
        () -> assertThat((List<?>) conf.status().get("failures")).hasSize(1));
    Files.delete(conf.file("services.json"));
    conf.awaitNodes("p", "web", "node1", "node2", "node3", "node4");
    conf.awaitStatus("failures", List.of());
    assertThat(program.logged("ERROR")).hasSize(1);
    assertThat(program.logged("ERROR").get(0)).contains("services.json: it is a directory");
    program.awaitErr("all files can be written again");
  }
}
