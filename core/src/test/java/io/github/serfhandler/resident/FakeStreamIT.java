package io.github.serfhandler.resident;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.handler.SerfHandlerProxy;
import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.FakeMember;
import io.github.serfhandler.testkit.Records;
import io.github.serfhandler.testkit.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Handlers beside an agent whose stream does what the test wants. */
@Timeout(60)
class FakeStreamIT {
  private static final FakeMember SELF =
      FakeMember.named("fake").withTag("products", "p").withTag("role", "web");

  @TempDir Path conf;

  private final FakeAgent agent = FakeAgent.start().members(SELF);
  private final Probe web = new Probe("web");
  private final Probe all = new Probe("all");
  private Rig rig;

  @BeforeEach
  void follow() throws InterruptedException {
    rig = rig(Rig.settings());
    assertThat(web.next()).isEqualTo("join fake");
    assertThat(all.next()).isEqualTo("join fake");
    agent.awaitStream("stream");
  }

  private Rig rig(ResidentSettings settings) {
    return new Rig(
        agent.address(),
        conf,
        settings,
        new SerfHandlerProxy().register("web", web).register(SerfHandlerProxy.DEFAULT, all));
  }

  @AfterEach
  void close() {
    web.release.countDown();
    all.release.countDown();
    rig.close();
    agent.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void user(long ltime, String name, String payload) {
    assertThat(agent.push(Records.user(ltime, name, bytes(payload)))).isEqualTo(1);
  }

  private void query(long id, String name, String payload) {
    assertThat(agent.push(Records.query(id, id, name, bytes(payload)))).isEqualTo(1);
  }

  private String answer(int count) {
    Request respond = agent.awaitRequest("respond", count);
    return new String((byte[]) respond.field("Payload"), StandardCharsets.UTF_8);
  }

  private void awaitLog(System.Logger.Level level, String text) {
    Awaitility.await(text)
        .until(() -> rig.log.lines(level).stream().anyMatch(l -> l.contains(text)));
  }

  /** Waits until a value of the status is there. */
  private void awaitStatus(String key, Object value) {
    Awaitility.await(key + " is " + value)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> assertThat(status().get(key)).isEqualTo(value));
  }

