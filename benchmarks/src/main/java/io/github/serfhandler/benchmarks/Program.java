package io.github.serfhandler.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A run of {@code ./serf-handler} as a process of its own. Confined to one thread. */
final class Program implements AutoCloseable {
  private static final long CLOCK_TICKS = 100; // USER_HZ is 100 on every Linux that Debian runs on.

  static final String LAUNCHER = System.getProperty("serf-handler", "./serf-handler");

  /**
   * Immutable: a command line.
   *
   * @param environment what is added to the environment
   * @param input the file that is standard input
   */
  record Call(List<String> argv, Map<String, String> environment, Path input) {}

  private final Process process;
  private final Path log;

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts it with the arguments; what it prints goes to a file in {@code folder}. */
  static Program start(Path folder, String... args) throws IOException {
    List<String> argv = new ArrayList<>();
    argv.add(LAUNCHER);
    argv.addAll(List.of(args));
    return start(folder, argv);
  }

  /** Starts a program of ours with the flags and the heap of the resident agent. */
  static Program java(Path folder, Class<?> program, String... args) throws IOException {
    return start(folder, JavaCommand.resident(program, args));
  }

  /** Starts any program; what it prints goes to a file in {@code folder}. */
  static Program start(Path folder, List<String> argv) throws IOException {
    Path log = Files.createTempFile(folder, "out", ".log");
    Process process =
        new ProcessBuilder(argv).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new Program(process, log);
  }

  /** Runs it to its end, which must be a success, and gives the milliseconds that it took. */
  static double run(Path folder, String... args) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    try (Program program = start(folder, args)) {
      if (!program.process.waitFor(60, TimeUnit.SECONDS) || program.process.exitValue() != 0) {
        throw new IOException("the run failed: " + Files.readString(program.log));
      }
      return (System.nanoTime() - begin) / 1e6;
    }
  }

  /**
   * Runs a command to its end, which must be a success without a word; the milliseconds of that.
   */
  static double run(Path folder, Call call) throws IOException, InterruptedException {
    Path log = folder.resolve("printed");
    ProcessBuilder builder = new ProcessBuilder(call.argv());
    builder.environment().putAll(call.environment());
    builder.redirectInput(call.input().toFile());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    long begin = System.nanoTime();
    Process process = builder.start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    double millis = (System.nanoTime() - begin) / 1e6;
    String printed = Files.readString(log);
    if (!ended || process.exitValue() != 0 || !printed.isEmpty()) {
      process.destroyForcibly();
      throw new IOException(call.argv() + " failed: " + printed);
    }
    return millis;
  }

  /** Waits for its end, which must be a success; a minute at most. */
  void end() throws IOException, InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("the run failed: " + Files.readString(log));
    }
  }

  /** Fails with what it printed when it does not run any more. */
  void check() throws IOException {
    if (!process.isAlive()) {
      throw new IOException("ended by itself: " + Files.readString(log));
    }
  }

  /** Resident memory in MiB (VmRSS). */
  double residentMiB() throws IOException {
    return residentMiB(process.pid());
  }

  static double residentMiB(long pid) throws IOException {
    return statusMiB(pid, "VmRSS");
  }

  /** The process id. */
  long pid() {
    return process.pid();
  }

  /** The most that it ever had of it (VmHWM). */
  double peakMiB() throws IOException {
    return statusMiB(process.pid(), "VmHWM");
  }

  private static double statusMiB(long pid, String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith(name + ":")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
      }
    }
    throw new IOException("no " + name);
  }

  /** Processor time used so far, in seconds. */
  double cpuSeconds() throws IOException {
    return cpuSeconds(process.pid());
  }

  static double cpuSeconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) CLOCK_TICKS;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
