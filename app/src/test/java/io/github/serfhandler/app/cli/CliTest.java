package io.github.serfhandler.app.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.settings.SettingsTable;
import io.github.serfhandler.client.SerfAuthException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CliTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private FakeCommand command = new FakeCommand(invocation -> ExitStatus.DONE);

  @Test
  void readsFlagsInBothWritings() {
    assertThat(run("fake", "--rpc-addr", "a:1", "--count=7", "--fast", "thing")).isZero();
    Invocation call = requireNonNull(command.last);
    assertThat(call.settings().text(SettingsTable.RPC_ADDR)).isEqualTo("a:1");
    assertThat(call.value(FakeCommand.COUNT)).isEqualTo(7);
    assertThat(call.value(FakeCommand.FAST)).isTrue();
    assertThat(call.arguments()).containsExactly("thing");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void takesDefaultsForWhatIsNotGiven() {
    assertThat(run("fake")).isZero();
    Invocation call = requireNonNull(command.last);
    assertThat(call.value(FakeCommand.COUNT)).isEqualTo(3);
    assertThat(call.value(FakeCommand.FAST)).isFalse();
    assertThat(call.has(FakeCommand.COUNT)).isFalse();
  }

  @Test
  void takesTheLastOfAFlagGivenTwice() {
    assertThat(run("fake", "--rpc-addr=a:1", "--rpc-addr=b:2")).isZero();
    assertThat(requireNonNull(command.last).settings().text(SettingsTable.RPC_ADDR))
        .isEqualTo("b:2");
  }

  @Test
  void takesAllOfAFlagThatMayBeRepeated() {
    assertThat(run("fake", "--script=user:a=x", "--script", "query:b=y z")).isZero();
    assertThat(requireNonNull(command.last).settings().text(SettingsTable.HANDLERS_SCRIPTS))
        .isEqualTo("user:a=x\nquery:b=y z");
  }

  @Test
  void takesNoSecondLineOfARepeatedFlagForOneOfItsOwn() {
    assertThat(run("fake", "--script=user:a=cd /x\nrm -rf *")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--script holds a line break");
  }

  @Test
  void takesWhatFollowsTwoDashesForAnArgument() {
    assertThat(run("fake", "--fast", "--", "--count")).isZero();
    assertThat(requireNonNull(command.last).arguments()).containsExactly("--count");
  }

  @Test
  void takesASingleDashForAnArgument() {
    assertThat(run("fake", "-")).isZero();
    assertThat(requireNonNull(command.last).arguments()).containsExactly("-");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fkae | serf-handler: unknown command \"fkae\"; did you mean fake? see serf-handler --help",
        "xyzzy | serf-handler: unknown command \"xyzzy\"; see serf-handler --help",
        "help fkae | serf-handler: unknown command \"fkae\"; did you mean fake? see serf-handler"
            + " --help",
        "--fast fake | serf-handler: write the command first, its options behind it; see"
            + " serf-handler --help",
        "fake --rpc-adr=a | serf-handler: unknown option --rpc-adr; did you mean --rpc-addr? see"
            + " serf-handler fake --help",
        "fake -rpc-addr=a:1 | serf-handler: unknown option -rpc-addr; did you mean --rpc-addr? see"
            + " serf-handler fake --help",
        "fake --zzz | serf-handler: unknown option --zzz; see serf-handler fake --help",
        "fake --conf-dir=x | serf-handler: --conf-dir is not an option of fake; see serf-handler"
            + " fake --help",
        "fake --rpc-addr | serf-handler: --rpc-addr needs a value; write for example"
            + " --rpc-addr=[::1]:7373; see serf-handler fake --help",
        "fake --rpc-addr --fast | serf-handler: --rpc-addr needs a value; write for example"
            + " --rpc-addr=[::1]:7373; see serf-handler fake --help",
        "fake --count | serf-handler: --count needs a value; write --count=N; see serf-handler fake"
            + " --help",
        "fake --count=10 | serf-handler: --count: \"10\" is out of range; allowed is 1 to 9; see"
            + " serf-handler fake --help",
        "fake --fast=on | serf-handler: --fast takes no value; write --fast alone; see"
            + " serf-handler fake --help",
        "fake a b | serf-handler: unexpected argument \"b\"; see serf-handler fake --help",
        "fake --rpc-addr=x | --rpc-addr: \"x\" has no port; write for example 127.0.0.1:7373 or"
            + " [::1]:7373",
      })
  void answersMisuseWithOneLineAndStatusTwo(String line, String expected) {
    assertThat(run(line.trim().split(" ", -1))).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(expected + "\n");
    assertThat(out.toByteArray()).isEmpty();
    assertThat(command.last).isNull();
  }

  @Test
  void neverShowsAValueGivenToAnUnknownOption() {
    run("fake", "--rpc-atuh=hunter2");
    run("fake", "--rpc-atuh", "hunter2");
    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("hunter2");
  }

  @Test
  void printsHelpToStandardOutputWhenAsked() {
    for (String[] args :
        List.of(
            new String[] {"--help"},
            new String[] {"-h"},
            new String[] {"help"},
            new String[] {"fake", "--help"},
            new String[] {"help", "fake"})) {
      out.reset();
      assertThat(run(args)).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("serf-handler").contains("Usage");
    }
    assertThat(err.toByteArray()).isEmpty();
  }

  @Test
  void printsHelpToStandardErrorWhenNothingWasAsked() {
    assertThat(run()).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("Commands:");
    assertThat(out.toByteArray()).isEmpty();
  }

  @Test
  void printsTheVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("serf-handler 1.2\n");
  }

  @Test
  void passesTheStatusOfTheCommandOn() {
    command = new FakeCommand(invocation -> ExitStatus.FAILED);
    assertThat(run("fake")).isEqualTo(ExitStatus.FAILED);
  }

  @Test
  void answersAFailureWithOneLineAndStatusOne() {
    command =
        new FakeCommand(
            invocation -> {
              throw new FailedException("no agent\nat a:1; start one");
            });
    assertThat(run("fake")).isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("serf-handler: no agent\\nat a:1; start one\n");
  }

  @Test
  void tellsInWordsWhatIsWrongWithAFile() {
    command =
        new FakeCommand(
            invocation -> {
              throw new AccessDeniedException("/conf/services.json");
            });
    assertThat(run("fake")).isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("serf-handler: /conf/services.json: permission denied\n");
  }

  @Test
  void answersABugWithOneLineAndAHint() {
    command =
        new FakeCommand(
            invocation -> {
              throw new IllegalStateException("oops");
            });
    assertThat(run("fake")).isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "serf-handler: unexpected error: IllegalStateException: oops; run it again with"
                + " --log-level=debug for the trace\n");
  }

  @Test
  void namesTheVariableThatGivesMoreMemory() {
    command =
        new FakeCommand(
            invocation -> {
              throw new OutOfMemoryError("Java heap space");
            });
    assertThat(run("fake")).isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .matches(
            "serf-handler: out of memory: Java may use \\d+ MiB, too little for this cluster; set"
                + " SERF_HANDLER_HEAP=\\d+m in the environment\n");
  }

  @Test
  void namesTheFlagThatGivesTheKey() {
    command =
        new FakeCommand(
            invocation -> {
              throw new SerfAuthException("the agent wants an auth key", false, null);
            });
    assertThat(run("fake")).isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "serf-handler: the agent wants an auth key; put it in a file and use"
                + " --rpc-auth-file\n");
  }

  @Test
  void showsTheTraceOfABugAtDebug() {
    command =
        new FakeCommand(
            invocation -> {
              throw new IllegalStateException("oops");
            });
    assertThat(run("fake", "--log-level=debug")).isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("serf-handler: unexpected error: IllegalStateException: oops\n")
        .contains("\tat io.github.serfhandler.app.cli.CliTest");
  }

  @Test
  void keepsAnInterrupt() {
    command =
        new FakeCommand(
            invocation -> {
              throw new InterruptedException();
            });
    assertThat(run("fake")).isEqualTo(ExitStatus.FAILED);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void flushesWhatTheCommandPrinted() {
    command =
        new FakeCommand(
            invocation -> {
              invocation.out().line("größe");
              return ExitStatus.DONE;
            });
    assertThat(run("fake")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("größe\n");
  }

  private int run(String... args) {
    Map<String, String> environment = Map.of();
    return new Cli(command, environment, new Output(out), new Output(err), () -> "1.2").run(args);
  }

  @Test
  void remembersThatAStreamFailedAndSwallowsTheRest() throws IOException {
    IOException full = new IOException("No space left on device");
    try (java.io.OutputStream stream =
        new java.io.OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw full;
          }
        }) {
      Output output = new Output(stream);
      output.lineNow("one");
      output.lineNow("two");
      assertThat(output.failure()).isSameAs(full);
    }
  }
}
