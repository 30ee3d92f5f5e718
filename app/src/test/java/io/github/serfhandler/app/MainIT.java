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
import org.junit.jupiter.api.io.TempDir;

/** Statuses and streams of the real program. */
class MainIT {
  @TempDir Path folder;

  @Test
  void printsHelpAndVersion() throws Exception {
    Program.Result help = Program.run(folder, "--help");
    assertThat(help.status()).isZero();
    assertThat(help.out()).startsWith("serf-handler turns");
    assertThat(help.err()).isEmpty();
    Program.Result version = Program.run(folder, "--version");
    assertThat(version.out()).matches("serf-handler \\d+\\.\\d+\\S* \\(Java \\S+\\)\n");
  }

  @Test
  void endsWithTwoOnWrongUsageAndSaysOneLine() throws Exception {
    Program.Result result = Program.run(folder, "nodse");
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
    Program.Result result = Program.run(folder, "nodes", "--config=conf.yml");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo("conf.yml:2: rpc.adr: unknown key; did you mean rpc.addr?\n");
  }

  @Test
  void endsWithOneAndOneLineWhereNoAgentIs() throws Exception {
    Program.Result result = Program.run(folder, "nodes", "--rpc-addr=127.0.0.1:1");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.err()).startsWith("serf-handler: ").contains("127.0.0.1:1");
  }

  @Test
  void neverShowsTheKey() throws Exception {
    try (FakeAgent agent = FakeAgent.start().authKey("right")) {
      Program.Result result =
          Program.run(
              folder,
              builder -> builder.environment().put("SERF_RPC_AUTH", "hunter2"),
              "doctor",
              "--rpc-addr=" + agent.rpcAddr(),
              "--log-level=debug");
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.out()).contains("rpc.auth = (hidden) (SERF_RPC_AUTH)");
      assertThat(result.out() + result.err()).doesNotContain("hunter2").doesNotContain("\tat ");
    }
  }

  @Test
  void printsUtf8WhateverTheLocale() throws Exception {
    try (FakeAgent agent = FakeAgent.start().members(FakeMember.named("größe-大"))) {
      Program.Result result =
          Program.run(
              folder,
              builder -> {
                builder.environment().remove("LANG");
                builder.environment().put("LC_ALL", "C");
              },
              "nodes",
              "--rpc-addr=" + agent.rpcAddr());
      assertThat(result.status()).isZero();
      assertThat(result.out()).contains("größe-大");
    }
  }

  @Test
  void endsQuietlyWhenItsReaderHasSeenEnough() throws Exception {
    try (Program program =
        Program.start(
            folder, builder -> builder.redirectOutput(ProcessBuilder.Redirect.PIPE), "--help")) {
      program.process().getInputStream().close();
      Program.Result result = program.await();
      assertThat(result.err()).isEmpty();
      assertThat(result.status()).isZero();
    }
  }

  @Test
  void failsWhenItsResultCannotBeWritten() throws Exception {
    Program.Result result =
        Program.run(folder, builder -> builder.redirectOutput(new File("/dev/full")), "--help");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .startsWith("serf-handler: cannot write to standard output: ")
        .hasLineCount(1);
  }

  @Test
  void loadsNeitherYamlNorLoggingOnTheWayOfAOneShot() throws Exception {
    Path classes = folder.resolve("classes.txt");
    try (FakeAgent agent = FakeAgent.start()) {
      Program.Result result =
          Program.run(
              folder,
              builder ->
                  builder
                      .command()
                      .add(1, "-Xlog:class+load:file=" + classes + ":none:filecount=0"),
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
  void leavesNothingInItsWorkingDirectory() throws IOException, InterruptedException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Program.run(empty, "doctor", "--rpc-addr=127.0.0.1:1");
    try (java.util.stream.Stream<Path> files = Files.list(empty)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .allMatch(name -> name.matches("(out|err).*\\.txt"));
    }
  }
}
