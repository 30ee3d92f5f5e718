package io.github.serfhandler.benchmarks.micro;

import io.github.serfhandler.benchmarks.JavaCommand;
import io.github.serfhandler.benchmarks.report.Report;
import io.github.serfhandler.benchmarks.report.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** Runs the benchmarks of JMH, in JVMs of their own. Confined to one thread. */
public final class HotPaths {
  private static final Map<String, String> NAMES =
      Map.of(
          "DecodeBenchmark.decode", "decode of 10,000 members",
          "DecodeBenchmark.catalog", "10,000 members -> catalog",
          "DifferenceBenchmark.none", "diff of 10,000 members, none changed",
          "DifferenceBenchmark.oneLeft", "diff of 10,000 members, one left",
          "RenderBenchmark.render", "render 10,000 instances as ",
          "ApplyBenchmark.newer", "config apply, a newer version, with its fsyncs",
          "ApplyBenchmark.older", "config apply, an older version, ignored");

  private final Path folder;
  private final Report report;

  /** Works in {@code folder}. */
  public HotPaths(Path folder, Report report) {
    this.folder = folder;
    this.report = report;
  }

  /** Runs all of them. */
  public void run() throws IOException {
    List<String> flags = new ArrayList<>(JavaCommand.flags("resident_flags"));
    flags.add("-Xmx256m");
    if (Runtime.version().feature() >= 23) {
      flags.add("--sun-misc-unsafe-memory-access=allow"); // JMH's, whose warning is not ours.
    }
    flags.add("-Djava.io.tmpdir=" + folder);
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("\\.(Decode|Difference|Render|Apply)Benchmark\\.")
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.MILLISECONDS)
            .forks(1)
            .warmupIterations(report.rounds(1, 3))
            .warmupTime(TimeValue.milliseconds(report.rounds(300, 1000)))
            .measurementIterations(report.rounds(3, 10))
            .measurementTime(TimeValue.milliseconds(report.rounds(300, 1000)))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .jvmArgs(flags.toArray(new String[0]));
    try {
      Map<String, Row> rows = new TreeMap<>();
      for (RunResult result : new Runner(options.build()).run()) {
        Row row = row(result);
        rows.put(row.what(), row);
      }
      rows.values().forEach(report::add);
    } catch (RunnerException e) {
      throw new IOException("JMH failed", e);
    }
  }

  private static Row row(RunResult result) {
    String name = result.getParams().getBenchmark();
    int dot = name.lastIndexOf('.', name.lastIndexOf('.') - 1);
    String what = NAMES.getOrDefault(name.substring(dot + 1), name);
    if (what.endsWith(" as ")) {
      what += result.getParams().getParam("renderer");
    }
    Statistics figures = result.getPrimaryResult().getStatistics();
    return new Row(
        "hot",
        what,
        "ms",
        figures.getPercentile(50),
        figures.getPercentile(95),
        figures.getMax(),
        (int) figures.getN(),
        Double.NaN);
  }
}