  /** Waits until a value of the handler web is in the status. */
  private void awaitWeb(String key, Object value) {
    Awaitility.await(key + " of web is " + value)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> assertThat(handler(0).get(key)).isEqualTo(value));
  }

  private Map<?, ?> status() throws IOException {
    String json = Files.readString(conf.resolve(".serf-handler/handlers.json"));
    return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(json);
  }

  private Map<?, ?> handler(int index) throws IOException {
    assertThat(status().get("handlers")).isInstanceOf(List.class);
    List<?> handlers = status().get("handlers") instanceof List<?> list ? list : List.of();
    return (Map<?, ?>) handlers.get(index);
  }

  @Test
  void asksForUserEventsAndQueriesAlone() {
    assertThat(agent.awaitStream("stream").type()).isEqualTo("user,query");
    assertThat(agent.requests("stream")).hasSize(1);
  }

  @Test
  void bringsUserEventsToAllHandlersOfTheNode() throws InterruptedException, IOException {
    user(1, "note", "a");
    user(2, "note", "b");
    for (Probe probe : List.of(web, all)) {
      assertThat(probe.next()).isEqualTo("note a");
      assertThat(probe.next()).isEqualTo("note b");
    }
    awaitStatus("userEvents", 2);
    awaitWeb("handled", 3);
    assertThat(handler(0).get("name")).isEqualTo("web");
    assertThat(handler(0).get("state")).isEqualTo("idle");
  }

  @Test
  void answersAQueryOnce() {
    query(7, "name", "");
    assertThat(answer(1)).isIn("web", "all");
    query(8, "echo", "x");
    assertThat(answer(2)).isEqualTo("x");
    assertThat(agent.requests("respond").get(1).field("ID")).isEqualTo(8L);
    assertThat(rig.log.lines(WARNING)).isEmpty();
  }

  @Test
  void answersAQueryWhoseHandlersFail() {
    query(1, "throw", "");
    assertThat(answer(1)).isEqualTo("error: throw failed on fake; its log says why");
  }

  @Test
  void answersAShortErrorInPlaceOfTooLongAnAnswer() {
    query(1, "echo", "x".repeat(1024 - 49 - 4));
    assertThat(answer(1)).hasSize(971);
    query(2, "echo", "x".repeat(972));
    assertThat(answer(2))
        .isEqualTo("error: the answer of 972 bytes is longer than the 971 that Serf takes");
    awaitLog(WARNING, "972 bytes");
  }

  @Test
  void answersAShortErrorWhereTheAgentTakesLessThanTheSettingSays() {
    agent.once("respond", x -> x.error("response exceeds limit of 100 bytes"));
    query(1, "echo", "x".repeat(500));
    assertThat(answer(1)).hasSize(500);
    assertThat(answer(2)).isEqualTo("error: the answer of 500 bytes is longer than Serf takes");
  }

  @Test
  void saysThatAnAnswerWasTooLate() {
    agent.once("respond", x -> x.error("response is past the deadline"));
    query(1, "echo", "x");
    awaitLog(WARNING, "did not reach the asker");
    query(2, "echo", "y");
    assertThat(answer(2)).isEqualTo("y");
  }

  @Test
  void neverAnswersAQueryOnAnotherConnection() throws InterruptedException {
    query(1, "hold", "old");
    web.awaitHeld();
    all.awaitHeld();
    agent.killConnections();
    awaitLog(WARNING, "the event stream was interrupted");
    web.release.countDown();
    awaitLog(WARNING, "the answer of web to the query hold did not reach the asker");
    query(1, "echo", "new");
    assertThat(answer(1)).isEqualTo("new");
  }

  @Test
  void knowsDuplicatesAfterAReconnection() throws InterruptedException {
    agent.serfStat("event_time", "10");
    user(1, "note", "a");
    user(2, "note", "b");
    assertThat(all.next()).isEqualTo("note a");
    assertThat(all.next()).isEqualTo("note b");
    agent.killConnections();
    awaitLog(WARNING, "the event stream was interrupted");
    user(1, "note", "a");
    user(2, "note", "b");
    user(3, "note", "c");
    assertThat(all.next()).isEqualTo("note c");
    awaitLog(INFO, "user event note came again");
    awaitStatus("duplicates", 2);
    awaitStatus("gaps", 1);
    awaitStatus("userEvents", 3);
  }

  @Test
  void takesEventsOfAClusterThatBeganAnewForNewOnes() throws InterruptedException {
    user(1, "note", "a");
    assertThat(all.next()).isEqualTo("note a");
    agent.serfStat("event_time", "1");
    agent.stop();
    agent.restart();
    awaitLog(WARNING, "the event stream was interrupted");
    user(1, "note", "a");
    assertThat(all.next()).isEqualTo("note a");
    awaitStatus("duplicates", 0);
  }

  @Test
  void countsMissingLamportTimes() throws InterruptedException {
    user(1, "note", "a");
    user(5, "note", "b");
    user(3, "note", "late");
    assertThat(List.of(all.next(), all.next(), all.next()))
        .containsExactly("note a", "note b", "note late");
    awaitStatus("missed", 2);
    awaitStatus("gaps", 1);
  }

  @Test
  void dropsTheOldestEventsOfASlowHandlerAndOfNoOther() throws InterruptedException, IOException {
    user(1, "hold", "first");
    web.awaitHeld();
    all.awaitHeld();
    all.release.countDown();
    assertThat(all.next()).isEqualTo("held first");
    for (int i = 2; i <= 300; i++) {
      user(i, "note", "" + i);
      assertThat(all.next()).isEqualTo("note " + i);
    }
    awaitLog(WARNING, "web is too slow: 256 events");
    awaitWeb("dropped", 43);
    assertThat(handler(0).get("state")).isEqualTo("running");
    assertThat(handler(0).get("waiting")).isEqualTo(256);
    web.release.countDown();
    assertThat(web.next()).isEqualTo("held first");
    assertThat(web.next()).isEqualTo("note 45");
    awaitLog(INFO, "web has caught up; 43 events");
  }

  @Test
  void runsTheOthersWhileOneIsStuckAndStops() throws InterruptedException {
    rig.close();
    // Else it is that one whose stream is found below.
    Awaitility.await("no stream").until(() -> agent.streams().isEmpty());
    rig =
        rig(
            new ResidentSettings(
                Duration.ofMillis(20), Duration.ofMillis(1), 8, 1024, Duration.ofMillis(1)));
    assertThat(all.next()).isEqualTo("join fake");
    assertThat(web.next()).isEqualTo("join fake");
    agent.awaitStream("stream");
    all.release.countDown();
    user(1, "stuck", "");
    assertThat(web.next()).isEqualTo("interrupted");
    awaitLog(System.Logger.Level.ERROR, "web is stuck");
    awaitWeb("state", "stuck");
    assertThat(all.next()).isEqualTo("free");
    user(2, "note", "on");
    assertThat(all.next()).isEqualTo("note on");
    rig.close();
    assertThat(web.rest()).doesNotContain("free");
    assertThat(rig.log.lines(WARNING)).anyMatch(l -> l.contains("though a handler still runs"));
  }

  @Test
  void tellsMembersAfterTheFilesAreWritten() throws InterruptedException, IOException {
    agent.members(SELF, FakeMember.named("other").withTag("svc", "p/web:81"));
    assertThat(web.next()).isEqualTo("join other");
    assertThat(Files.readString(conf.resolve("services.json"))).contains("other");
  }

  @Test
  void goesOnWithFilesWhereTheStreamIsRefused() throws InterruptedException {
    agent.on("stream", x -> x.error("Invalid event filter"));
    agent.killConnections();
    awaitLog(WARNING, "no user events and queries meanwhile");
    agent.members(SELF, FakeMember.named("other"));
    assertThat(web.next()).isEqualTo("join other");
    agent.reset("stream");
    awaitLog(WARNING, "the event stream was interrupted");
    user(1, "note", "again");
    assertThat(web.next()).isEqualTo("note again");
  }

  @Test
  void tellsNobodyOfMembersAgainAfterAReconnection() throws InterruptedException {
    agent.stop();
    agent.restart();
    awaitLog(WARNING, "the event stream was interrupted");
    user(1, "note", "end");
    assertThat(web.next()).isEqualTo("note end");
  }

  @Test
  void leavesTheStreamAtTheStop() {
    rig.close();
    assertThat(agent.requests("stop")).hasSizeGreaterThanOrEqualTo(1);
    Awaitility.await("no connection").until(() -> agent.connected() == 0);
    assertThat(rig.log.lines(WARNING)).isEmpty();
  }
}
