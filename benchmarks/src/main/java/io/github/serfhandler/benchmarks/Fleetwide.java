package io.github.serfhandler.benchmarks;

import io.github.serfhandler.benchmarks.report.Figures;
import io.github.serfhandler.benchmarks.report.Report;
import io.github.serfhandler.client.EventFilter;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfClientOptions;
import io.github.serfhandler.client.TagChange;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Real agents of one product with Serf's profile {@code lan}, {@code serf-handler agent} beside
 * some of them: from a change on one node to the renamed file on all of these, beside the arrival
 * of the bare Serf event. Confined to one thread.
 */
final class Fleetwide {
  private final Path folder;
  private final Report report;
  private final int nodes;
  private final int handled;
  private final Random random = new Random(1);
  private final List<Program> programs = new ArrayList<>();
  private final List<Path> confs = new ArrayList<>();

  /**
   * Works in {@code folder}.
   *
   * @param nodes how many Serf agents there are
   * @param handled how many of them, the first ones, have {@code serf-handler agent}
   */
  Fleetwide(Path folder, Report report, int nodes, int handled) {
    this.folder = folder;
    this.report = report;
    this.nodes = nodes;
    this.handled = handled;
  }

  void run() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    try (SerfCluster cluster = SerfCluster.create()) {
      List<SerfOptions> options = new ArrayList<>();
      for (int i = 1; i <= nodes; i++) {
        options.add(
            SerfOptions.named("node" + i)
                .withProfile(
                    "lan") // The one of the testkit, local, loses events that it sends twice.
                .withTag("products", "p")
                .withTag("svc", "p/web:8080"));
      }
      List<SerfNode> all = cluster.startJoined(options);
      List<SerfNode> some = all.subList(0, handled);
      start(some);
      SerfNode last = all.get(nodes - 1);
      tags(last, some);
      publish(some);
      events(last, some);
      cost();
    } finally {
      programs.forEach(Program::close);
    }
  }

  private void start(List<SerfNode> some) throws IOException {
    for (SerfNode node : some) {
      Path conf = folder.resolve(node.name());
      confs.add(conf);
      programs.add(
          Program.start(
              folder,
              "agent",
              "--rpc-addr=" + node.rpcAddr(),
              "--conf-dir=" + conf,
              "--script=user:deploy=cat > \"$SERF_HANDLER_CONF_DIR/deployed\""));
    }
    double[] unused =
        Watched.await(programs, files("services.json"), "\"node" + nodes + "\"", System.nanoTime());
  }

  private List<Path> files(String name) {
    return confs.stream().map(conf -> conf.resolve(name)).toList();
  }

  private String everywhere() {
    return " on all of " + handled + (handled < nodes ? " of " + nodes : "") + " nodes";
  }

  /** A tag of a node that is the last of them. */
  private void tags(SerfNode changing, List<SerfNode> some)
      throws IOException, InterruptedException {
    Rounds rounds = new Rounds(report.rounds(5, 30));
    ExecutorService setter = Executors.newSingleThreadExecutor();
    try (SerfClient client = client(changing);
        Arrivals arrivals = new Arrivals(some, EventFilter.memberEvents())) {
      for (int i = 0; i < rounds.count; i++) {
        pause();
        String port = String.valueOf(20_000 + i);
        arrivals.expect(port);
        long begin = System.nanoTime();
        // Setting tags returns only after gossip: hence a thread.
        Future<?> set =
            setter.submit(() -> client.setTags(TagChange.none().set("svc", "p/web:" + port)));
        double[] files = Watched.await(programs, files("services.json"), port, begin);
        rounds.took(i, files, arrivals, begin);
        EtcdFleet.done(set);
      }
    } finally {
      setter.shutdownNow();
    }
    rounds.report("tag change on one node -> services.json" + everywhere(), "member-update");
  }

  private void publish(List<SerfNode> some) throws IOException, InterruptedException {
    Rounds rounds = new Rounds(report.rounds(5, 30));
    Path value = folder.resolve("value.json");
    try (Arrivals arrivals = new Arrivals(some, EventFilter.userEvents())) {
      for (int i = 0; i < rounds.count; i++) {
        pause();
        String text = "row" + i + ".";
        Files.writeString(value, "{\"text\":\"" + text + "\"}");
        arrivals.expect(text);
        long begin = System.nanoTime();
        try (Program command =
            Program.start(
                folder,
                "config",
                "publish",
                "p",
                "db",
                value.toString(),
                "--rpc-addr=" + some.get(0).rpcAddr(),
                "--conf-dir=" + confs.get(0))) {
          rounds.took(i, Watched.await(programs, files("p/db.json"), text, begin), arrivals, begin);
          command.end();
        }
      }
    }
    rounds.report("start of config publish -> p/db.json" + everywhere(), "config_updated");
  }

  private void events(SerfNode sending, List<SerfNode> some)
      throws IOException, InterruptedException {
    Rounds rounds = new Rounds(report.rounds(5, 30));
    try (SerfClient client = client(sending);
        Arrivals arrivals = new Arrivals(some, EventFilter.userEvents("deploy"))) {
      for (int i = 0; i < rounds.count; i++) {
        pause();
        String text = "deploy" + i + ".";
        arrivals.expect(text);
        long begin = System.nanoTime();
        client.event("deploy", Payload.ofText(text));
        rounds.took(i, Watched.await(programs, files("deployed"), text, begin), arrivals, begin);
      }
    }
    rounds.report("user event -> its script has run" + everywhere(), "deploy");
  }

  private void cost() throws IOException {
    double[] memory = new double[programs.size()];
    double[] before = new double[programs.size()];
    double[] share = new double[programs.size()];
    for (int i = 0; i < memory.length; i++) {
      before[i] = programs.get(i).cpuSeconds();
    }
    int seconds = report.rounds(5, 30);
    EtcdFleet.pause(Duration.ofSeconds(seconds));
    for (int i = 0; i < memory.length; i++) {
      memory[i] = programs.get(i).residentMiB();
      share[i] = (programs.get(i).cpuSeconds() - before[i]) / seconds * 100;
    }
    report.add("resident memory of each agent, " + nodes + " members", "MiB", new Figures(memory));
    report.add("idle processor time of each agent", "%", new Figures(share));
  }

  /** At any moment between two rounds of gossip and two looks, or the figure would lie. */
  private void pause() {
    EtcdFleet.pause(Duration.ofMillis(300 + random.nextInt(300)));
  }

  private static double last(double[] millis) {
    return Arrays.stream(millis).max().orElseThrow();
  }

  private static SerfClient client(SerfNode node) {
    return SerfClient.open(SerfClientOptions.builder().address(node.rpc()).build());
  }

  /** Round by round: when the last file stood, when the bare event came to the last node. */
  private final class Rounds {
    final int count;
    final double[] files;
    final double[] bare;
    final List<Double> between = new ArrayList<>();

    Rounds(int count) {
      this.count = count;
      files = new double[count];
      bare = new double[count];
    }

    /** One round: when each node had its file, and when the bare event came to each. */
    void took(int round, double[] written, Arrivals arrivals, long begin)
        throws IOException, InterruptedException {
      double[] arrived = arrivals.millis(begin);
      files[round] = last(written);
      bare[round] = last(arrived);
      for (int node = 0; node < written.length; node++) {
        between.add(written[node] - arrived[node]);
      }
    }

    void report(String what, String event) {
      report.add(what, "ms", new Figures(files));
      report.add("the bare event " + event + " at the last of them", "ms", new Figures(bare));
      report.add("from its arrival at a node to the file there", "ms", Figures.of(between));
      report.ratio(
          "the first beside the second", new Figures(files), new Figures(bare), Double.NaN);
    }
  }
}
