package io.github.serfhandler.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Stateless: how the launcher runs the resident agent's Java, but without its archive of classes.
 */
final class ResidentJava {
  private ResidentJava() {}

  /** The command that runs this program of ours. */
  static List<String> command(Class<?> program, String... arguments) throws IOException {
    Process flags =
        new ProcessBuilder(
                "sh", "-c", "target=. . scripts/archive.sh; resident_flags; echo \"$jvm_flags\"")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    try (BufferedReader output = flags.inputReader(StandardCharsets.US_ASCII)) {
      command.addAll(List.of(String.valueOf(output.readLine()).split(" ", -1)));
    }
    command.addAll(
        List.of("-Xmx64m", "-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    return command;
  }
}
