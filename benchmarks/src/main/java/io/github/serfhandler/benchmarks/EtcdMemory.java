package io.github.serfhandler.benchmarks;

import io.github.serfhandler.benchmarks.report.Figures;
import io.github.serfhandler.benchmarks.report.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * 100,000 changes of 50 keys, in two rounds, each as fast as one client puts them: what {@code
 * watch etcd} takes of memory meanwhile, and whether all nodes hold the last values of each.
 * Confined to one thread.
 *
 * <p>It is slower than etcd and has to catch up after each round, by few long lines; that makes its
 * heap grow, once. So the second round must not take more than the first.
 */
final class EtcdMemory {
  private static final int KEYS = 50;
  private static final int ROUNDS = 2;
  private static final int CHANGES = 50_000;
  private static final int STEP = 10_000;
  private static final Duration QUIET = Duration.ofSeconds(30);
  private static final double PATIENCE_SECONDS = 90;
  private static final double FLAT = 1.1;

  private final EtcdFleet fleet;
  private final Report report;

  EtcdMemory(EtcdFleet fleet, Report report) {
    this.fleet = fleet;
    this.report = report;
  }

  void run() throws IOException, InterruptedException {
    EtcdFleet.Watcher watcher = fleet.watch("etcd", fleet.endpoints());
    EtcdPuts puts = new EtcdPuts(fleet.etcd().endpoint());
    EtcdFleet.pause(Duration.ofSeconds(5));
    report.add("start of watch etcd", "MiB", new Figures(watcher.program().residentMiB()));
    double[] greatest = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      greatest[round] = round(watcher, puts, round * CHANGES);
    }
    EtcdFleet.pause(QUIET);
    double quiet = watcher.program().residentMiB();
    report.add("quiet for 30 s", "MiB", new Figures(quiet));
    double last = Math.max(quiet, greatest[ROUNDS - 1]);
    report.ratio(
        "greatest memory of the second 50,000 changes beside that of the first",
        new Figures(last),
        new Figures(greatest[0]),
        FLAT);
    report.add("the most memory ever", "MiB", new Figures(watcher.program().peakMiB()));
    report.note(
        String.format(
            Locale.ROOT,
            "100,000 changes: news %d, of old news %d, events sent %d",
            watcher.counter("published"),
            watcher.counter("unchanged"),
            watcher.sent()));
  }

  /** Gives the greatest of the memory. */
  private double round(EtcdFleet.Watcher watcher, EtcdPuts puts, int first)
      throws IOException, InterruptedException {
    List<Double> memory = new ArrayList<>();
    long sent = watcher.sent();
    long begin = System.nanoTime();
    int change = first;
    while (change < first + CHANGES) {
      puts.put(values(change));
      watcher.program().check();
      change += KEYS;
      if (change % STEP == 0) {
        memory.add(watcher.program().residentMiB());
      }
    }
    double put = seconds(begin);
    long meanwhile = watcher.sent() - sent;
    int arrived = 0;
    for (int key = 0; key < KEYS; key++) {
      arrived += fleet.arrives("bulk" + key, text(change - KEYS)) ? 1 : 0;
    }
    double everywhere = seconds(begin);
    long revision = fleet.etcd().revision();
    while (watcher.revision() < revision && seconds(begin) < PATIENCE_SECONDS) {
      watcher.program().check();
      EtcdFleet.pause(Duration.ofMillis(500));
    }
    double taken = seconds(begin);
    memory.add(watcher.program().residentMiB());
    String what = String.format(Locale.ROOT, "changes %,d to %,d", first, change);
    report.add("resident memory of watch etcd, " + what, "MiB", Figures.of(memory));
    report.add("lost of " + KEYS + " last values, " + what, "", new Figures(KEYS - arrived), 1);
    report.note(
        String.format(
            Locale.ROOT,
            "%s: put in %.0f s, events sent meanwhile %d, on all nodes after %.0f s, all taken after"
                + " %.0f s%s",
            what,
            put,
            meanwhile,
            everywhere,
            taken,
            watcher.revision() >= revision ? "" : ", not all MISSED"));
    return Collections.max(memory);
  }

  private static String text(int change) {
    return "\"bulk" + change + "\"";
  }

  private static Map<String, String> values(int change) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int key = 0; key < KEYS; key++) {
      values.put("/p/bulk" + key, EtcdFigures.value(key, "bulk" + change));
    }
    return values;
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
