package io.github.serfhandler.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of the packaged program; thread-safe. Made by {@link Programs}. */
public final class Program {
  private static final long PATIENCE_SECONDS = 60;

  private final List<String> command;
  private final Process process;
  private final Path out;
  private final Path err;

  Program(List<String> command, Process process, Path out, Path err) {
    this.command = command;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** What it has written to standard output. */
  public String out() {
    return read(out);
  }

  /** What it has written to standard error. */
  public String err() {
    return read(err);
  }

  /** The lines of its log that have this level. */
  public List<String> logged(String level) {
    return err().lines().filter(line -> line.contains("Z " + level)).toList();
  }

  /** Waits until standard error holds the text. */
  public Program awaitErr(String text) {
    Waiting.until(text, () -> assertThat(err()).contains(text));
    return this;
  }

  /** The child itself. */
  public Process process() {
    return process;
  }

  public boolean isRunning() {
    return process.isAlive();
  }

  /** Waits for its end and gives its status; a signal counts as 128 and its number. */
  public int status() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("it does not end: " + this);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + command, e);
    }
  }

  /** Sends a signal by its name without SIG. */
  public Program signal(String name) {
    try {
      Process kill =
          new ProcessBuilder("/bin/sh", "-c", "kill -s \"$1\" \"$2\"", "kill", name, pid())
              .inheritIO()
              .start();
      assertThat(kill.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(kill.exitValue()).isZero();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending a signal", e);
    }
  }

  /** SIGTERM; waits for the end and gives the status. */
  public int terminate() {
    return signal("TERM").status();
  }

  /** The Serf agents that it has started. */
  public List<ProcessHandle> serfAgents() {
    return process
        .descendants()
        .filter(child -> child.info().command().orElse("").endsWith("/serf"))
        .toList();
  }

  /** Checks that it failed as every command fails: status 1, one line that holds these texts. */
  public void assertFailed(String... texts) {
    assertThat(status()).as(toString()).isEqualTo(1);
    assertThat(err().lines()).as("standard error").hasSize(1);
    assertThat(err()).startsWith("serf-handler: ").endsWith("\n");
    for (String text : texts) {
      assertThat(err()).contains(text);
    }
    assertThat(out()).as("standard output").isEmpty();
  }

  private String pid() {
    return String.valueOf(process.pid());
  }

  /** Ends it and what it started, now. */
  void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    int ignored = status();
  }

  @Override
  public String toString() {
    return command + "\n-- out:\n" + out() + "\n-- err:\n" + err();
  }

  private static String read(Path file) {
    try {
      // Not readString: what a program prints may be no UTF-8.
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
