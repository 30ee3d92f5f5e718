package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.testkit.HaproxyProcess;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Steady traffic through a real HAProxy beside {@code agent}, while members of a real cluster come,
 * leave and change. The programs wait for each other, never for a time.
 */
@Timeout(400)
class HaproxyTrafficIT {
  private static final String WEB = "shop_web";
  private static final int SLOTS = 3;

  /** Counts, and ends when the worker before has: from then on the new one alone is asked. */
  private static final String RELOAD =
      """
      ended() { grep -c 'Former worker' haproxy.log || :; }
      before=$(ended)
      pid=$(cat pid)
      echo reloaded >>reloads
      kill -USR2 "$pid"
      while [ "$(ended)" -le "$before" ]; do sleep 0.05; done
      """;

  @RegisterExtension final SerfCluster serf = SerfCluster.create();
  @RegisterExtension final Programs programs = new Programs();
  @TempDir Path folder;

  private final int port = HaproxyProcess.freePort();
  private final List<AutoCloseable> open = new ArrayList<>();
  private ConfDir conf = new ConfDir(Path.of(""));
  private HaproxySocket socket = new HaproxySocket(Path.of(""));
  private List<SerfNode> nodes = List.of();

  @BeforeEach
  void startAgents() throws IOException {
    conf = new ConfDir(folder.resolve("conf"));
    socket = new HaproxySocket(folder.resolve("s"));
    Files.writeString(folder.resolve("reload.sh"), RELOAD);
    Files.writeString(
        folder.resolve("settings.yml"),
        """
        files:
          defaults: off
          render:
            - format: haproxy
              product: shop
              path: FOLDER/haproxy.cfg
              protocol: http
              bind: web=127.0.0.1:PORT
              socket: FOLDER/s
              slots: SLOTS
              drain: 1h
              wait: 100ms:1s
              check: [haproxy, -c, -f, "{}"]
              reload: [/bin/sh, -e, -c, "cd \\"$0\\" && . ./reload.sh", FOLDER]
        """
            .replace("FOLDER", folder.toString())
            .replace("PORT", String.valueOf(port))
            .replace("SLOTS", String.valueOf(SLOTS)));
    nodes = serf.startAll(List.of(node("lb"), node("n1"), node("n2"), node("n3"), node("n4")));
  }

