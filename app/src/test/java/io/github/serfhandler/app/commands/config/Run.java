package io.github.serfhandler.app.commands.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.cli.Cli;
import io.github.serfhandler.app.cli.Output;
import io.github.serfhandler.app.commands.Commands;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Immutable: what a command in this process has printed, and its status. */
record Run(int status, String out, String err) {
  /** Runs a command to its end, without any environment. */
  static Run of(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Cli cli = new Cli(new Commands(), Map.of(), new Output(out), new Output(err), () -> "test");
    int status = cli.run(args);
    return new Run(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Checks that all went well and nothing was said about it. */
  Run assertDone() {
    assertThat(status).as(toString()).isZero();
    assertThat(err).isEmpty();
    return this;
  }

  /** Checks that it failed with one line that holds these texts, and printed no result. */
  void assertFailed(int expected, String... texts) {
    assertThat(status).as(toString()).isEqualTo(expected);
    assertThat(err.lines()).as("standard error").hasSize(1);
    assertThat(err).contains(texts);
    assertThat(out).isEmpty();
  }
}
