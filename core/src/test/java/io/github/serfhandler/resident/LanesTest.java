package io.github.serfhandler.resident;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.catalog.Fixtures;
import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.catalog.View;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.client.UserEvent;
import io.github.serfhandler.discovery.Interest;
import io.github.serfhandler.discovery.PassResult;
import io.github.serfhandler.handler.Handler;
import io.github.serfhandler.handler.LocalNode;
import io.github.serfhandler.handler.Reaction;
import io.github.serfhandler.handler.SerfHandlerProxy;
import io.github.serfhandler.testing.RecordingLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lanes on real threads; every wait is for something that happens. */
@Timeout(60)
class LanesTest {
  private static final Duration EVER = Duration.ofHours(1);
  private static final Duration SOON = Duration.ofMillis(1);

  private final RecordingLog log = new RecordingLog();
  private final Counters counters = new Counters();
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final Probe web = new Probe("web");
  private final Probe db = new Probe("db");
  private final Probe all = new Probe("all");

  private static ResidentSettings settings(Duration timeout, int queue) {
    return new ResidentSettings(timeout, SOON, queue, 1024, Duration.ZERO);
  }

  private final ResidentNode node =
      new ResidentNode(
          Path.of("conf"),
          new Interest(Optional.empty(), List.of()),
          Rig.replica(Path.of("conf")),
          log);

  private Lanes lanes = lanes(settings(EVER, 4));

  private Lanes lanes(ResidentSettings settings) {
    SerfHandlerProxy proxy =
        new SerfHandlerProxy()
            .register("web", web)
            .register("db", db)
            .register(SerfHandlerProxy.DEFAULT, all);
    return new Lanes(proxy, settings, node, counters, log);
  }

  @AfterEach
  void release() {
    for (Probe probe : List.of(web, db, all)) {
      probe.release.countDown();
    }
    lanes.close();
  }

  private static Member member(String name, String... tags) {
    return Fixtures.member(name, MemberStatus.ALIVE, tags);
  }

  private void passed(Member... members) {
    PassResult result =
        new PassResult(
            "self",
            List.of(members),
            Snapshot.of(View.EMPTY),
            List.of(),
            List.of(),
            0,
            List.of(),
            List.of(),
            Optional.empty());
    node.passed(result);
    lanes.passed(result);
  }

  /** Members, and the first tellings of them taken. */
  private void begin(String role) throws InterruptedException {
    passed(member("self", "role=" + role));
    for (Probe probe : role.isEmpty() ? List.of(all) : probes(role)) {
      assertThat(probe.next()).isEqualTo("join self");
    }
  }

  private List<Probe> probes(String role) {
    List<Probe> probes = new ArrayList<>(List.of(all));
    if (role.contains("web")) {
      probes.add(web);
    }
    if (role.contains("db")) {
      probes.add(db);
    }
    return probes;
  }

  private void event(String name, String payload) {
    deliver(new UserEvent(1, name, Payload.ofText(payload), false));
  }

  private void query(String name, String payload) {
    deliver(new QueryEvent(1, 1, 1, name, Payload.ofText(payload)));
  }

  private void deliver(SerfEvent event) {
    lanes.deliver(event, (query, answer, from) -> answers.add(from + " " + answer.text()));
  }

  private String answer() throws InterruptedException {
    String answer = answers.poll(30, TimeUnit.SECONDS);
    return answer == null ? "no answer" : answer;
  }

  private LaneStatus status(String name) {
    return lanes.statuses().stream()
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no lane " + name));
  }

  private void awaitStatus(String name, LaneStatus.State state) {
    Awaitility.await(name + " is " + state).until(() -> status(name).state() == state);
  }

  @Test
  void tellsAllMembersAtTheStartAsOneJoin() throws InterruptedException {
    passed(
        member("n2"),
        member("n10"),
        member("self", "role=web"),
        Fixtures.member("gone", MemberStatus.FAILED));
    assertThat(web.next()).isEqualTo("join n2,n10,self");
    assertThat(all.next()).isEqualTo("join n2,n10,self");
    event("note", "end");
    assertThat(web.next()).isEqualTo("note end");
    assertThat(db.rest()).isEmpty();
  }

