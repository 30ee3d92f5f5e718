package io.github.serfhandler.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Runs the packaged program with the flags of the launcher {@code ./serf-handler}. Confined to the
 * test's thread. What it started ends with the test, or with the class where the field is static;
 * when a test fails, the outputs are added to its error.
 */
public final class Programs
    implements BeforeAllCallback,
        AfterAllCallback,
        AfterEachCallback,
        TestExecutionExceptionHandler {
  private static final Path JAR = Path.of("target", "serf-handler.jar").toAbsolutePath();

  private final List<Program> started = new ArrayList<>();
  private final Path folder;
  private boolean forClass;

  public Programs() {
    try {
      folder = Files.createTempDirectory("programs");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts {@code serf-handler ARGS}. */
  public Program start(String... args) {
    return start(child -> {}, args);
  }

  /** Runs {@code serf-handler ARGS} to its end. */
  public Program run(String... args) {
    return run(child -> {}, args);
  }

  /** Starts it after changes to its command, directory, environment or streams. */
  public Program start(Consumer<ProcessBuilder> changes, String... args) {
    return launch(command(args), changes);
  }

  /** Runs it to its end after such changes. */
  public Program run(Consumer<ProcessBuilder> changes, String... args) {
    Program program = start(changes, args);
    int ignored = program.status();
    return program;
  }

  /** Starts a shell script in a directory; it ends at the first command that fails. */
  public Program shell(Path directory, String script) {
    return launch(
        List.of("/bin/sh", "-e", "-c", script), child -> child.directory(directory.toFile()));
  }

  private Program launch(List<String> command, Consumer<ProcessBuilder> changes) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(Programs::couldChangeTheRun);
    Path out = folder.resolve(started.size() + ".out");
    Path err = folder.resolve(started.size() + ".err");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    changes.accept(builder);
    try {
      // What a test redirects elsewhere is found empty here.
      Files.createFile(out);
      Files.createFile(err);
      Program program = new Program(command, builder.start(), out, err);
      started.add(program);
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    }
  }

  /** The command that the launcher runs. */
  public static List<String> command(String... args) {
    assertThat(JAR).as("the packaged program; mvn package makes it").exists();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xlog:disable",
            "-Xmx64m",
            "-Xss256k",
            "-cp",
            JAR.toString(),
            "io.github.serfhandler.app.Main"));
    command.addAll(List.of(args));
    return command;
  }

  /** What the launcher takes out of the environment, and what names another agent. */
  private static boolean couldChangeTheRun(String variable) {
    return variable.startsWith("SERF_")
        || variable.contains("JAVA_")
        || variable.equals("CLASSPATH");
  }

  /** Ends everything that was started. */
  void close() {
    started.forEach(Program::close);
    started.clear();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(folder)) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove what the programs wrote", e);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    forClass = true;
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    if (!forClass) {
      close();
      Files.delete(folder);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    close();
    Files.delete(folder);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    thrown.addSuppressed(
        new Outputs(started.stream().map(Program::toString).collect(Collectors.joining("\n"))));
    throw thrown;
  }

  /** Carries the outputs into the report of a failed test. */
  private static final class Outputs extends Exception {
    private static final long serialVersionUID = 1;

    Outputs(String text) {
      super(text, null, false, false);
    }
  }
}
