package io.github.serfhandler.benchmarks;

import io.github.serfhandler.benchmarks.report.Figures;
import io.github.serfhandler.benchmarks.report.Report;
import io.github.serfhandler.testkit.FakeAgent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Memory and processor time of the resident {@code agent}, idle and while 100 members a second
 * change, beside a client that reads the same and does nothing with it. Confined to one thread.
 */
final class Resident {
  private static final int CHANGES_A_SECOND = 100;

  private final Path folder;
  private final Report report;

  Resident(Path folder, Report report) {
    this.folder = folder;
    this.report = report;
  }

  void idle() throws IOException {
    for (int size : report.isQuick() ? new int[] {100} : new int[] {100, 1_000, 10_000}) {
      try (FakeAgent fake = Fleet.agent(size);
          Program agent = follow(fake.rpcAddr(), folder.resolve("idle" + size))) {
        EtcdFleet.pause(Duration.ofSeconds(report.rounds(3, 10)));
        double before = agent.cpuSeconds();
        int seconds = report.rounds(8, 30);
        List<Double> memory = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
          EtcdFleet.pause(Duration.ofSeconds(1));
          agent.check();
          memory.add(agent.residentMiB());
        }
        double share = (agent.cpuSeconds() - before) / seconds * 100;
        String of = ", " + number(size) + " members";
        report.add("resident memory, idle" + of, "MiB", Figures.of(memory), size == 100 ? 64 : 128);
        report.add("processor time, idle" + of, "%", new Figures(share), 1);
      }
    }
  }

  void churn() throws IOException, InterruptedException {
    for (int size : report.isQuick() ? new int[] {100, 10_000} : new int[] {100, 1_000, 10_000}) {
      double agent = churn(size, false);
      double reader = churn(size, true);
      report.ratio(
          "processor time a reading beside a client that only reads, " + number(size) + " members",
          new Figures(agent),
          new Figures(reader),
          Double.NaN);
    }
  }

  /** Processor time of one of the two for a reading of the members and what follows it, in ms. */
  private double churn(int size, boolean readsOnly) throws IOException, InterruptedException {
    try (Churn churn = new Churn(size);
        Program program =
            readsOnly
                ? Program.java(folder, ReaderProgram.class, churn.rpcAddr())
                : follow(churn.rpcAddr(), conf(size))) {
      churn.begin(CHANGES_A_SECOND);
      EtcdFleet.pause(Duration.ofSeconds(report.rounds(3, 8)));
      double before = program.cpuSeconds();
      int changes = churn.changes();
      int reads = churn.reads();
      int seconds = report.rounds(5, 20);
      List<Double> memory = new ArrayList<>();
      for (int second = 0; second < seconds; second++) {
        EtcdFleet.pause(Duration.ofSeconds(1));
        program.check();
        memory.add(program.residentMiB());
      }
      double used = program.cpuSeconds() - before;
      double share = used / seconds * 100;
      int told = churn.changes() - changes;
      double each = (double) (churn.reads() - reads) / seconds;
      if (told < CHANGES_A_SECOND * seconds / 2 || each == 0) {
        throw new IOException(
            "no churn: "
                + told
                + " changes in "
                + seconds
                + " s, read "
                + each
                + " times a second");
      }
      int last = churn.end();
      if (!readsOnly) { // And it followed.
        Watched.await(program, conf(size).resolve("services.json"), "\"port\": " + last);
      }
      String of =
          (readsOnly ? ", a client that only reads, " : ", 100 changes a second, ")
              + number(size)
              + " members";
      report.add("processor time" + of, "%", new Figures(share));
      report.add("processor time for a change" + of, "ms", new Figures(used * 1000 / told));
      report.add("readings of the members" + of, "/s", new Figures(each));
      report.add("resident memory" + of, "MiB", Figures.of(memory));
      report.add(
          "processor time for a reading" + of, "ms", new Figures(used * 1000 / seconds / each));
      return used * 1000 / seconds / each;
    }
  }

  private Path conf(int size) {
    return folder.resolve("churn" + size);
  }

  /** Starts {@code agent} and waits for its first files. */
  private Program follow(String rpcAddr, Path conf) throws IOException {
    Program agent =
        Program.start(
            folder,
            "agent",
            "--rpc-addr",
            rpcAddr,
            "--conf-dir",
            conf.toString(),
            "--products",
            Fleet.PRODUCTS);
    Watched.await(agent, conf.resolve("fakedhosts.txt"), "svc-product9-");
    return agent;
  }

  private static String number(int size) {
    return String.format(Locale.ROOT, "%,d", size);
  }
}
