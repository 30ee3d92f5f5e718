package io.github.serfhandler.benchmarks;

import io.github.serfhandler.benchmarks.report.Report;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * serf-handler beside what one would take instead, change by change in turn: consul-template with
 * Consul for discovery, confd with etcd for configuration. Confined to one thread.
 */
final class Peers {
  private final Path folder;
  private final Report report;

  Peers(Path folder, Report report) {
    this.folder = folder;
    this.report = report;
  }

  void run() throws IOException, InterruptedException {
    Map<String, Path> built = built();
    if (has(built, "consul-template") && has(built, "consul")) {
      new PeerDiscovery(
              Files.createDirectory(folder.resolve("discovery")),
              report,
              Objects.requireNonNull(built.get("consul")),
              Objects.requireNonNull(built.get("consul-template")))
          .run();
    }
    if (has(built, "confd")) {
      new PeerConfig(
              Files.createDirectory(folder.resolve("configuration")),
              report,
              Objects.requireNonNull(built.get("confd")))
          .run();
    }
  }

  private boolean has(Map<String, Path> built, String name) {
    if (!built.containsKey(name)) {
      report.note(name + " was not built here: benchmarks/peers says why");
      return false;
    }
    return true;
  }

  /** What {@code benchmarks/peers} builds or has built, by name. */
  private static Map<String, Path> built() throws IOException, InterruptedException {
    Process build =
        new ProcessBuilder("benchmarks/peers")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Map<String, Path> built = new LinkedHashMap<>();
    try (BufferedReader output = build.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        int end = line.indexOf('=');
        built.put(line.substring(0, end), Path.of(line.substring(end + 1)));
      }
    }
    if (build.waitFor() != 0) {
      throw new IOException("benchmarks/peers ended with status " + build.exitValue());
    }
    return built;
  }

  /** One side of a comparison: makes a change of its own and waits until it is in the file. */
  interface Side {
    /** Gives the milliseconds from the beginning of the change to the renamed file. */
    double change(int number) throws IOException, InterruptedException;
  }

  /** Changes of both in turn, at any moment of either's pauses; the times of each, in order. */
  static double[][] inTurn(int rounds, List<Side> sides) throws IOException, InterruptedException {
    double[][] millis = new double[sides.size()][rounds];
    Random random = new Random(1);
    for (int i = 0; i < rounds; i++) {
      for (int side = 0; side < sides.size(); side++) {
        EtcdFleet.pause(Duration.ofNanos(random.nextInt(300_000_000)));
        // Who begins changes, so that neither always comes after the other.
        int turn = (side + i) % sides.size();
        millis[turn][i] = sides.get(turn).change(i);
      }
    }
    return millis;
  }
}
