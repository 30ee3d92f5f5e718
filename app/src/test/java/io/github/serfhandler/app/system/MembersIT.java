package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code members}, the cron way: each run one process, one pass, one status. */
@Timeout(120)
class MembersIT {
  @RegisterExtension static final SerfCluster SERF = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  private static List<SerfNode> nodes = List.of();

  @BeforeAll
  static void startAgents() {
    nodes = SERF.startJoined(List.of(node("node1"), node("node2"), node("node3")));
  }

  private static SerfOptions node(String name) {
    return SerfOptions.named(name).withTag("products", "p").withTag("svc", "p/web:80");
  }

  private ConfDir conf() {
    return new ConfDir(temp.resolve("conf"));
  }

  private String rpc() {
    return "--rpc-addr=" + nodes.get(0).rpcAddr();
  }

  /** A run in a mount namespace of its own, after a script that may mount. */
  private Program runMounted(String script, ConfDir conf) throws IOException, InterruptedException {
    List<String> namespace = List.of("unshare", "-m", "/bin/sh", "-c");
    ProcessBuilder probe =
        new ProcessBuilder("unshare", "-m", "/bin/sh", "-c", "mount -t tmpfs none /mnt")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/unshare")) && probe.start().waitFor() == 0,
        "needs root and the right to mount in a namespace of its own");
    List<String> prefix = new ArrayList<>(namespace);
    prefix.add("set -e\nconf=$1; shift\n" + script + "\nexec \"$@\"");
    prefix.addAll(List.of("mounted", conf.folder().toString()));
    return programs.run(
        child -> child.command().addAll(0, prefix), "members", rpc(), conf.option());
  }

  @Test
  void writesTheFilesOnce() {
    ConfDir conf = conf();
    Program first = programs.run("members", rpc(), conf.option());
    assertThat(first.status()).isZero();
    assertThat(first.out()).isEqualTo("updated\n");
    assertThat(conf.nodes("p", "web")).containsExactly("node1", "node2", "node3");
    Program second = programs.run("members", rpc(), conf.option());
    assertThat(second.out()).isEqualTo("unchanged\n");
    assertThat(first.err() + second.err()).isEmpty();
  }

  @Test
  void showsOtherProductsWhereTheUserSaysSo() {
    ConfDir conf = conf();
    Program program =
        programs.run("members", rpc(), conf.option(), "--products=other", "--observe=p");
    assertThat(program.status()).isZero();
    assertThat(conf.text("services.json")).isEqualTo("{\n    \"other\": {},\n    \"p\": {}\n}\n");
  }

  @Test
  void failsWithOneLineWhereThereIsNoAgent() {
    try (FakeAgent address = FakeAgent.start()) {
      address.stop();
      programs
          .start("members", "--rpc-addr=" + address.rpcAddr(), conf().option())
          .assertFailed("cannot reach the Serf agent at " + address.rpcAddr());
      assertThat(conf().folder()).doesNotExist();
    }
  }

  @Test
  void failsWithOneLineForAWrongKey() {
    SerfNode locked = SERF.start(node("locked").withAuthKey("right"));
    programs
        .start(
            "members", "--rpc-addr=" + locked.rpcAddr(), "--rpc-auth=secret-guess", conf().option())
        .assertFailed("refused the auth key", locked.rpcAddr());
    programs
        .start("members", "--rpc-addr=" + locked.rpcAddr(), conf().option())
        .assertFailed("wants an auth key");
  }

  @Test
  void failsWithOneLineWhenTheAgentHangs() {
    SerfNode hung = SERF.start(node("hung"));
    hung.pause();
    programs
        .start("members", "--rpc-addr=" + hung.rpcAddr(), "--rpc-timeout=2s", conf().option())
        .assertFailed(hung.rpcAddr(), "hangs");
    hung.resume();
  }

  @Test
  void failsWithOneLineForADirectoryInPlaceOfAFileAndWritesTheOthers() throws IOException {
    ConfDir conf = conf();
    Files.createDirectories(conf.file("services.json"));
    programs
        .start("members", rpc(), conf.option())
        .assertFailed("services.json: it is a directory");
    assertThat(conf.text("services.yml")).contains("node3");
    assertThat(conf.text("fakedhosts.txt")).contains(nodes.get(2).host());
  }

  @Test
  void failsWithOneLineOnAReadOnlyFileSystem() throws Exception {
    ConfDir conf = conf();
    Files.createDirectory(conf.folder());
    runMounted("mount -t tmpfs -o ro none \"$conf\"", conf)
        .assertFailed("services.json", "Read-only file system");
  }

  @Test
  void failsWithOneLineOnAFullDiskAndLeavesTheOldFile() throws Exception {
    ConfDir conf = conf();
    Files.createDirectory(conf.folder());
    Path seen = temp.resolve("seen");
    Program program =
        runMounted(
            """
            mount -t tmpfs -o size=16k none "$conf"
            echo old >"$conf/services.json"
            cat /dev/zero >"$conf/fill" 2>/dev/null || :
            "$@" && status=0 || status=$?
            cat "$conf/services.json" >"${conf%/conf}/seen"
            ls -A "$conf" >>"${conf%/conf}/seen"
            exit $status
            """,
            conf);
    program.assertFailed("services.json", "No space left on device", "free some space");
    assertThat(Files.readString(seen)).isEqualTo("old\n.serf-handler\nfill\nservices.json\n");
  }

  @Test
  void writesABindMountedFileInPlace() throws Exception {
    ConfDir conf = conf();
    Files.createDirectory(conf.folder());
    Path target = Files.writeString(temp.resolve("mounted.json"), "old");
    Files.writeString(conf.file("services.json"), "hidden");
    Object inode = Files.getAttribute(target, "unix:ino");
    Program program =
        runMounted("mount --bind \"${conf%/conf}/mounted.json\" \"$conf/services.json\"", conf);
    assertThat(program.status()).as(program.toString()).isZero();
    assertThat(program.out()).isEqualTo("updated\n");
    assertThat(target).content().contains("\"node3\"");
    assertThat(Files.getAttribute(target, "unix:ino")).isEqualTo(inode);
    assertThat(conf.file("services.json")).hasContent("hidden");
    assertThat(conf.text("services.yml")).contains("node3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--rpc-adr=127.0.0.1:7373",
        "--rpc-addr=127.0.0.1:99999",
        "--rpc-timeout=soon",
        "--products=../etc",
        "--guard=maybe",
        "--conf-dir=",
        "--config=/nowhere/at-all.yml",
        "unexpected"
      })
  void refusesABadArgumentWithStatusTwo(String argument) {
    Program program = programs.run("members", argument);
    assertThat(program.status()).isEqualTo(2);
    assertThat(program.out()).isEmpty();
    assertThat(program.err().lines()).hasSize(1);
  }

  @Test
  void printsOnlyItsOwnWhateverTheEnvironmentSaysOfTheLocale() {
    Program program =
        programs.start(
            child -> child.environment().putAll(Map.of("LC_ALL", "C", "LANG", "C")),
            "members",
            rpc(),
            conf().option());
    assertThat(program.status()).isZero();
    assertThat(program.out()).isEqualTo("updated\n");
  }
}
