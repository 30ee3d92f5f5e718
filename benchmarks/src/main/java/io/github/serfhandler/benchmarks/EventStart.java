package io.github.serfhandler.benchmarks;

import io.github.serfhandler.benchmarks.report.Figures;
import io.github.serfhandler.benchmarks.report.Report;
import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The whole process of {@code serf-handler event} for a member that joins, beside the same work in
 * plain Python: against a real agent of three members, and against a fake one of 1000. Confined to
 * one thread.
 *
 * <p>Fails where the two do not write the same bytes.
 */
final class EventStart {
  private static final int RUNS = 41;
  private static final int WARM_UP = 3;
  private static final List<String> FILES =
      List.of("services.json", "services.yml", "fakedhosts.txt");

  private final Path folder;
  private final Report report;
  private final double smallLimit;

  /**
   * Works in {@code folder}.
   *
   * @param java the number of the JDK that the launcher takes; older ones than 24 may take longer
   */
  EventStart(Path folder, int java, Report report) {
    this.folder = folder;
    this.report = report;
    this.smallLimit = java >= 24 ? 1.0 : 1.3;
  }

  void run() throws IOException, InterruptedException {
    try (SerfCluster cluster = SerfCluster.create()) {
      String address =
          cluster
              .startJoined(List.of(offering("node1"), offering("node2"), offering("node3")))
              .get(0)
              .rpcAddr();
      measure("3 members", address, "node1", "product1", smallLimit);
    }
    try (FakeAgent fake = Fleet.agent(1000)) {
      measure("1000 members", fake.rpcAddr(), "node0", Fleet.PRODUCTS, 1.0);
    }
  }

  private void measure(String what, String address, String self, String products, double limit)
      throws IOException, InterruptedException {
    Path input = Files.writeString(folder.resolve("stdin"), "node2\t127.0.0.1\tweb\trole=web\n");
    // A folder for each: who comes second in a shared one would find its files right.
    Path ours = folder.resolve("event-" + self);
    Path unarchived = folder.resolve("cold-" + self);
    Path theirs = folder.resolve("python-" + self);
    Map<String, String> environment =
        Map.of(
            "SERF_EVENT", "member-join",
            "SERF_SELF_NAME", self,
            "SERF_SELF_ROLE", "web",
            "SERF_TAG_ROLE", "web",
            "SERF_TAG_PRODUCTS", products);
    List<String> flags = List.of("--rpc-addr=" + address, "--products=" + products);
    List<String> launched = new ArrayList<>(List.of(Program.LAUNCHER, "event"));
    launched.addAll(flags);
    launched.add("--conf-dir=" + ours);
    // The Java command of the launcher, without the launcher and the archive.
    List<String> cold = new ArrayList<>(JavaCommand.oneShot());
    cold.add("event");
    cold.addAll(flags);
    cold.add("--conf-dir=" + unarchived);
    Program.Call python =
        new Program.Call(
            List.of(
                "/usr/bin/python3",
                "benchmarks/python/event_handler.py",
                theirs.toString(),
                address,
                products),
            environment,
            input);
    List<Program.Call> calls =
        List.of(
            new Program.Call(launched, environment, input),
            new Program.Call(cold, environment, input),
            python);
    compare(what + ", unchanged", calls, limit, () -> {});
    compare(
        what + ", all files change", calls, limit, () -> spoil(List.of(ours, unarchived, theirs)));
    for (String file : FILES) {
      byte[] right = Files.readAllBytes(theirs.resolve(file));
      for (Path each : List.of(ours, unarchived)) {
        if (!Arrays.equals(Files.readAllBytes(each.resolve(file)), right)) {
          throw new IOException("the programs write different " + file + ", with " + what);
        }
      }
    }
  }

  /** Three by turns, each first as often as the others, so that the machine weighs on all. */
  private void compare(String what, List<Program.Call> calls, double limit, Step before)
      throws IOException, InterruptedException {
    int runs = report.rounds(7, RUNS);
    double[][] millis = new double[calls.size()][runs];
    for (int i = -WARM_UP; i < runs; i++) {
      before.run();
      for (int turn = 0; turn < calls.size(); turn++) {
        int which = Math.floorMod(i + turn, calls.size());
        double took = Program.run(folder, calls.get(which));
        if (i >= 0) {
          millis[which][i] = took;
        }
      }
    }
    Figures mine = new Figures(millis[0]);
    Figures unarchived = new Figures(millis[1]);
    Figures theirs = new Figures(millis[2]);
    report.add("event, whole process, " + what, "ms", mine);
    report.add("the same without the launcher and its archive of classes", "ms", unarchived);
    report.add("the same work in Python", "ms", theirs);
    report.ratio("event beside Python, " + what, mine, theirs, limit);
    report.ratio(
        "without launcher and archive beside with them, " + what, unarchived, mine, Double.NaN);
  }

  private static void spoil(List<Path> folders) throws IOException {
    for (Path each : folders) {
      for (String file : FILES) {
        Files.writeString(each.resolve(file), "changed by hand\n");
      }
    }
  }

  private static SerfOptions offering(String name) {
    return SerfOptions.named(name)
        .withTag("role", "web")
        .withTag("products", "product1")
        .withTag("svc", "product1/web:8080,product1/mysql:3306");
  }

  private interface Step {
    void run() throws IOException;
  }
}
