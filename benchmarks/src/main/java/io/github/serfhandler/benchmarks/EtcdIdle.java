package io.github.serfhandler.benchmarks;

import io.github.serfhandler.benchmarks.report.Figures;
import io.github.serfhandler.benchmarks.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Memory and processor time of {@code watch etcd} while nothing changes, beside {@code watch dir},
 * which has no HTTP client and no lock, and {@code agent}; all four at the same time. Confined to
 * one thread.
 */
final class EtcdIdle {
  private static final int FEW = 5;
  private static final int MANY = 5_000;
  private static final Duration SETTLING = Duration.ofSeconds(10);
  private static final int SECONDS = 60;

  private final Path folder;
  private final Report report;

  EtcdIdle(Path folder, Report report) {
    this.folder = folder;
    this.report = report;
  }

  void run() throws IOException, InterruptedException {
    try (EtcdFleet fleet = new EtcdFleet(folder)) {
      fleet.start("lan", 1, 3);
      EtcdPuts puts = new EtcdPuts(fleet.etcd().endpoint());
      fill(puts, "/few/p/key", FEW);
      fill(puts, "/many/q/key", MANY);
      Path tree = folder.resolve("files");
      Path files = Files.createDirectories(tree.resolve("d"));
      for (int key = 0; key < FEW; key++) {
        Files.writeString(files.resolve("key" + key + ".json"), EtcdFigures.value(key, "first"));
      }
      List<Idle> idle = new ArrayList<>();
      idle.add(idle("watch etcd, 5 keys", fleet.watch("etcd", fleet.endpoints(), "--prefix=/few")));
      idle.add(
          idle("watch etcd, 5,000 keys", fleet.watch("etcd", fleet.endpoints(), "--prefix=/many")));
      idle.add(idle("watch dir, 5 keys", fleet.watch("dir", tree.toString())));
      if (!fleet.arrives("key0", "\"first\"")) {
        throw new IOException("nothing arrives at the node");
      }
      idle.add(new Idle("agent, 5 keys", fleet.agent()));
      EtcdFleet.pause(SETTLING);
      measure(idle);
    }
  }

  private static void fill(EtcdPuts puts, String prefix, int count)
      throws IOException, InterruptedException {
    Map<String, String> values = new LinkedHashMap<>();
    for (int key = 0; key < count; key++) {
      values.put(prefix + key, EtcdFigures.value(key, "first"));
      if (values.size() == EtcdPuts.AT_ONCE || key == count - 1) {
        puts.put(values);
        values.clear();
      }
    }
  }

  /** What is measured of one program. */
  private static final class Idle {
    final String what;
    final Program program;
    final double[] memory = new double[SECONDS]; // MiB, each second

    Idle(String what, Program program) {
      this.what = what;
      this.program = program;
    }
  }

  private static Idle idle(String what, EtcdFleet.Watcher watcher) {
    return new Idle(what, watcher.program());
  }

  private void measure(List<Idle> idle) throws IOException {
    double[] before = new double[idle.size()];
    for (int i = 0; i < before.length; i++) {
      before[i] = idle.get(i).program.cpuSeconds();
    }
    long begin = System.nanoTime();
    for (int second = 0; second < SECONDS; second++) {
      EtcdFleet.pause(Duration.ofSeconds(1));
      for (Idle one : idle) {
        one.program.check();
        one.memory[second] = one.program.residentMiB();
      }
    }
    double[] used = new double[before.length];
    for (int i = 0; i < used.length; i++) {
      used[i] = idle.get(i).program.cpuSeconds() - before[i];
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    for (int i = 0; i < used.length; i++) {
      Idle one = idle.get(i);
      report.add("resident memory, " + one.what, "MiB", new Figures(one.memory));
      report.add("idle processor time, " + one.what, "%", new Figures(used[i] / seconds * 100));
    }
  }
}
