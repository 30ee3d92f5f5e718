package io.github.serfhandler.benchmarks;

import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfClientOptions;
import io.github.serfhandler.client.TagChange;
import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Measures the program as its users run it, and prints each figure beside what it must reach. */
public final class Benchmarks {
  private static final int TAG_CHANGES = 100;
  private static final int STARTS = 15;
  private static final Duration IDLE = Duration.ofSeconds(30);

  private static final String[] ALL = {
    "latency", "start", "resident", "members", "event", "deploy", "config", "etcd", "files"
  };

  /** The JDK that the launcher takes; this program runs on the same one. */
  private static final int JAVA = Runtime.version().feature();

  private final Path folder;

  private Benchmarks(Path folder) {
    this.folder = folder;
  }

  /**
   * Runs those named ({@code latency}, {@code start}, {@code resident}, {@code members}, {@code
   * event}, {@code deploy}, {@code config}, {@code etcd}, {@code files}) or all.
   */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("serf-handler-benchmark");
    try {
      Benchmarks benchmarks = new Benchmarks(folder);
      for (String name : args.length > 0 ? args : ALL) {
        switch (name) {
          case "latency" -> benchmarks.latency();
          case "start" -> benchmarks.start();
          case "resident" -> benchmarks.resident();
          case "members" -> benchmarks.members();
          case "event" -> new EventStart(folder, JAVA, Benchmarks::print).run();
          case "deploy" -> new Deploy(folder, Benchmarks::print).run();
          case "config" -> new ConfigFigures(folder, Benchmarks::print).run();
          case "etcd" -> new EtcdFigures(folder, Benchmarks::print).run();
          case "files" -> new FilesFigures(folder, Benchmarks::print).run();
          default -> {
            print("unknown benchmark: " + name + "; use " + String.join(", ", ALL));
            System.exit(2);
          }
        }
      }
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** From the sending of a tag change over RPC to the renamed file. */
  private void latency() throws Exception {
    try (SerfCluster cluster = SerfCluster.create()) {
      SerfNode node =
          cluster
              .startJoined(List.of(offering("node1"), offering("node2"), offering("node3")))
              .get(0);
      Path conf = folder.resolve("latency");
      Path file = conf.resolve("services.json");
      // Setting tags returns only after gossip, long after the agent shows them: hence a thread.
      ExecutorService setter = Executors.newSingleThreadExecutor();
      try (Program agent = follow(node.rpcAddr(), conf);
          SerfClient client =
              SerfClient.connect(SerfClientOptions.builder().address(node.rpc()).build())) {
        awaitText(agent, file, "node1");
        Random random = new Random(1);
        double[] millis = new double[TAG_CHANGES];
        for (int i = 0; i < TAG_CHANGES; i++) {
          // At any moment within the pause between two looks, or the figure would lie.
          LockSupport.parkNanos(random.nextInt(100_000_000));
          String port = String.valueOf(20_000 + i);
          long begin = System.nanoTime();
          Future<?> set =
              setter.submit(
                  () -> client.setTags(TagChange.none().set("svc", "product1/web:" + port)));
          awaitText(agent, file, port);
          millis[i] = (System.nanoTime() - begin) / 1e6;
          set.get();
        }
        print(new Figures(millis).line("tag change on the local agent -> renamed file", "ms", 100));
      } finally {
        setter.shutdownNow();
      }
    }
  }

  /** From the start of the process to its first files, on a checkout that was built before. */
  private void start() throws Exception {
    try (SerfCluster cluster = SerfCluster.create()) {
      SerfNode node = cluster.start(offering("node1"));
      double[] millis = new double[STARTS];
      for (int i = 0; i < STARTS; i++) {
        Path conf = folder.resolve("start" + i);
        long begin = System.nanoTime();
        try (Program agent = follow(node.rpcAddr(), conf)) {
          awaitText(agent, conf.resolve("fakedhosts.txt"), "svc-");
          millis[i] = (System.nanoTime() - begin) / 1e6;
        }
      }
      print(new Figures(millis).line("start of the agent -> first files", "ms", 1000));
    }
  }

  /** Memory and idle processor time of the resident agent. */
  private void resident() throws Exception {
    for (int size : new int[] {100, 10_000}) {
      try (FakeAgent fake = Fleet.agent(size)) {
        Path conf = folder.resolve("resident" + size);
        try (Program agent = follow(fake.rpcAddr(), conf)) {
          awaitText(agent, conf.resolve("fakedhosts.txt"), "svc-product9-");
          pause(Duration.ofSeconds(10));
          double cpu = agent.cpuSeconds();
          List<Double> memory = new ArrayList<>();
          long begin = System.nanoTime();
          while (System.nanoTime() - begin < IDLE.toNanos()) {
            pause(Duration.ofSeconds(1));
            agent.check();
            memory.add(agent.residentMiB());
          }
          double share = (agent.cpuSeconds() - cpu) / ((System.nanoTime() - begin) / 1e9) * 100;
          double[] values = memory.stream().mapToDouble(Double::doubleValue).toArray();
          print(
              new Figures(values)
                  .line("resident memory, " + size + " members", "MiB", size == 100 ? 64 : 128));
          print(new Figures(share).line("idle processor time, " + size + " members", "%", 1));
        }
      }
    }
  }

  /** One pass of {@code members} as cron runs it: nothing there, then nothing to change. */
  private void members() throws Exception {
    for (int size : new int[] {3, 100, 10_000}) {
      try (FakeAgent fake = Fleet.agent(size)) {
        double[] first = new double[STARTS];
        double[] again = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
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
        print(new Figures(first).line("members, " + size + " members, first files", "ms", 1000));
        print(new Figures(again).line("members, " + size + " members, unchanged", "ms", 1000));
      }
    }
  }

  private static SerfOptions offering(String name) {
    return SerfOptions.named(name)
        .withTag("products", "product1")
        .withTag("svc", "product1/web:8080");
  }

  private Program follow(String rpcAddr, Path conf) throws IOException {
    return Program.start(
        folder,
        "agent",
        "--rpc-addr",
        rpcAddr,
        "--conf-dir",
        conf.toString(),
        "--products",
        Fleet.PRODUCTS);
  }

  /** Looks every half millisecond, for 30 s at most. */
  private static void awaitText(Program agent, Path file, String text) throws IOException {
    long begin = System.nanoTime();
    while (!Files.exists(file) || !Files.readString(file).contains(text)) {
      agent.check();
      if (System.nanoTime() - begin > 30_000_000_000L) {
        throw new IOException("no " + text + " in " + file);
      }
      LockSupport.parkNanos(500_000);
    }
  }

  private static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @SuppressWarnings("SystemOut") // The report is what this program is for.
  private static void print(String line) {
    System.out.println(String.format(Locale.ROOT, "%s", line));
  }
}
