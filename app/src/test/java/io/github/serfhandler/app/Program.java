package io.github.serfhandler.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The program as a child process, run on the classes that were just built. Confined to one test.
 * Its standard streams are files, unless the test takes them.
 */
public final class Program implements AutoCloseable {
  private static final long LIMIT_SECONDS = 60;

  private final Process process;
  private final Path out;
  private final Path err;

  private Program(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * What a run left behind.
   *
   * @param status its exit status
   * @param out what it printed
   * @param err what it complained of
   */
  public record Result(int status, String out, String err) {}

  /** Changes how the child is started. */
  public interface Adjustment {
    void apply(ProcessBuilder builder);
  }

  /** Starts it in a folder, where its streams are kept too. */
  public static Program start(Path folder, Adjustment adjustment, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(List.of("-Xmx128m", "-cp", classPath(), "io.github.serfhandler.app.Main"));
    command.addAll(List.of(args));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("SERF_") || name.contains("JAVA"));
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    adjustment.apply(builder);
    return new Program(builder.start(), out, err);
  }

  /** Runs it to its end. */
  public static Result run(Path folder, String... args) throws IOException, InterruptedException {
    return run(folder, builder -> {}, args);
  }

  /** Runs it to its end. */
  public static Result run(Path folder, Adjustment adjustment, String... args)
      throws IOException, InterruptedException {
    try (Program program = start(folder, adjustment, args)) {
      return program.await();
    }
  }

  /** Waits for its end. */
  public Result await() throws IOException, InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still running; it says: " + err());
    }
    return new Result(process.exitValue(), out(), err());
  }

  /** What it has printed so far. */
  public String out() throws IOException {
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  /** What it has complained of so far. */
  public String err() throws IOException {
    return Files.readString(err, StandardCharsets.UTF_8);
  }

  /** The child. */
  public Process process() {
    return process;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static String classPath() {
    // Surefire puts the real one here and starts the JVM of the tests with a jar that refers to it.
    String real = System.getProperty("surefire.test.class.path");
    return real == null ? System.getProperty("java.class.path") : real;
  }
}
