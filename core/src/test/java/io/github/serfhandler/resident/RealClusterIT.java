package io.github.serfhandler.resident;

import static java.lang.System.Logger.Level.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryRequest;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfClientOptions;
import io.github.serfhandler.handler.SerfHandlerProxy;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Handlers beside real agents. */
@Timeout(120)
class RealClusterIT {
  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  @TempDir Path conf;

  private final Probe web = new Probe("web");
  private @Nullable Rig rig;

  private Rig follow(SerfNode node) {
    Rig started =
        new Rig(node.rpc(), conf, Rig.settings(), new SerfHandlerProxy().register("web", web));
    rig = started;
    return started;
  }

  @AfterEach
  void close() {
    web.release.countDown();
    if (rig != null) {
      rig.close();
    }
  }

  private static SerfOptions web(String name) {
    return SerfOptions.named(name).withTag("role", "web").withProfile("local");
  }

  private static void awaitLog(Rig of, String text) {
    Awaitility.await(text).until(() -> of.log.lines().stream().anyMatch(l -> l.contains(text)));
  }

  @Test
  void bringsEventsAndQueriesOfAClusterToAHandler() throws InterruptedException {
    List<SerfNode> nodes =
        serf.startJoined(List.of(web("a"), SerfOptions.named("b").withProfile("local")));
    Rig followed = follow(nodes.get(0));
    assertThat(web.next()).isEqualTo("join a,b");
    awaitLog(followed, "listening to user events");
    nodes.get(1).event("note", "from b");
    assertThat(web.next()).isEqualTo("note from b");
    nodes.get(0).event("note", "from a");
    assertThat(web.next()).isEqualTo("note from a");
    assertThat(echo(nodes.get(1), "a")).isEqualTo(Map.of("a", Payload.ofText("hello")));
    assertThat(followed.log.lines(WARNING)).isEmpty();
  }

  /** What a node answers to a query of another one; waits for its answer, however long. */
  private static Map<String, Payload> echo(SerfNode asker, String asked) {
    QueryRequest query =
        QueryRequest.builder("echo")
            .payload(Payload.ofText("hello"))
            .filterNodes(List.of(asked))
            .timeout(Duration.ofSeconds(60))
            .build();
    try (SerfClient client =
        SerfClient.open(SerfClientOptions.builder().address(asker.rpc()).build())) {
      return client.query(query).collect().answers();
    }
  }

  @Test
  void tellsWhatHappensToMembers() throws InterruptedException {
    List<SerfNode> nodes =
        serf.startJoined(
            List.of(
                web("a"),
                SerfOptions.named("b").withProfile("local"),
                SerfOptions.named("c").withProfile("local")));
    follow(nodes.get(0));
    assertThat(web.next()).isEqualTo("join a,b,c");
    nodes.get(1).setTag("svc", "p/web:80");
    assertThat(web.next()).isEqualTo("update b");
    // Not with a fourth node there: with this profile the word that it leaves may miss one.
    nodes.get(1).leave();
    assertThat(web.next()).isEqualTo("leave b");
    SerfNode late = serf.start(SerfOptions.named("d").withProfile("local"));
    late.join(nodes.get(0));
    assertThat(web.next()).isEqualTo("join d");
    nodes.get(2).kill();
    assertThat(web.next()).isEqualTo("failed c");
    nodes.get(2).restart();
    nodes.get(2).join(nodes.get(0));
    assertThat(web.next()).isEqualTo("join c");
  }

  @Test
  void goesOnAfterARestartOfTheAgent() throws InterruptedException {
    SerfNode node = serf.start(web("a"));
    Rig followed = follow(node);
    assertThat(web.next()).isEqualTo("join a");
    awaitLog(followed, "listening to user events");
    node.event("note", "1");
    assertThat(web.next()).isEqualTo("note 1");
    node.kill();
    node.restart();
    awaitLog(followed, "the event stream was interrupted");
    // It has forgotten its Lamport time: this is the same event at the same time, and a new one.
    node.event("note", "1");
    assertThat(web.next()).isEqualTo("note 1");
    assertThat(web.rest()).isEmpty();
  }

  @Test
  void knowsWhatARestartedAgentTellsAgain() throws InterruptedException {
    List<SerfNode> nodes =
        serf.startJoined(List.of(web("a"), SerfOptions.named("b").withProfile("local")));
    Rig followed = follow(nodes.get(0));
    assertThat(web.next()).isEqualTo("join a,b");
    awaitLog(followed, "listening to user events");
    nodes.get(1).event("note", "1");
    nodes.get(1).event("note", "2");
    assertThat(List.of(web.next(), web.next())).containsExactlyInAnyOrder("note 1", "note 2");
    // Else it could tell everything before the stream is there again.
    nodes.get(1).pause();
    nodes.get(0).kill();
    nodes.get(0).restart();
    awaitLog(followed, "the event stream was interrupted");
    nodes.get(1).resume();
    nodes.get(0).cli(List.of("join", "-replay", nodes.get(1).gossipAddr()));
    awaitLog(followed, "user event note came again");
    nodes.get(1).event("note", "3");
    String note = web.next();
    // The agent was alone for a moment, and told so.
    while (!note.startsWith("note")) {
      note = web.next();
    }
    assertThat(note).isEqualTo("note 3");
  }
}
