package io.github.serfhandler.benchmarks;

import io.github.serfhandler.benchmarks.micro.HotPaths;
import io.github.serfhandler.benchmarks.report.Machine;
import io.github.serfhandler.benchmarks.report.Report;
import io.github.serfhandler.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Measures the program as its users run it, and prints each figure beside what it must reach. */
public final class Benchmarks {
  /** The JDK that the launcher takes; this program runs on the same one. */
  private static final int JAVA = Runtime.version().feature();

  private Benchmarks() {}

  /** One benchmark. */
  private interface Step {
    void run(Path folder, Report report) throws Exception;
  }

  /**
   * All of them by name, in the order in which they run.
   *
   * @param quick only those that are part of a quick run
   */
  private static Map<String, Step> all(boolean quick) {
    Map<String, Step> all = new LinkedHashMap<>();
    all.put("hot", (folder, report) -> new HotPaths(folder, report).run());
    all.put("latency", (folder, report) -> new Latency(folder, report).run());
    all.put("start", (folder, report) -> new Starts(folder, report).agent());
    all.put("members", (folder, report) -> new Starts(folder, report).members());
    all.put("event", (folder, report) -> new EventStart(folder, JAVA, report).run());
    all.put("deploy", (folder, report) -> new Deploy(folder, report).run());
    all.put("idle", (folder, report) -> new Resident(folder, report).idle());
    all.put("churn", (folder, report) -> new Resident(folder, report).churn());
    all.put("files", (folder, report) -> new FilesFigures(folder, report).run());
    all.put(
        "fleet",
        (folder, report) -> {
          int nodes = report.rounds(5, 20);
          new Fleetwide(folder, report, nodes, nodes).run();
        });
    if (!quick) {
      all.put("scale", (folder, report) -> new Fleetwide(folder, report, 50, 5).run());
      all.put("config", (folder, report) -> new ConfigFigures(folder, report).run());
      all.put("etcd", (folder, report) -> new EtcdFigures(folder, report).run());
      all.put("peers", (folder, report) -> new Peers(folder, report).run());
    }
    return all;
  }

  /**
   * Runs what the arguments name.
   *
   * @param args {@code quick} or {@code full}, a folder for the results, and names of benchmarks;
   *     all of the form where there is none
   */
  public static void main(String[] args) throws Exception {
    boolean quick = args[0].equals("quick");
    Path results = Files.createDirectories(Path.of(args[1]));
    List<String> names = new ArrayList<>(List.of(args).subList(2, args.length));
    Map<String, Step> known = all(quick && names.isEmpty());
    if (names.isEmpty()) {
      names.addAll(known.keySet());
    }
    for (String name : names) {
      if (!known.containsKey(name)) {
        print("unknown benchmark: " + name + "; use " + String.join(", ", known.keySet()));
        System.exit(2);
      }
    }
    Report report = new Report(quick, Benchmarks::print);
    JsonObject machine = Machine.describe();
    for (String name : names) {
      Path folder = Files.createTempDirectory("serf-handler-benchmark");
      report.begin(name);
      try {
        Objects.requireNonNull(known.get(name)).run(folder, report);
      } finally {
        delete(folder);
        // After each: one that fails at last does not take the others with it.
        Files.writeString(results.resolve("results.json"), report.json(machine).indented());
        Files.writeString(results.resolve("results.md"), report.markdown(machine));
      }
    }
    print(
        report.missed() == 0
            ? "all limits are kept; " + results.resolve("results.json")
            : report.missed() + " limits are MISSED; " + results.resolve("results.json"));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @SuppressWarnings("SystemOut") // The report is what this program is for.
  private static void print(String line) {
    System.out.println(line);
  }
}
