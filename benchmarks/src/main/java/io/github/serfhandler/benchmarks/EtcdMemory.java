package io.github.serfhandler.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

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
  private final Consumer<String> report;

  EtcdMemory(EtcdFleet fleet, Consumer<String> report) {
    this.fleet = fleet;
    this.report = report;
  }

  void run() throws IOException, InterruptedException {
    EtcdFleet.Watcher watcher = fleet.watch("etcd", fleet.endpoints());
    EtcdPuts puts = new EtcdPuts(fleet.etcd().endpoint());
    EtcdFleet.pause(Duration.ofSeconds(5));
    report.accept(row("start of watch etcd", List.of(watcher.program().residentMiB())));
    double[] greatest = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      greatest[round] = round(watcher, puts, round * CHANGES);
    }
    EtcdFleet.pause(QUIET);
    double quiet = watcher.program().residentMiB();
    report.accept(row("quiet for 30 s", List.of(quiet)));
    double last = Math.max(quiet, greatest[ROUNDS - 1]);
    report.accept(
        String.format(
            Locale.ROOT,
            "%-58s %.2f times the first (must: at most %.1f) %s, never more than %.1f MiB",
            "resident memory, greatest of the second round",
            last / greatest[0],
            FLAT,
            last <= greatest[0] * FLAT ? "ok" : "MISSED",
            watcher.program().peakMiB()));
    report.accept(
        String.format(
            Locale.ROOT,
            "%-58s news %d, of old news %d, events sent %d",
            "100,000 changes, what came of them",
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
    report.accept(row(what + ", each 10,000; all taken", memory));
    report.accept(
        String.format(
            Locale.ROOT,
            "%-58s %d of %d last values on all nodes (must: all) %s; put in %.0f s, events sent"
                + " meanwhile %d, on all nodes after %.0f s, all taken after %.0f s%s",
            what,
            arrived,
            KEYS,
            arrived == KEYS ? "ok" : "MISSED",
            put,
            meanwhile,
            everywhere,
            taken,
            watcher.revision() >= revision ? "" : " MISSED"));
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

  private static String row(String what, List<Double> memory) {
    StringBuilder row = new StringBuilder();
    for (double value : memory) {
      row.append(String.format(Locale.ROOT, " %.1f", value));
    }
    return String.format(Locale.ROOT, "%-58s%s MiB", "resident memory, " + what, row);
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
