package io.github.serfhandler.benchmarks;

import io.github.serfhandler.benchmarks.report.Figures;
import io.github.serfhandler.benchmarks.report.Report;
import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Whole processes from their start, on a checkout that was built before. Confined to one thread.
 */
final class Starts {
  private final Path folder;
  private final Report report;
  private final int runs;

  Starts(Path folder, Report report) {
    this.folder = folder;
    this.report = report;
    this.runs = report.rounds(5, 15);
  }

  /** From the start of {@code agent} to its first files. */
  void agent() throws IOException {
    try (SerfCluster cluster = SerfCluster.create()) {
      SerfNode node =
          cluster.start(
              SerfOptions.named("node1")
                  .withTag("products", "product1")
                  .withTag("svc", "product1/web:8080"));
      double[] millis = new double[runs];
      for (int i = 0; i < runs; i++) {
        Path conf = folder.resolve("start" + i);
        long begin = System.nanoTime();
        try (Program agent =
            Program.start(folder, "agent", "--rpc-addr", node.rpcAddr(), "--conf-dir=" + conf)) {
          Watched.await(agent, conf.resolve("fakedhosts.txt"), "svc-");
          millis[i] = (System.nanoTime() - begin) / 1e6;
        }
      }
      report.add("start of agent -> first files", "ms", new Figures(millis), 1000);
    }
  }

  /** One pass of {@code members} as cron runs it: nothing there, then nothing to change. */
  void members() throws IOException, InterruptedException {
    for (int size : new int[] {3, 100, 10_000}) {
      try (FakeAgent fake = Fleet.agent(size)) {
        double[] first = new double[runs];
        double[] again = new double[runs];
        for (int i = 0; i < runs; i++) {
          String conf = folder.resolve("members" + size + "-" + i).toString();
          String[] args = {
            "members",
            "--rpc-addr",
            fake.rpcAddr(),
            "--conf-dir",
            conf,
            "--products",
            Fleet.PRODUCTS
          };
          first[i] = Program.run(folder, args);
          again[i] = Program.run(folder, args);
        }
        String of = String.format(Locale.ROOT, "members, whole process, %,d members", size);
        report.add(of + ", first files", "ms", new Figures(first), 1000);
        report.add(of + ", unchanged", "ms", new Figures(again), 1000);
      }
    }
  }
}
