package io.github.serfhandler.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that dies with this one, however this one dies; thread-safe.
 *
 * <p>Between the two stands a shell with a constant script. It holds the read end of a pipe whose
 * write end is here: when this process ends, be it by SIGKILL, the kernel closes the pipe, and the
 * shell kills the process. The command and its log file are arguments, never part of the script.
 */
final class GuardedProcess implements AutoCloseable {

  private static final String SCRIPT =
      """
      log=$1; shift
      exec 3<&0
      "$@" >>"$log" 2>&1 </dev/null 3<&- &
      child=$!
      ( while read -r line; do :; done; kill -KILL "$child" ) <&3 >/dev/null 2>&1 &
      guard=$!
      echo "$child"
      exec 1>&- 3<&-
      wait "$child"
      status=$?
      kill "$guard" 2>/dev/null
      exit "$status"
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Process shell;
  private final long pid;

  private GuardedProcess(Process shell, long pid) {
    this.shell = shell;
    this.pid = pid;
  }

  static GuardedProcess start(List<String> command, Path directory, Path log) {
    List<String> argv = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "guard", log.toString()));
    argv.addAll(command);
    try {
      Process shell =
          new ProcessBuilder(argv)
              .directory(directory.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      // The shell has closed its end after this line, so that nothing stays to be read.
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8))) {
        String first = out.readLine();
        if (first == null) {
          throw new IOException("the guarding shell said nothing");
        }
        return new GuardedProcess(shell, Long.parseLong(first));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    }
  }

  long pid() {
    return pid;
  }

  boolean isRunning() {
    return shell.isAlive();
  }

  /** Whether each of its threads has been stopped by a signal. */
  boolean isStopped() {
    try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
      for (Path thread : threads.toList()) {
        // The state stands after the name, which is in parentheses.
        if (!Files.readString(thread.resolve("stat")).contains(") T ")) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      // A thread ended between the list and the reading, so that not all were stopped yet.
      return false;
    }
  }

  /** Sends a signal by its name without SIG. */
  void signal(String name) {
    Command.run(
        List.of("/bin/sh", "-c", "kill -s \"$1\" \"$2\"", "kill", name, String.valueOf(pid)));
  }

  /** Waits until it has ended and the kernel has forgotten it; false after the given time. */
  boolean awaitEnd(Duration atMost) {
    try {
      return shell.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Kills it, if it still runs, and waits for its end. */
  @Override
  public void close() {
    try {
      shell.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing the pipe to the guard of " + pid, e);
    }
    if (!awaitEnd(PATIENCE)) {
      throw new IllegalStateException("process " + pid + " does not end");
    }
  }
}
