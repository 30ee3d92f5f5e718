package io.github.serfhandler.testkit;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Stateless: runs a short command to its end, 30 s at most. */
final class Command {

  private static final long PATIENCE_SECONDS = 30;

  private Command() {}

  /** The path of a program, or an error that says how to get it. */
  static Path find(String program, String install) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path path = Path.of(folder, program);
      if (!folder.isEmpty() && Files.isExecutable(path) && Files.isRegularFile(path)) {
        return path;
      }
    }
    throw new IllegalStateException(
        "these tests run the real "
            + program
            + ", which is not on the PATH; install it: "
            + install);
  }

  static String run(List<String> argv) {
    return run(argv, Map.of());
  }

  static String run(List<String> argv, Map<String, String> environment) {
    return run(argv, environment, new byte[0]);
  }

  /**
   * Gives what the command printed on both outputs.
   *
   * @param input what it finds on standard input
   * @throws IllegalStateException with that output if its status is not 0 or it does not end
   */
  static String run(List<String> argv, Map<String, String> environment, byte[] input) {
    try {
      Path output = Files.createTempFile("command", ".out");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(argv).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
          in.write(input);
        }
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
          process.destroyForcibly();
        }
        String text = Files.readString(output, StandardCharsets.UTF_8);
        if (!ended || process.exitValue() != 0) {
          throw new IllegalStateException(
              argv + (ended ? " ended with " + process.exitValue() : " did not end") + ": " + text);
        }
        return text;
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + argv, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + argv, e);
    }
  }
}