  private static SerfOptions node(String name) {
    return SerfOptions.named(name).withProfile("lan").withTag("products", "shop");
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private SerfNode lb() {
    return nodes.get(0);
  }

  private WebApp app(SerfNode node) {
    WebApp app = WebApp.start(node.host());
    open.add(app);
    return app;
  }

  private static void offer(SerfNode node, WebApp... apps) {
    node.setTag("svc", services(apps));
  }

  private static String services(WebApp... apps) {
    return Arrays.stream(apps).map(a -> "shop/web:" + a.port()).collect(Collectors.joining(","));
  }

  /** Starts the agent, and HAProxy with the file that it wrote; waits until both are at rest. */
  private HaproxyProcess startBoth() throws IOException {
    Program agent =
        programs.start(
            child -> child.environment().merge("PATH", ":/usr/sbin", String::concat),
            "agent",
            "--rpc-addr=" + lb().rpcAddr(),
            conf.option(),
            "--config=" + folder.resolve("settings.yml"));
    Path file = folder.resolve("haproxy.cfg");
    Waiting.until(
        "HAProxy's file",
        () -> assertThat(file).as(agent.err()).content().contains("server n1:", "server n2:"));
    HaproxyProcess haproxy = HaproxyProcess.start(file, folder);
    open.add(haproxy);
    tellPid(haproxy);
    awaitRest();
    return haproxy;
  }

  private void tellPid(HaproxyProcess haproxy) throws IOException {
    Files.writeString(folder.resolve("pid"), String.valueOf(haproxy.pid()));
  }

  /** Waits until the agent says that the file is current and nothing is owed. */
  private void awaitRest() {
    Waiting.until(
        "nothing left to do",
        () ->
            assertThat(conf.text(".serf-handler/files.json"))
                .contains("\"state\": \"current\"", "\"reloadOwed\": false", "\"problem\": \"\""));
  }

  /**
   * Waits until the agent says that it is at rest after so many reloads, and checks that there were
   * no more. What it says may be a second old, in which the last reload is not over.
   */
  private void awaitReloads(long count) throws IOException {
    Waiting.until(
        count + " reloads",
        () ->
            assertThat(conf.text(".serf-handler/files.json"))
                .contains("\"reloads\": " + count + ",", "\"state\": \"current\"")
                .contains("\"reloadOwed\": false", "\"problem\": \"\""));
    assertThat(reloads()).isEqualTo(count);
  }

  private long reloads() throws IOException {
    Path counter = folder.resolve("reloads");
    return Files.exists(counter) ? Files.readAllLines(counter).size() : 0;
  }

  private static void awaitAsked(WebApp app) {
    long before = app.served();
    Waiting.until(
        app.place() + " to be asked", () -> assertThat(app.served()).isGreaterThan(before));
  }

  @Test
  void losesNoRequestWhileMembersComeLeaveAndChange() throws Exception {
    WebApp first = app(nodes.get(1));
    WebApp second = app(nodes.get(2));
    offer(nodes.get(1), first);
    offer(nodes.get(2), second);
    nodes.get(1).join(lb());
    nodes.get(2).join(lb());
    HaproxyProcess haproxy = startBoth();
    socket.awaitInUse(WEB, first, second);
    long before = reloads();
    int loads = haproxy.loads();
    try (Traffic traffic = Traffic.start(port)) {
      awaitAsked(first);
      awaitAsked(second);

      // Two join.
      WebApp third = app(nodes.get(3));
      WebApp fourth = app(nodes.get(4));
      offer(nodes.get(3), third);
      offer(nodes.get(4), fourth);
      nodes.get(3).join(lb());
      nodes.get(4).join(lb());
      awaitAsked(third);
      awaitAsked(fourth);

      // One leaves while it answers.
      Runnable held = first.holdOne();
      nodes.get(1).leave();
      socket.await(WEB, first, "drain");
      traffic.awaitMore(100);
      assertThat(socket.servers(WEB)).containsEntry(first.place(), "drain");
      held.run();
      socket.await(WEB, first, "maint");
      first.close();

      // One changes its port.
      WebApp moved = app(nodes.get(2));
      offer(nodes.get(2), moved);
      awaitAsked(moved);
      socket.await(WEB, second, "maint");
      second.close();

      // One changes its weight.
      nodes.get(3).setTag("shop.web.weight", "7");
      socket.await(WEB, third, "weight 7");
      socket.awaitInUse(WEB, moved, third, fourth);
      traffic.awaitMore(100);
      awaitReloads(before);
      assertThat(haproxy.loads()).isEqualTo(loads);
      // What HAProxy tries again is not seen at the other end of it.
      assertThat(List.of("econ", "eresp", "wretr", "wredis"))
          .allSatisfy(name -> assertThat(socket.counter(WEB, name)).as(name).isEqualTo("0"));

      // More join than there are slots.
      WebApp[] many = new WebApp[SLOTS + 3];
      for (int i = 0; i < many.length; i++) {
        many[i] = i == 0 ? fourth : app(nodes.get(4));
      }
      offer(nodes.get(4), many);
      for (WebApp app : many) {
        awaitAsked(app);
      }
      awaitReloads(before + 1);

      // Another service.
      WebApp api = app(nodes.get(3));
      nodes.get(3).setTag("svc", services(third) + ",shop/api:" + api.port());
      socket.awaitInUse("shop_api", api);
      traffic.awaitMore(100);
      awaitReloads(before + 2);
      assertThat(haproxy.loads()).isEqualTo(loads + 2);
      traffic.stop();
      assertThat(traffic.failures()).isEmpty();
    }
  }

  @Test
  void putsTheStateBackWhenHaproxyWasKilled() throws Exception {
    WebApp first = app(nodes.get(1));
    WebApp second = app(nodes.get(2));
    offer(nodes.get(1), first);
    offer(nodes.get(2), second);
    nodes.get(1).join(lb());
    nodes.get(2).join(lb());
    HaproxyProcess haproxy = startBoth();
    Path file = folder.resolve("haproxy.cfg");
    byte[] older = Files.readAllBytes(file);
    WebApp third = app(nodes.get(3));
    offer(nodes.get(3), third);
    nodes.get(3).join(lb());
    nodes.get(1).setTag("shop.web.weight", "9");
    nodes.get(2).leave();
    socket.await(WEB, first, "weight 9");
    socket.await(WEB, third, "weight 100");
    socket.await(WEB, second, "maint");
    awaitRest();
    long before = reloads();

    // By accident with a file of yesterday.
    byte[] newer = Files.readAllBytes(file);
    haproxy.kill();
    Path yesterdays = Files.write(folder.resolve("older.cfg"), older);
    try (HaproxyProcess again = HaproxyProcess.start(yesterdays, folder)) {
      tellPid(again);
      socket.await(WEB, first, "weight 9");
      socket.await(WEB, third, "weight 100");
      socket.await(WEB, second, "maint");
      assertThat(Traffic.ask(port, "/")).isIn(first.place(), third.place());
      assertThat(reloads()).isEqualTo(before);
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(newer);

    // And with the right one; what changes meanwhile is in it.
    nodes.get(1).setTag("shop.web.weight", "11");
    Waiting.until("the new file", () -> assertThat(file).content().contains("weight 11"));
    haproxy.restart();
    tellPid(haproxy);
    socket.await(WEB, first, "weight 11");
    socket.awaitInUse(WEB, first, third);
    awaitRest();
    assertThat(Traffic.ask(port, "/")).isIn(first.place(), third.place());
  }
}
