package io.github.serfhandler.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.FakeMember;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Statuses and streams of the real program. */
class MainIT {
  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path folder;

  @Test
  void printsHelpAndVersion() {
    Program help = programs.run("--help");
    assertThat(help.status()).isZero();
    assertThat(help.out()).startsWith("serf-handler turns");
    assertThat(help.err()).isEmpty();
    Program version = programs.run("--version");
    assertThat(version.out()).matches("serf-handler \\d+\\.\\d+\\S* \\(Java \\S+\\)\n");
  }

  @Test
  void endsWithTwoOnWrongUsageAndSaysOneLine() {
    Program result = programs.run("nodse");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .isEqualTo(
            "serf-handler: unknown command \"nodse\"; did you mean nodes? see serf-handler"
                + " --help\n");
  }

  @Test
  void endsWithTwoOnWrongSettingsAndNamesFileAndLine() throws Exception {
    Files.writeString(folder.resolve("conf.yml"), "rpc:\n  adr: x\n");
    Program result =
        programs.run(child -> child.directory(folder.toFile()), "nodes", "--config=conf.yml");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo("conf.yml:2: rpc.adr: unknown key; did you mean rpc.addr?\n");
  }

  @Test
  void endsWithOneAndOneLineWhereNoAgentIs() {
    Program result = programs.run("nodes", "--rpc-addr=127.0.0.1:1");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.err()).startsWith("serf-handler: ").contains("127.0.0.1:1");
  }

  @Test
  void neverShowsTheKey() {
    try (FakeAgent agent = FakeAgent.start().authKey("right")) {
      Program result =
          programs.run(
              child -> child.environment().put("SERF_RPC_AUTH", "hunter2"),
              "doctor",
              "--rpc-addr=" + agent.rpcAddr(),
              "--log-level=debug");
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.out()).contains("rpc.auth = (hidden) (SERF_RPC_AUTH)");
      assertThat(result.out() + result.err()).doesNotContain("hunter2").doesNotContain("\tat ");
    }
  }

  @Test
  void printsUtf8WhateverTheLocale() {
    try (FakeAgent agent = FakeAgent.start().members(FakeMember.named("größe-大"))) {
      Program result =
          programs.run(
              child -> {
                child.environment().remove("LANG");
                child.environment().put("LC_ALL", "C");
              },
              "nodes",
              "--rpc-addr=" + agent.rpcAddr());
      assertThat(result.status()).isZero();
      assertThat(result.out()).contains("größe-大");
    }
  }

  @Test
  void endsQuietlyWhenItsReaderHasSeenEnough() throws Exception {
    Program program =
        programs.start(child -> child.redirectOutput(ProcessBuilder.Redirect.PIPE), "--help");
    program.process().getInputStream().close();
    assertThat(program.status()).isZero();
    assertThat(program.err()).isEmpty();
  }

  @Test
  void failsWhenItsResultCannotBeWritten() {
    Program result = programs.run(child -> child.redirectOutput(new File("/dev/full")), "--help");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .startsWith("serf-handler: cannot write to standard output: ")
        .hasLineCount(1);
  }

  @Test
  void loadsNeitherYamlNorLoggingOnTheWayOfAOneShot() throws Exception {
    Path classes = folder.resolve("classes.txt");
    try (FakeAgent agent = FakeAgent.start()) {
      Program result =
          programs.run(
              child ->
                  child
                      .command()
                      // After the launcher's -Xlog:disable, which would turn it off again.
                      .add(
                          child.command().indexOf("-cp"),
                          "-Xlog:class+load:file=" + classes + ":none:filecount=0"),
              "nodes",
              "--rpc-addr=" + agent.rpcAddr());
      assertThat(result.status()).isZero();
    }
    List<String> loaded = Files.readAllLines(classes);
    assertThat(loaded).anyMatch(line -> line.contains("app.commands.NodesCommand"));
    assertThat(loaded)
        .noneMatch(line -> line.contains("org.snakeyaml"))
        .noneMatch(line -> line.contains("java.util.logging"))
        .noneMatch(line -> line.contains("serfhandler.app.log"))
        .noneMatch(line -> line.contains("serfhandler.app.dev"))
        .noneMatch(line -> line.contains("app.commands.AgentCommand"));
  }

  @Test
  void leavesNothingInItsWorkingDirectory() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    programs.run(child -> child.directory(empty.toFile()), "doctor", "--rpc-addr=127.0.0.1:1");
    assertThat(empty).isEmptyDirectory();
  }
}
