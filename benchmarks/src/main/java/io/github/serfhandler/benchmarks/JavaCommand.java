package io.github.serfhandler.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Stateless: how the launcher runs Java, but without its archive of classes. */
public final class JavaCommand {
  private static final String JAVA = String.valueOf(Runtime.version().feature());

  private JavaCommand() {}

  /** The command that runs this program of ours with the flags and the heap of {@code agent}. */
  static List<String> resident(Class<?> program, String... arguments) throws IOException {
    List<String> command = java("resident_flags");
    command.addAll(
        List.of("-Xmx64m", "-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** The command that runs serf-handler once, as {@code event} is; its arguments are to follow. */
  static List<String> oneShot() throws IOException {
    List<String> command = java("one_shot_flags");
    command.addAll(
        List.of(
            "-Xmx256m", "-cp", "app/target/serf-handler.jar", "io.github.serfhandler.app.Main"));
    return command;
  }

  /** The flags that every JVM of a kind has. */
  public static List<String> flags(String kind) throws IOException {
    Process flags =
        new ProcessBuilder(
                "sh",
                "-c",
                "target=. java_version=$1; . scripts/archive.sh; $0; echo \"$jvm_flags\"",
                kind,
                JAVA)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = flags.inputReader(StandardCharsets.US_ASCII)) {
      return List.of(String.valueOf(output.readLine()).split(" ", -1));
    }
  }

  private static List<String> java(String kind) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags(kind));
    return command;
  }
}
