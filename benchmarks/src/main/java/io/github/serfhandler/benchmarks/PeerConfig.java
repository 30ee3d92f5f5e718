package io.github.serfhandler.benchmarks;

import io.github.serfhandler.benchmarks.report.Figures;
import io.github.serfhandler.benchmarks.report.Report;
import io.github.serfhandler.testkit.EtcdNode;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code watch etcd} and {@code agent} beside confd on the same etcd: ten keys, each in a file of
 * its own. The watcher's own node is as confd, which reads etcd on each node; a second node gets
 * the change by gossip, without etcd. Confined to one thread.
 */
final class PeerConfig {
  private static final int KEYS = 10;
  private static final String OURS = "/ours/p/key";
  private static final String THEIRS = "/theirs/p/key";

  private final Path folder;
  private final Report report;
  private final Path confd;

  PeerConfig(Path folder, Report report, Path confd) {
    this.folder = folder;
    this.report = report;
    this.confd = confd;
  }

  void run() throws IOException, InterruptedException {
    try (SerfCluster cluster = SerfCluster.create();
        EtcdNode etcd = EtcdNode.start(Files.createDirectory(folder.resolve("store")))) {
      EtcdPuts puts = new EtcdPuts(etcd.endpoint());
      for (int key = 0; key < KEYS; key++) {
        puts.put(Map.of(OURS + key, value(key, "first"), THEIRS + key, value(key, "first")));
      }
      List<SerfNode> nodes = cluster.startJoined(List.of(member("node1"), member("node2")));
      try (Program near = agent(nodes.get(0));
          Program far = agent(nodes.get(1));
          Program watcher = watch(nodes.get(0), etcd);
          Program peer = confd(etcd)) {
        List<Program> programs = List.of(near, far, watcher, peer);
        for (int key = 0; key < KEYS; key++) {
          double[] unused =
              Watched.await(
                  programs,
                  List.of(ours("node1", key), ours("node2", key), theirs(key)),
                  "\"first\"",
                  System.nanoTime());
        }
        changes(puts, programs);
        String ours = "serf-handler agent, 10 keys";
        Load load =
            new Load(report)
                .of(ours, near.pid())
                .of("serf-handler watch etcd, 10 keys", watcher.pid())
                .of("confd, 10 keys", peer.pid())
                .of("serf agent between", nodes.get(0).pid())
                .of("etcd, backend of both", etcd.pid());
        load.idle();
        report.ratio(
            "memory: serf-handler agent beside confd",
            load.memory(ours),
            load.memory("confd, 10 keys"),
            Double.NaN);
      }
    }
  }

  private void changes(EtcdPuts puts, List<Program> programs)
      throws IOException, InterruptedException {
    List<Double> far = new ArrayList<>();
    Peers.Side ours =
        number -> {
          int key = number % KEYS;
          long begin = System.nanoTime();
          puts.put(Map.of(OURS + key, value(key, "row" + number)));
          double[] millis =
              Watched.await(
                  programs,
                  List.of(ours("node1", key), ours("node2", key)),
                  "\"row" + number + "\"",
                  begin);
          far.add(millis[1]);
          return millis[0];
        };
    Peers.Side theirs =
        number -> {
          int key = number % KEYS;
          long begin = System.nanoTime();
          puts.put(Map.of(THEIRS + key, value(key, "row" + number)));
          return Watched.await(programs, List.of(theirs(key)), "\"row" + number + "\"", begin)[0];
        };
    double[][] millis = Peers.inTurn(report.rounds(20, 100), List.of(ours, theirs));
    report.note(
        "ten keys of 100 bytes, a file each, put by etcd's JSON gateway, etcd alone; confd with"
            + " -watch, one resource a key; watch etcd with --prefix, both serf-handler's with"
            + " defaults. Between watch etcd and each agent is Serf (profile lan): the agent on the"
            + " watcher's node gets the change from their common Serf agent, the other by gossip");
    Figures near = new Figures(millis[0]);
    Figures peer = new Figures(millis[1]);
    report.add("put -> file, watch etcd and agent on its node", "ms", near);
    report.add("put -> file, watch etcd and agent on another node", "ms", Figures.of(far));
    report.add("put -> file, confd", "ms", peer);
    report.ratio("configuration: serf-handler beside confd, one node", near, peer, Double.NaN);
  }

  private static SerfOptions member(String name) {
    return SerfOptions.named(name).withProfile("lan").withTag("products", "p");
  }

  private static String value(int key, String change) {
    return EtcdFigures.value(key, change);
  }

  private Path ours(String node, int key) {
    return folder.resolve(node).resolve("p").resolve("key" + key + ".json");
  }

  private Path theirs(int key) {
    return folder.resolve("theirs").resolve("key" + key + ".json");
  }

  private Program agent(SerfNode node) throws IOException {
    return Program.start(
        folder,
        "agent",
        "--rpc-addr=" + node.rpcAddr(),
        "--conf-dir=" + folder.resolve(node.name()));
  }

  private Program watch(SerfNode node, EtcdNode etcd) throws IOException {
    return Program.start(
        folder,
        "watch",
        "etcd",
        "--endpoints=" + etcd.endpoint(),
        "--prefix=/ours",
        "--rpc-addr=" + node.rpcAddr(),
        "--conf-dir=" + folder.resolve("watch"));
  }

  private Program confd(EtcdNode etcd) throws IOException {
    Path settings = folder.resolve("confd");
    Path resources = Files.createDirectories(settings.resolve("conf.d"));
    Path templates = Files.createDirectories(settings.resolve("templates"));
    Files.createDirectories(folder.resolve("theirs"));
    for (int key = 0; key < KEYS; key++) {
      Files.writeString(
          resources.resolve("key" + key + ".toml"),
          """
          [template]
          src = "key%d.tmpl"
          dest = "%s"
          keys = ["%s"]
          """
              .formatted(key, theirs(key), THEIRS + key));
      Files.writeString(
          templates.resolve("key" + key + ".tmpl"), "{{ getv \"" + THEIRS + key + "\" }}\n");
    }
    return Program.start(
        folder,
        List.of(
            confd.toString(),
            "-backend=etcd",
            "-node=" + etcd.endpoint(),
            "-watch",
            "-confdir=" + settings,
            "-config-file=" + settings.resolve("confd.toml"),
            "-log-level=warn"));
  }
}
