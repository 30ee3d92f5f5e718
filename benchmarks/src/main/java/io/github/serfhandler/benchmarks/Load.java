package io.github.serfhandler.benchmarks;

import io.github.serfhandler.benchmarks.report.Figures;
import io.github.serfhandler.benchmarks.report.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Resident memory and processor time of processes while nothing changes; confined to one thread.
 */
final class Load {
  private final Report report;
  private final Map<String, Long> processes = new LinkedHashMap<>();
  private final Map<String, Figures> memory = new LinkedHashMap<>();

  Load(Report report) {
    this.report = report;
  }

  /** Also of this process. */
  Load of(String name, long pid) {
    processes.put(name, pid);
    return this;
  }

  /** Measures all of them at the same time, and reports. */
  void idle() throws IOException {
    EtcdFleet.pause(Duration.ofSeconds(report.rounds(2, 10)));
    int seconds = report.rounds(6, 30);
    Map<String, double[]> resident = new LinkedHashMap<>();
    Map<String, Double> before = new LinkedHashMap<>();
    for (Map.Entry<String, Long> process : processes.entrySet()) {
      resident.put(process.getKey(), new double[seconds]);
      before.put(process.getKey(), Program.cpuSeconds(process.getValue()));
    }
    long begin = System.nanoTime();
    for (int second = 0; second < seconds; second++) {
      EtcdFleet.pause(Duration.ofSeconds(1));
      for (Map.Entry<String, Long> process : processes.entrySet()) {
        Objects.requireNonNull(resident.get(process.getKey()))[second] =
            Program.residentMiB(process.getValue());
      }
    }
    double passed = (System.nanoTime() - begin) / 1e9;
    for (Map.Entry<String, Long> process : processes.entrySet()) {
      String name = process.getKey();
      double used =
          Program.cpuSeconds(process.getValue()) - Objects.requireNonNull(before.get(name));
      Figures values = new Figures(Objects.requireNonNull(resident.get(name)));
      memory.put(name, values);
      report.add("resident memory, " + name, "MiB", values);
      report.add("processor time, idle, " + name, "%", new Figures(used / passed * 100));
    }
  }

  /** The resident memory of a process that was measured. */
  Figures memory(String name) {
    return Objects.requireNonNull(memory.get(name));
  }
}
