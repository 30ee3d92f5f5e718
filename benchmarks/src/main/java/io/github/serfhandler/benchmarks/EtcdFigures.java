package io.github.serfhandler.benchmarks;

import io.github.serfhandler.benchmarks.report.Figures;
import io.github.serfhandler.benchmarks.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/**
 * From {@code etcdctl put} to the renamed file on five nodes that {@code watch etcd} lets follow,
 * and what that watcher costs. Confined to one thread.
 */
final class EtcdFigures {
  private static final int NODES = 5;
  private static final int CHANGES = 20;
  private static final int KEYS = 10;

  private final Path folder;
  private final Report report;

  EtcdFigures(Path folder, Report report) {
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
    report.add("start" + to, "ms", new Figures(fromStart), 500);
    report.add("end" + to, "ms", new Figures(fromEnd), 500);
    lost("lost of " + CHANGES + " changes, one after the other, " + profile, CHANGES - arrived);
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
    lost(
        "lost of " + KEYS + " keys after " + CHANGES + " puts at once, " + profile, KEYS - arrived);
    report.add("the last of them after the last put, " + profile, "s", new Figures(seconds));
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

  private void lost(String what, int count) {
    report.add(what, "", new Figures(count), 1);
  }
}
