package io.github.serfhandler.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;

/**
 * From {@code etcdctl put} to the renamed file on five nodes that {@code watch etcd} lets follow,
 * and what that watcher costs. Confined to one thread.
 */
final class EtcdFigures {
  private static final int NODES = 5;
  private static final int CHANGES = 20;
  private static final int KEYS = 10;

  private final Path folder;
  private final Consumer<String> report;

  EtcdFigures(Path folder, Consumer<String> report) {
    this.folder = folder;
    this.report = report;
  }

  void run() throws IOException, InterruptedException {
    try (EtcdFleet fleet = new EtcdFleet(folder.resolve("etcd-lan"))) {
      fleet.start("lan", NODES, 2);
      EtcdFleet.Watcher watcher = fleet.watch("etcd", fleet.endpoints());
      changes(fleet, "lan");
      watcher.program().close();
      new EtcdMemory(fleet, report).run();
    }
    try (EtcdFleet fleet = new EtcdFleet(folder.resolve("etcd-local"))) {
      fleet.start("local", NODES, 1);
      EtcdFleet.Watcher unused = fleet.watch("etcd", fleet.endpoints());
      changes(fleet, "local");
    }
    new EtcdIdle(folder.resolve("etcd-idle"), report).run();
  }

  private void changes(EtcdFleet fleet, String profile) throws IOException {
    put(fleet, 0, "first");
    if (!fleet.arrives("key0", "\"first\"")) {
      throw new IOException("nothing arrives at the nodes");
    }
    String to = " of etcdctl put -> file on " + NODES + " nodes, " + profile;
    double[] fromStart = new double[CHANGES];
    double[] fromEnd = new double[CHANGES];
    Random random = new Random(1);
    int arrived = 0;
    for (int i = 0; i < CHANGES; i++) {
      // At any moment between two rounds of gossip, or the figure would lie.
      EtcdFleet.pause(Duration.ofMillis(random.nextInt(200)));
      long begin = System.nanoTime();
      put(fleet, i % KEYS, "row" + i);
      long end = System.nanoTime();
      arrived += fleet.arrives("key" + i % KEYS, "\"row" + i + "\"") ? 1 : 0;
      long now = System.nanoTime();
      fromStart[i] = (now - begin) / 1e6;
      fromEnd[i] = (now - end) / 1e6;
    }
    report.accept(new Figures(fromStart).line("start" + to, "ms", 500));
    report.accept(new Figures(fromEnd).line("end" + to, "ms", 500));
    report.accept(none("one after the other, " + profile, arrived, CHANGES));
    atOnce(fleet, profile);
  }

  private void atOnce(EtcdFleet fleet, String profile) throws IOException {
    EtcdFleet.pause(Duration.ofSeconds(2)); // Its pace has its full credit again.
    for (int i = 0; i < CHANGES; i++) {
      put(fleet, i % KEYS, "burst" + i);
    }
    long end = System.nanoTime();
    int arrived = 0;
    for (int i = CHANGES - KEYS; i < CHANGES; i++) {
      arrived += fleet.arrives("key" + i % KEYS, "\"burst" + i + "\"") ? 1 : 0;
    }
    double seconds = (System.nanoTime() - end) / 1e9;
    report.accept(
        none(CHANGES + " without waiting, " + profile, arrived, KEYS)
            + String.format(Locale.ROOT, ", the last one %.1f s after the last put", seconds));
  }

  private static void put(EtcdFleet fleet, int key, String change) {
    fleet.etcd().put("/p/key" + key, value(key, change));
  }

  /** Some 100 bytes. */
  static String value(int key, String change) {
    return "{\"change\":\""
        + change
        + "\",\"user\":\"user"
        + key
        + "\",\"url\":\"jdbc:postgresql://db.example.org:5432/name\",\"pool\":10}";
  }

  private static String none(String what, int arrived, int count) {
    return String.format(
        Locale.ROOT,
        "%-58s %d of %d on all nodes (must: all) %s",
        "changes " + what,
        arrived,
        count,
        arrived == count ? "ok" : "MISSED");
  }
}
