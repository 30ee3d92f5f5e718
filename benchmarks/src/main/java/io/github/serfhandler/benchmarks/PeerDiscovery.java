package io.github.serfhandler.benchmarks;

import io.github.serfhandler.benchmarks.report.Figures;
import io.github.serfhandler.benchmarks.report.Report;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfClientOptions;
import io.github.serfhandler.client.TagChange;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code agent} on a Serf agent beside consul-template on a Consul agent: both keep a file of one
 * service with ten instances, by a template, and one of these changes its port. Confined to one
 * thread.
 */
final class PeerDiscovery {
  private static final int INSTANCES = 10;
  private static final int FIRST_PORT = 10_000;
  private static final int CHANGED_PORT = 20_000;

  private final Path folder;
  private final Report report;
  private final Path consul;
  private final Path consulTemplate;

  PeerDiscovery(Path folder, Report report, Path consul, Path consulTemplate) {
    this.folder = folder;
    this.report = report;
    this.consul = consul;
    this.consulTemplate = consulTemplate;
  }

  void run() throws IOException, InterruptedException {
    ExecutorService setter = Executors.newSingleThreadExecutor();
    try (SerfCluster cluster = SerfCluster.create()) {
      SerfNode serf =
          cluster.start(
              SerfOptions.named("node1")
                  .withProfile("lan")
                  .withTag("products", "product1")
                  .withTag("svc", svc(FIRST_PORT)));
      Path ours = folder.resolve("ours.conf");
      Path theirs = folder.resolve("theirs.conf");
      // The address is leased for Serf, whose ports are others.
      try (ConsulNode node = ConsulNode.start(folder, consul, serf.host());
          Program agent = agent(serf, ours);
          Program peer = consulTemplate(node, theirs);
          SerfClient client =
              SerfClient.connect(SerfClientOptions.builder().address(serf.rpc()).build())) {
        for (int i = 0; i < INSTANCES; i++) {
          node.register(i, FIRST_PORT + i);
        }
        for (int i = 0; i < INSTANCES; i++) {
          Watched.await(agent, ours, ":" + (FIRST_PORT + i));
          Watched.await(peer, theirs, ":" + (FIRST_PORT + i));
        }
        Peers.Side tags =
            number -> {
              // Setting tags returns only after gossip, long after the agent shows them.
              long begin = System.nanoTime();
              Future<?> set =
                  setter.submit(
                      () ->
                          client.setTags(TagChange.none().set("svc", svc(CHANGED_PORT + number))));
              return await(agent, ours, number, set, begin);
            };
        Peers.Side registration =
            number -> {
              long begin = System.nanoTime();
              Future<?> set =
                  setter.submit(
                      () -> {
                        node.register(0, CHANGED_PORT + number);
                        return null;
                      });
              return await(peer, theirs, number, set, begin);
            };
        double[][] millis = Peers.inTurn(report.rounds(20, 100), List.of(tags, registration));
        latency(new Figures(millis[0]), new Figures(millis[1]));
        load(new Load(report), serf, agent, node, peer);
      }
    } finally {
      setter.shutdownNow();
    }
  }

  private static double await(Program program, Path file, int number, Future<?> set, long begin)
      throws IOException, InterruptedException {
    double millis =
        Watched.await(List.of(program), List.of(file), ":" + (CHANGED_PORT + number), begin)[0];
    EtcdFleet.done(set);
    return millis;
  }

  private void latency(Figures ours, Figures theirs) {
    report.note(
        "one service, 10 instances of one node, one of them changes its port; each backend is one"
            + " agent alone (serf with profile lan; consul 1.14 with -dev, in memory), one file by"
            + " a template, every other setting the default: --poll-probe 75ms, no wait on either"
            + " side. consul-template itself waits 100 to 120 ms after an answer that came within"
            + " 100 ms of its question");
    report.add("tags RPC -> file, serf-handler agent", "ms", ours);
    report.add("register of the local agent's HTTP API -> file, consul-template", "ms", theirs);
    report.ratio("discovery: serf-handler beside consul-template", ours, theirs, Double.NaN);
  }

  private void load(Load load, SerfNode serf, Program agent, ConsulNode node, Program peer)
      throws IOException {
    String ours = "serf-handler agent, 10 instances";
    String theirs = "consul-template, 10 instances";
    load.of(ours, agent.pid())
        .of(theirs, peer.pid())
        .of("serf agent, backend", serf.pid())
        .of("consul agent -dev, backend", node.program().pid())
        .idle();
    report.ratio(
        "memory: serf-handler agent beside consul-template",
        load.memory(ours),
        load.memory(theirs),
        Double.NaN);
  }

  /** Ten instances, the first at this port. */
  private static String svc(int port) {
    StringJoiner entries = new StringJoiner(",");
    entries.add("product1/web:" + port);
    for (int i = 1; i < INSTANCES; i++) {
      entries.add("product1/web:" + (FIRST_PORT + i));
    }
    return entries.toString();
  }

  private Program agent(SerfNode serf, Path file) throws IOException {
    Path template =
        Files.writeString(
            folder.resolve("ours.peb"),
            """
            {% for i in instances("product1", "web") -%}
            {{ i.node }} {{ i.hostport }}
            {% endfor -%}
            """);
    return Program.start(
        folder,
        "agent",
        "--rpc-addr=" + serf.rpcAddr(),
        "--conf-dir=" + folder.resolve("conf"),
        "--default-files=off",
        "--file=template=" + template + ":" + file);
  }

  private Program consulTemplate(ConsulNode node, Path file) throws IOException {
    Path template =
        Files.writeString(
            folder.resolve("theirs.tmpl"),
            """
            {{ range service "web" }}{{ .Node }} {{ .Address }}:{{ .Port }}
            {{ end }}""");
    return Program.start(
        folder,
        List.of(
            consulTemplate.toString(),
            "-kill-signal=SIGTERM", // Its own is SIGINT, and others it does not end by.
            "-consul-addr=" + node.address(),
            "-template=" + template + ":" + file));
  }
}
