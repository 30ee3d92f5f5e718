package com.example.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The same handlers beside real Serf agents, in both ways to run them. */
@Timeout(240)
class FleetIT {
  private static final String PROGRAM = System.getProperty("serf-handler.jar");
  private static final String HANDLERS = System.getProperty("handlers.jar");

  /** Enough for a process that is started for a query, unless the machine is slow. */
  private static final Duration FIRST_TIMEOUT = Duration.ofMillis(1500);

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  @TempDir Path temp;

  private final List<Process> residents = new ArrayList<>();

  @BeforeEach
  void needsTheJars() {
    assertThat(Path.of(PROGRAM)).exists();
    assertThat(Path.of(HANDLERS)).exists();
  }

  @AfterEach
  void endsWhatItStarted() throws InterruptedException {
    residents.forEach(Process::destroy);
    for (Process resident : residents) {
      assertThat(resident.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** {@code serf-handler agent --handlers fleet-handlers.jar} beside each agent. */
  @Test
  void runsResident() throws IOException {
    List<SerfNode> nodes = serf.startJoined(List.of(options("web1"), options("db1")));
    for (SerfNode node : nodes) {
      List<String> command = new ArrayList<>(List.of(JAVA, "-cp", PROGRAM));
      command.addAll(
          List.of("io.github.serfhandler.app.Main", "agent", "--handlers", HANDLERS));
      command.addAll(List.of("--rpc-addr", node.rpcAddr()));
      command.addAll(List.of("--conf-dir", conf(node).toString()));
      residents.add(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(temp.resolve(node.name() + ".log").toFile())
              .start());
    }

    handlesWhatComes(nodes.get(0), nodes.get(1));
  }

  /** Serf forks a program of one's own with the handlers built in, for each event. */
  @Test
  void runsForkedBySerf() throws IOException {
    List<SerfNode> nodes =
        serf.startAll(List.of(forking(options("web1")), forking(options("db1"))));
    for (SerfNode node : nodes) {
      String command =
          String.join(
              " ",
              "exec",
              JAVA,
              "-Xlog:disable",
              "-cp",
              HANDLERS + File.pathSeparator + PROGRAM,
              "com.example.fleet.FleetProgram",
              "event",
              "--rpc-addr",
              node.rpcAddr(),
              "--conf-dir",
              conf(node).toString());
      Files.writeString(script(node.name()), command + "\n");
    }
    nodes.get(0).join(nodes.get(1));
    serf.awaitAllAlive(nodes.toArray(new SerfNode[0]));

    handlesWhatComes(nodes.get(0), nodes.get(1));
  }

  private void handlesWhatComes(SerfNode web, SerfNode db) {
    until("the web node follows the database", () -> services(web).contains("\"db1\""));

    untilAnswered("the web node answers", db, "version", "", "none");
    db.event("deploy", "1.4.2");
    until("the deploy arrives", () -> Files.exists(conf(web).resolve("site.version")));
    untilAnswered("the new version is told", db, "version", "", "1.4.2");

    String order = "{\"label\":\"monday\"}";
    untilAnswered("the database node saves", web, "backup", order, "monday");
    assertThat(ask(web, "backup", order, FIRST_TIMEOUT)).doesNotContain("web1");
    assertThat(conf(db).resolve("backup-monday.sql")).exists();

    String update = "{\"p\":\"shop\",\"k\":\"limits\",\"v\":3,\"c\":{\"most\":10}}";
    for (SerfNode node : List.of(web, db)) {
      untilAnswered(
          node.name() + " has the configuration",
          web,
          "config_updated",
          update,
          "\"" + node.name() + "\": \"ok\"");
      assertThat(conf(node).resolve("shop/limits.json")).exists();
    }
  }

  private static String ask(SerfNode from, String name, String payload, Duration timeout) {
    String option = "-timeout=" + timeout.toMillis() + "ms";
    return from.cli(List.of("query", option, "-no-ack", "-format=json", name, payload));
  }

  /** Asks until it is answered so; longer each time, as Serf never ends a query early. */
  private static void untilAnswered(
      String what, SerfNode from, String name, String payload, String answer) {
    AtomicReference<Duration> timeout = new AtomicReference<>(FIRST_TIMEOUT);
    until(
        what,
        () ->
            ask(from, name, payload, timeout.getAndUpdate(last -> last.multipliedBy(2)))
                .contains(answer));
  }

  private String services(SerfNode node) throws IOException {
    Path file = conf(node).resolve("services.json");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private static SerfOptions options(String name) {
    SerfOptions options = SerfOptions.named(name).withTag("products", "shop");
    return name.startsWith("web")
        ? options.withTag("role", "web").withTag("svc", "shop/web:8080")
        : options.withTag("role", "mysql").withTag("svc", "shop/mysql:3306");
  }

  private SerfOptions forking(SerfOptions options) {
    return options.withEventHandler("/bin/sh " + script(options.name()));
  }

  private Path script(String node) {
    return temp.resolve(node + ".sh");
  }

  private Path conf(SerfNode node) {
    return temp.resolve(node.name());
  }

  private static void until(String what, java.util.concurrent.Callable<Boolean> condition) {
    await(what).atMost(Duration.ofSeconds(60)).ignoreException(IOException.class).until(condition);
  }
}