  @Test
  void tellsNothingWhereNothingChanged() throws InterruptedException {
    begin("");
    passed(member("self", "role="));
    event("note", "end");
    assertThat(all.next()).isEqualTo("note end");
    // The join of the start and this one.
    Awaitility.await("two calls").until(() -> status("all").handled() >= 2);
    assertThat(status("all").handled()).isEqualTo(2);
  }

  @Test
  void tellsAHandlerThatWasBusyTheDifferenceAlone() throws InterruptedException {
    begin("");
    event("hold", "1");
    all.awaitHeld();
    passed(member("self"), member("a"), member("flap"));
    passed(member("self"), member("a", "t=1"), member("b"));
    passed(
        member("self"), member("a", "t=2"), member("b"), Fixtures.member("c", MemberStatus.LEFT));
    all.release.countDown();
    assertThat(all.next()).isEqualTo("held 1");
    assertThat(all.next()).isEqualTo("join a,b");
    // The tag role= of the start is gone.
    assertThat(all.next()).isEqualTo("update self");
    event("note", "end");
    assertThat(all.next()).isEqualTo("note end");
  }

  @Test
  void letsMembersAndEventsTakeTurns() throws InterruptedException {
    begin("");
    event("hold", "1");
    all.awaitHeld();
    event("note", "2");
    event("note", "3");
    passed(member("self", "t=1"), member("a"));
    all.release.countDown();
    assertThat(List.of(all.next(), all.next(), all.next(), all.next(), all.next()))
        .containsExactly("held 1", "join a", "note 2", "update self", "note 3");
  }

  @Test
  void runsHandlersAtTheSameTimeAndEachOneCallAfterTheOther() throws InterruptedException {
    begin("web:db");
    event("hold", "1");
    for (Probe probe : List.of(web, db, all)) {
      probe.awaitHeld();
    }
    event("note", "2");
    event("note", "3");
    for (Probe probe : List.of(db, all, web)) {
      assertThat(probe.rest()).isEmpty();
      probe.release.countDown();
      assertThat(List.of(probe.next(), probe.next(), probe.next()))
          .containsExactly("held 1", "note 2", "note 3");
    }
  }

  @Test
  void dropsTheOldestWhereTooManyWait() throws InterruptedException {
    begin("");
    event("hold", "1");
    all.awaitHeld();
    for (int i = 2; i <= 8; i++) {
      event("note", "" + i);
    }
    assertThat(status("all").waiting()).isEqualTo(4);
    assertThat(status("all").dropped()).isEqualTo(3);
    assertThat(log.lines(WARNING)).singleElement().asString().contains("all is too slow: 4 events");
    all.release.countDown();
    assertThat(List.of(all.next(), all.next(), all.next(), all.next(), all.next()))
        .containsExactly("held 1", "note 5", "note 6", "note 7", "note 8");
    Awaitility.await("the end of the overflow")
        .untilAsserted(
            () ->
                assertThat(log.lines(INFO))
                    .filteredOn(line -> line.contains("caught up"))
                    .singleElement()
                    .asString()
                    .contains("all has caught up; 3 events"));
    assertThat(log.lines(INFO)).anyMatch(line -> line.contains("user event note: all handled in"));
  }

  @Test
  void givesNoPlaceToWhatAHandlerHasNothingFor() throws InterruptedException {
    begin("");
    event("hold", "1");
    all.awaitHeld();
    event("note", "2");
    for (int i = 0; i < 20; i++) {
      event("foreign", "" + i);
      query("foreign", "" + i);
    }
    assertThat(status("all").waiting()).isEqualTo(1);
    assertThat(status("all").dropped()).isZero();
    assertThat(status("all").notHandled()).isEqualTo(40);
    all.release.countDown();
    assertThat(List.of(all.next(), all.next())).containsExactly("held 1", "note 2");
  }

  @Test
  void answersAQueryThatWasDropped() throws InterruptedException {
    begin("");
    event("hold", "1");
    all.awaitHeld();
    query("echo", "dropped");
    for (int i = 0; i < 4; i++) {
      event("note", "" + i);
    }
    assertThat(answer()).isEqualTo("all error: busy");
  }

