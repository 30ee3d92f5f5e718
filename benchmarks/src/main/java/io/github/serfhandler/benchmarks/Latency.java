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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * From the sending of a tag change over RPC to the renamed file on the same node; {@link Fleetwide}
 * has the other nodes. Confined to one thread.
 */
final class Latency {
  private final Path folder;
  private final Report report;

  Latency(Path folder, Report report) {
    this.folder = folder;
    this.report = report;
  }

  void run() throws IOException, InterruptedException {
    try (SerfCluster cluster = SerfCluster.create()) {
      SerfNode node =
          cluster
              .startJoined(List.of(offering("node1"), offering("node2"), offering("node3")))
              .get(0);
      Path conf = folder.resolve("latency");
      Path file = conf.resolve("services.json");
      // Setting tags returns only after gossip, long after the agent shows them: hence a thread.
      ExecutorService setter = Executors.newSingleThreadExecutor();
      try (Program agent =
              Program.start(folder, "agent", "--rpc-addr", node.rpcAddr(), "--conf-dir=" + conf);
          SerfClient client =
              SerfClient.connect(SerfClientOptions.builder().address(node.rpc()).build())) {
        Watched.await(agent, file, "node1");
        Random random = new Random(1);
        double[] millis = new double[report.rounds(20, 100)];
        for (int i = 0; i < millis.length; i++) {
          // At any moment within the pause between two looks, or the figure would lie.
          EtcdFleet.pause(Duration.ofNanos(random.nextInt(100_000_000)));
          String port = String.valueOf(20_000 + i);
          long begin = System.nanoTime();
          Future<?> set =
              setter.submit(
                  () -> client.setTags(TagChange.none().set("svc", "product1/web:" + port)));
          Watched.await(agent, file, port);
          millis[i] = (System.nanoTime() - begin) / 1e6;
          EtcdFleet.done(set);
        }
        report.add("tag change on the local agent -> renamed file", "ms", new Figures(millis), 100);
      } finally {
        setter.shutdownNow();
      }
    }
  }

  private static SerfOptions offering(String name) {
    return SerfOptions.named(name)
        .withTag("products", "product1")
        .withTag("svc", "product1/web:8080");
  }
}
