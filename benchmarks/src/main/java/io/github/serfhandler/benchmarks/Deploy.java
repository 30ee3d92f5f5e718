package io.github.serfhandler.benchmarks;

import io.github.serfhandler.benchmarks.report.Figures;
import io.github.serfhandler.benchmarks.report.Report;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfClientOptions;
import io.github.serfhandler.testkit.RawClient;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * From a user event on the same agent to the first instruction of a handler in the resident
 * process: from the moment when the RPC command is sent, bare and by our client, and from the
 * moment when {@code serf event deploy} is forked. Confined to one thread.
 */
final class Deploy {
  private static final int RUNS = 200;
  private static final int CLI_RUNS = 50;
  private static final int WARM_UP = 20;
  private static final Duration BETWEEN = Duration.ofMillis(25);

  private final Path folder;
  private final Report report;
  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();

  Deploy(Path folder, Report report) {
    this.folder = folder;
    this.report = report;
  }

  void run() throws IOException, InterruptedException {
    try (SerfCluster cluster = SerfCluster.create()) {
      SerfNode node = cluster.start(SerfOptions.named("node1").withTag("role", "web"));
      Process agent = start(node);
      try (SerfClient client =
              SerfClient.connect(SerfClientOptions.builder().address(node.rpc()).build());
          RawClient raw = RawClient.open(node.rpc(), null)) {
        awaitStream(client);
        // As the serf program sends it. Our client looks first whether a kept connection is still
        // alive, which takes a millisecond (DeadlineInput) and would be measured too.
        report.add(
            "user event on the local agent, by RPC -> first instruction of a resident handler",
            "ms",
            measure(report.rounds(50, RUNS), payload -> raw.must("event", event(payload))),
            2);
        report.add(
            "the same, sent by our client",
            "ms",
            measure(
                report.rounds(50, RUNS),
                payload -> client.event("deploy", Payload.ofText(payload))),
            4);
        report.add(
            "the same, from the fork of serf event",
            "ms",
            measure(report.rounds(10, CLI_RUNS), number -> fork(node, number)),
            20);
      } finally {
        agent.destroy();
        agent.waitFor(10, TimeUnit.SECONDS);
        agent.destroyForcibly();
      }
    }
  }

  private static Map<String, Object> event(String payload) {
    return Map.of(
        "Name",
        "deploy",
        "Payload",
        payload.getBytes(StandardCharsets.US_ASCII),
        "Coalesce",
        false);
  }

  private Process start(SerfNode node) throws IOException {
    Process agent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xms8m",
                "-Xmx64m",
                "-Xmn5m",
                "-cp",
                System.getProperty("java.class.path"),
                DeployProgram.class.getName(),
                "agent",
                "--rpc-addr=" + node.rpcAddr(),
                "--conf-dir=" + folder.resolve("deploy"))
            .redirectError(folder.resolve("deploy.log").toFile())
            .start();
    Thread reader = new Thread(() -> read(agent), "deploy-reader");
    reader.setDaemon(true);
    reader.start();
    return agent;
  }

  private void read(Process agent) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(agent.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int space = line.indexOf(' ');
        calls.add(new Call(Long.parseLong(line.substring(0, space)), line.substring(space + 1)));
      }
    } catch (IOException e) {
      // It was ended; who waits for a call finds out by the time.
      return;
    }
  }

  /** Sends until the first one arrives: the program may still be starting. */
  private void awaitStream(SerfClient client) throws IOException, InterruptedException {
    for (int i = 0; i < 200; i++) {
      client.event("deploy", Payload.ofText("start " + i));
      if (calls.poll(100, TimeUnit.MILLISECONDS) != null) {
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        calls.clear();
        return;
      }
    }
    throw new IOException("no event arrives at the handler");
  }

  private Figures measure(int runs, Sender sender) throws IOException, InterruptedException {
    double[] millis = new double[runs];
    for (int i = -WARM_UP; i < runs; i++) {
      LockSupport.parkNanos(BETWEEN.toNanos());
      long begin = System.nanoTime();
      String payload = begin + " " + i;
      sender.send(payload);
      Call call = calls.poll(10, TimeUnit.SECONDS);
      while (call != null && !call.payload().equals(payload)) { // One of before, once more.
        call = calls.poll(10, TimeUnit.SECONDS);
      }
      if (call == null) {
        throw new IOException("an event did not arrive at the handler");
      }
      if (i >= 0) {
        millis[i] = (call.at() - begin) / 1e6;
      }
    }
    return new Figures(millis);
  }

  private static void fork(SerfNode node, String payload) throws IOException, InterruptedException {
    List<String> argv =
        List.of(
            "serf", "event", "-rpc-addr=" + node.rpcAddr(), "-coalesce=false", "deploy", payload);
    Process process =
        new ProcessBuilder(argv)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("serf event failed");
    }
  }

  /** When the handler was called, and with what. */
  private record Call(long at, String payload) {}

  private interface Sender {
    void send(String payload) throws IOException, InterruptedException;
  }
}