  @Test
  void leavesADroppedQueryToAnotherHandlerThatAnswers() throws InterruptedException {
    begin("web");
    event("hold", "1");
    web.awaitHeld();
    all.awaitHeld();
    all.release.countDown();
    assertThat(all.next()).isEqualTo("held 1");
    query("name", "");
    assertThat(answer()).isEqualTo("all all");
    for (int i = 0; i < 4; i++) {
      event("note", "" + i);
    }
    assertThat(status("web").dropped()).isEqualTo(1);
    assertThat(answers).isEmpty();
  }

  @Test
  void sendsTheFirstAnswerAlone() throws InterruptedException {
    begin("web");
    query("hold", "x");
    web.awaitHeld();
    all.awaitHeld();
    all.release.countDown();
    assertThat(answer()).isEqualTo("all x");
    web.release.countDown();
    event("note", "end");
    assertThat(web.next()).isEqualTo("note end");
    assertThat(answers).isEmpty();
    Awaitility.await("counted").until(() -> status("all").answers() == 1);
    assertThat(status("web").answers()).isZero();
  }

  @Test
  void tellsTheAskerOfAFailure() throws InterruptedException {
    begin("");
    query("throw", "");
    assertThat(answer()).isEqualTo("all error: throw failed on self; its log says why");
    assertThat(log.lines(WARNING))
        .singleElement()
        .asString()
        .contains("query throw: all failed after", "IllegalStateException: a bug");
  }

  @Test
  void answersNothingWhereAHandlerAnswersNothing() throws InterruptedException {
    begin("");
    query("none", "");
    query("echo", "");
    event("note", "end");
    assertThat(all.next()).isEqualTo("note end");
    assertThat(answers).isEmpty();
    Awaitility.await("join and three more").until(() -> status("all").handled() == 4);
  }

  @ParameterizedTest
  @CsvSource({
    "throw, IllegalStateException: a bug, 1",
    "fail, no such host, 0",
    "error, OutOfMemoryError: as if, 1"
  })
  void goesOnAfterAFailure(String event, String reason, int traces) throws InterruptedException {
    begin("");
    event(event, "");
    event("note", "end");
    assertThat(all.next()).isEqualTo("note end");
    assertThat(status("all").failed()).isEqualTo(1);
    assertThat(status("all").lastFailure()).isEqualTo(reason);
    assertThat(log.lines(WARNING)).singleElement().asString().endsWith(": " + reason);
    assertThat(log.lines(DEBUG)).filteredOn(l -> l.startsWith("DEBUG  java.lang")).hasSize(traces);
  }

  @Test
  void countsAnEventThatNobodyKnows() throws InterruptedException {
    begin("web");
    event("dream", "");
    Awaitility.await("told")
        .untilAsserted(
            () ->
                assertThat(log.lines(INFO))
                    .containsExactly("INFO user event dream: event not handled"));
    assertThat(counters.notHandled).hasValue(1);
    assertThat(counters.noHandler).hasValue(0);
  }

  @Test
  void countsAnEventWithoutAHandler() {
    lanes.close();
    SerfHandlerProxy proxy = new SerfHandlerProxy().register("web", web);
    lanes = new Lanes(proxy, settings(EVER, 4), node, counters, log);
    passed(member("self", "role=cache"));
    event("note", "");
    assertThat(counters.noHandler).hasValue(1);
    assertThat(log.lines(INFO)).containsExactly("INFO user event note: no handler for role cache");
    assertThat(lanes.statuses()).isEmpty();
  }

  @Test
  void tellsAHandlerWhoseRoleComesAllMembersAndForgetsOneWhoseRoleGoes()
      throws InterruptedException {
    begin("web");
    passed(member("self", "role=db"), member("a"));
    assertThat(db.next()).isEqualTo("join a,self");
    event("note", "1");
    assertThat(db.next()).isEqualTo("note 1");
    // The call of web, whose note has been taken, may still be about to end.
    Awaitility.await("web is gone")
        .untilAsserted(
            () ->
                assertThat(lanes.statuses())
                    .extracting(LaneStatus::name)
                    .containsExactly("db", "all"));
    passed(member("self", "role=web"), member("b"));
    assertThat(web.next()).isEqualTo("join b,self");
    assertThat(db.rest()).isEmpty();
  }

