package io.github.serfhandler.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.UserJar;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.app.system.ConfDir;
import io.github.serfhandler.app.system.ConfigFleet;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Handlers that are slow or never end. */
class SlowHandlerIT {
  private static final int QUEUE = 20;

  private static final String STUCK =
      """
      import io.github.serfhandler.handler.*;
      public class Stuck implements HandlerProvider {
        public static class Own extends SerfHandler {
          public Own() { onEvent("stuck", event -> stay()); }
          @Override public String name() { return "stuck"; }
          private static void stay() {
            while (true) {
              // It never returns, whoever asks.
              boolean asked = Thread.interrupted();
              java.util.concurrent.locks.LockSupport.park();
            }
          }
        }
        @Override public void register(SerfHandlerProxy proxy) {
          proxy.register("web", new Own());
        }
      }
      """;

  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  /** Ends the children that scripts left behind, as they may. */
  @AfterEach
  void endChildren() throws IOException {
    Path pids = temp.resolve("pids");
    if (Files.exists(pids)) {
      for (String pid : Files.readAllLines(pids)) {
        ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
  }

  private Path settings() throws IOException {
    Path jar =
        new UserJar(temp).with("Stuck", STUCK).naming("Stuck").build(temp.resolve("own.jar"));
    String text =
        """
        handlers:
          jars: [JAR]
          timeout: 1s
          queue: 20
          # The good ones have a minute: a slow machine is no fault of theirs.
          scripts:
            - {on: 'user:quick', role: web, name: quick, timeout: 1m, run: 'cat >> DIR/quick'}
            - {on: 'user:slow', role: web, name: slow, run: 'exec sleep 1000'}
            - {on: 'user:fork', role: web, name: fork, timeout: 1m, run: 'sleep 1000 & echo $! >> DIR/pids'}
            - {on: 'user:flood', role: web, name: flood, run: 'exec yes'}
            - {on: 'user:deaf', role: web, name: deaf, run: "trap '' TERM INT HUP; while :; do sleep 1; done"}
        """;
    return Files.writeString(
        temp.resolve("settings.yml"),
        text.replace("JAR", jar.toString()).replace("DIR", temp.toString()));
  }

  /** What handlers.json tells of a handler. */
  private static JsonObject handler(ConfDir conf, String name) {
    JsonObject all =
        JsonValue.parse(conf.text(".serf-handler/handlers.json").getBytes(StandardCharsets.UTF_8))
            .asObject();
    return all.required("handlers").asArray().elements().stream()
        .map(JsonValue::asObject)
        .filter(each -> each.required("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static long count(ConfDir conf, String name, String counter) {
    return handler(conf, name).required(counter).asLong();
  }

  @Fault("handlers that sleep, flood, fork, ignore SIGTERM or never return")
  void goesOnBesideHandlersThatNeverEnd(Trial trial) throws IOException {
    SerfNode node =
        serf.start(
            SerfOptions.named("a")
                .withProfile("local")
                .withTags(Map.of("products", "p", "svc", "p/web:80", "role", "web")));
    ConfDir conf = new ConfDir(temp.resolve("conf"));
    Program agent =
        programs.start(
            "agent", "--rpc-addr=" + node.rpcAddr(), conf.option(), "--config=" + settings());
    Waiting.until("handlers", () -> assertThat(conf.file(".serf-handler/handlers.json")).exists());
    int rounds = trial.rounds(1, 20);
    for (int round = 1; round <= rounds; round++) {
      for (String bad : List.of("slow", "fork", "flood", "deaf", "stuck")) {
        node.event(bad, "round " + round);
      }
      String line = "quick " + round;
      node.event("quick", line);
      Waiting.until(line, () -> assertThat(temp.resolve("quick")).content().contains(line + "\n"));
      ConfigUpdate update = ConfigFleet.update("key", round, "text");
      ConfigFleet.publish(node, update);
      Waiting.until(
          "version " + round,
          () -> assertThat(conf.text("p/key.json")).isEqualTo(ConfigFleet.file(update)));
      int port = 1000 + round;
      node.setTag("svc", "p/web:" + port);
      Waiting.until(
          "port " + port,
          () -> assertThat(conf.text("services.json")).contains("\"port\": " + port));
    }
    int burst = 3 * QUEUE;
    for (int i = 0; i < burst; i++) {
      node.event("stuck", "burst " + i);
    }
    // One is under way for ever; each of the others waits or is counted as dropped.
    long others = rounds + burst - 1L;
    Waiting.until(
        "each event of stuck is counted",
        () -> {
          assertThat(count(conf, "stuck", "dropped") + count(conf, "stuck", "waiting"))
              .isEqualTo(others);
          assertThat(count(conf, "stuck", "waiting")).isLessThanOrEqualTo(QUEUE);
        });
    agent.awaitErr("stuck is too slow: 20 events wait for it");
    for (String ended : List.of("slow", "flood", "deaf")) {
      Waiting.until(
          ended + " is ended by its timeout",
          () -> assertThat(count(conf, ended, "timedOut")).isEqualTo(rounds));
    }
    Waiting.until(
        "fork is over without its children",
        () -> assertThat(count(conf, "fork", "handled")).isEqualTo(rounds));
    assertThat(Files.readAllLines(temp.resolve("quick"))).hasSize(rounds);
    assertThat(agent.err()).doesNotContain("\tat ", "Exception in thread", "OutOfMemory");

    node.event("slow", "at the end");
    node.event("deaf", "at the end");
    Waiting.until(
        "one of them runs", () -> assertThat(agent.process().descendants().toList()).isNotEmpty());
    List<ProcessHandle> children = agent.process().descendants().toList();
    long begin = System.nanoTime();
    // After ten seconds it would end with 1.
    assertThat(agent.terminate()).isZero();
    long millis = (System.nanoTime() - begin) / 1_000_000;
    List<String> left = Files.readAllLines(temp.resolve("pids"));
    Waiting.until(
        "no script is left",
        () ->
            assertThat(children)
                .allMatch(child -> !child.isAlive() || left.contains("" + child.pid())));
    trial.saw(
        "%d rounds of 5 bad handlers; %d of %d quick events, versions and tags got by; %d of %d"
            + " too many for one and counted; stopped in %d ms",
        rounds, rounds, rounds, count(conf, "stuck", "dropped"), rounds + burst, millis);
  }
}