  @Test
  void neverCallsAHandlerTwiceAtOnceThoughItsRoleGoesAndComes() throws InterruptedException {
    begin("web");
    event("hold", "1");
    web.awaitHeld();
    event("note", "lost with the role");
    passed(member("self", "role="));
    assertThat(status("web").state()).isEqualTo(LaneStatus.State.RUNNING);
    passed(member("self", "role=web"));
    event("note", "2");
    assertThat(web.rest()).isEmpty();
    web.release.countDown();
    assertThat(List.of(web.next(), web.next(), web.next()))
        .containsExactly("held 1", "join self", "note 2");
  }

  @Test
  void interruptsACallThatTakesTooLong() throws InterruptedException {
    lanes.close();
    lanes = lanes(settings(SOON, 4));
    begin("");
    event("hold", "for ever");
    event("note", "end");
    assertThat(all.next()).isEqualTo("note end");
    assertThat(status("all").timedOut()).isEqualTo(1);
    assertThat(log.lines(WARNING))
        .anyMatch(line -> line.contains("takes longer than 1 ms"))
        .anyMatch(line -> line.contains("user event hold: all timed out"));
  }

  @Test
  void tellsThatAHandlerIsStuckAndRunsTheOthers() throws InterruptedException {
    begin("web");
    all.release.countDown();
    // For this call alone: on a slow machine every other one could take too long as well.
    web.timeout = Optional.of(SOON);
    event("stuck", "");
    web.awaitHeld();
    assertThat(web.next()).isEqualTo("interrupted");
    web.timeout = Optional.empty();
    awaitStatus("web", LaneStatus.State.STUCK);
    Awaitility.await("told").until(() -> log.lines(ERROR).size() == 1);
    assertThat(log.lines(ERROR).get(0)).contains("web is stuck", "user event stuck");
    assertThat(all.next()).isEqualTo("free");
    event("note", "2");
    assertThat(all.next()).isEqualTo("note 2");
    assertThat(status("web").waiting()).isEqualTo(1);
    web.release.countDown();
    assertThat(web.next()).isEqualTo("free");
    assertThat(web.next()).isEqualTo("note 2");
    assertThat(log.lines(INFO)).contains("INFO web is not stuck any more");
  }

  @Test
  void leavesAStuckHandlerBehindAtTheStop() throws InterruptedException {
    begin("");
    event("stuck", "");
    all.awaitHeld();
    event("note", "lost");
    event("note", "lost, too");
    lanes.close();
    assertThat(all.next()).isEqualTo("interrupted");
    assertThat(log.lines(WARNING))
        .containsExactly(
            "WARNING 2 events that waited for a handler are lost by the stop",
            "WARNING stopping though a handler still runs");
    assertThat(all.rest()).isEmpty();
  }

  @Test
  void letsACallUnderWayEndAtTheStop() throws InterruptedException {
    lanes.close();
    lanes = lanes(new ResidentSettings(EVER, EVER, 4, 1024, EVER));
    begin("");
    query("hold", "last words");
    all.awaitHeld();
    Thread stop = new Thread(lanes::close);
    stop.start();
    // The lane takes nothing more from some moment on.
    Awaitility.await("the stop").until(() -> stop.getState() == Thread.State.TIMED_WAITING);
    all.release.countDown();
    stop.join();
    assertThat(answer()).isEqualTo("all last words");
    assertThat(log.lines(WARNING)).isEmpty();
  }

  @Test
  void keepsTheLaneOfAHandlerThatCanNotTellOfItself() throws InterruptedException {
    SerfHandlerProxy proxy = new SerfHandlerProxy().register("web", new Unspeakable());
    lanes.close();
    lanes = new Lanes(proxy, settings(EVER, 4), node, counters, log);
    passed(member("self", "role=web"));

    query("first", "");
    assertThat(answer()).endsWith("error: first failed on self; its log says why");
    query("second", "");
    assertThat(answer()).endsWith("error: second failed on self; its log says why");
  }

  /** Whose every word about itself is a bug. */
  private static final class Unspeakable implements Handler {
    @Override
    public String name() {
      throw new IllegalStateException("no name");
    }

    @Override
    public Optional<Duration> timeout() {
      throw new IllegalStateException("no timeout");
    }

    @Override
    public boolean tellsAskers() {
      throw new IllegalStateException("tells nobody");
    }

    @Override
    public Reaction handle(SerfEvent event, LocalNode where) {
      throw new IllegalStateException("a bug");
    }
  }
}
