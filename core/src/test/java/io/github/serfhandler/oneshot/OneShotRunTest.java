package io.github.serfhandler.oneshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.client.UserEvent;
import io.github.serfhandler.handler.AnswerLimit;
import io.github.serfhandler.handler.CallResult;
import io.github.serfhandler.handler.Handler;
import io.github.serfhandler.handler.LocalNode;
import io.github.serfhandler.handler.Outcome;
import io.github.serfhandler.handler.Reaction;
import io.github.serfhandler.handler.SerfHandlerProxy;
import io.github.serfhandler.handler.StubNode;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OneShotRunTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final QueryEvent QUERY = new QueryEvent(0, 0, 1, "load", Payload.EMPTY);
  private static final UserEvent USER = new UserEvent(1, "deploy", Payload.EMPTY, false);
  private static final MemberEvent JOIN = new MemberEvent(MemberEvent.Type.JOIN, List.of());

  private final StubNode node = new StubNode("web");
  private final SerfHandlerProxy proxy = new SerfHandlerProxy();
  private final AtomicBoolean released = new AtomicBoolean();
  private AnswerLimit limit = new AnswerLimit(1024, "node1");

  /** What a handler does. */
  private interface Body {
    Reaction handle() throws Exception;
  }

  private record Lambda(String name, boolean tellsAskers, Body body, Optional<Duration> timeout)
      implements Handler {
    Lambda(String name, boolean tellsAskers, Body body) {
      this(name, tellsAskers, body, Optional.empty());
    }

    @Override
    public Reaction handle(SerfEvent event, LocalNode where) throws Exception {
      return body.handle();
    }
  }

  @AfterEach
  void release() {
    released.set(true);
  }

  private void register(String name, Body body) {
    proxy.register("web", new Lambda(name, true, body));
  }

  private void registerScript(String name, Body body) {
    proxy.register("web", new Lambda(name, false, body));
  }

  private static Reaction fail() {
    throw new IllegalStateException("bug");
  }

  private static Reaction hang() throws InterruptedException {
    new CountDownLatch(1).await();
    return Reaction.HANDLED;
  }

  /** Takes no notice of an interrupt. */
  private Reaction hold() {
    while (!released.get()) {
      LockSupport.parkNanos(1_000_000);
    }
    return Reaction.HANDLED;
  }

  private static Body answers(String text) {
    return () -> Reaction.answer(Payload.ofText(text));
  }

  private Report run(SerfEvent event, Duration timeout, Duration grace)
      throws InterruptedException {
    return new OneShotRun(proxy, timeout, grace, limit).run(event, node);
  }

  private Report run(SerfEvent event) throws InterruptedException {
    return run(event, LONG, LONG);
  }

  private static List<Outcome> outcomes(Report report) {
    return report.results().stream().map(CallResult::outcome).toList();
  }

  @Test
  void runsEachHandlerWhateverBecomesOfTheOthers() throws Exception {
    register("broken", OneShotRunTest::fail);
    register("other", () -> Reaction.NOT_HANDLED);
    register("good", () -> Reaction.HANDLED);
    Report report = run(USER);
    assertThat(outcomes(report))
        .containsExactly(Outcome.FAILED, Outcome.NOT_HANDLED, Outcome.HANDLED);
    assertThat(report.endsAsFailed()).isTrue();
    assertThat(report.level()).isEqualTo(Level.WARNING);
    assertThat(report.summary())
        .matches(
            "user event deploy: broken failed after \\d+ ms: IllegalStateException: bug; good"
                + " handled in \\d+ ms");
  }

  @Test
  void interruptsAHandlerThatTakesTooLong() throws Exception {
    register("slow", OneShotRunTest::hang);
    register("good", () -> Reaction.HANDLED);
    Report report = run(USER, SHORT, LONG);
    assertThat(outcomes(report)).containsExactly(Outcome.TIMED_OUT, Outcome.HANDLED);
    assertThat(report.endsAsFailed()).isTrue();
    assertThat(report.summary()).contains("slow timed out after ");
  }

  @Test
  void leavesAHandlerBehindThatDoesNotReactToTheInterrupt() throws Exception {
    // For this one alone: on a slow machine the other one could take too long as well.
    proxy.register("web", new Lambda("stubborn", true, this::hold, Optional.of(SHORT)));
    register("good", () -> Reaction.HANDLED);
    Report report = run(USER, LONG, SHORT);
    assertThat(outcomes(report)).containsExactly(Outcome.TIMED_OUT, Outcome.HANDLED);
    assertThat(report.summary()).contains("stubborn timed out after ", "left behind");
  }

  @Test
  void givesTheFirstAnswerAndRunsTheOthersAllTheSame() throws Exception {
    register("silent", () -> Reaction.HANDLED);
    register("empty", answers(""));
    register("first", answers("1"));
    register("second", answers("2"));
    Report report = run(QUERY);
    assertThat(report.answer()).isEqualTo(Payload.ofText("1"));
    assertThat(report.results()).hasSize(4);
    assertThat(report.summary()).startsWith("query load: silent handled").endsWith("1 bytes");
  }

  @Test
  void answersInSpiteOfAnotherHandlersFailure() throws Exception {
    register("broken", OneShotRunTest::fail);
    register("good", answers("1"));
    Report report = run(QUERY);
    assertThat(report.answer()).isEqualTo(Payload.ofText("1"));
    assertThat(report.failed()).isTrue();
    assertThat(report.endsAsFailed()).as("Serf would drop the answer").isFalse();
  }

  @Test
  void tellsTheAskerOfAFailure() throws Exception {
    register("broken", OneShotRunTest::fail);
    Report report = run(QUERY);
    assertThat(report.answer().text()).isEqualTo("error: load failed on node1; its log says why");
    assertThat(report.endsAsFailed()).isFalse();
  }

  @Test
  void tellsTheAskerOfATimeout() throws Exception {
    register("slow", OneShotRunTest::hang);
    assertThat(run(QUERY, SHORT, LONG).answer().text()).startsWith("error: load failed on node1");
  }

  @Test
  void keepsSilentAboutAScriptsFailureAsSerfDoes() throws Exception {
    registerScript("script", OneShotRunTest::fail);
    Report report = run(QUERY);
    assertThat(report.answer()).isEqualTo(Payload.EMPTY);
    assertThat(report.endsAsFailed()).isTrue();
  }

  @Test
  void answersNothingWhereNobodyKnowsTheQuery() throws Exception {
    register("other", () -> Reaction.NOT_HANDLED);
    Report report = run(QUERY);
    assertThat(report.answer()).isEqualTo(Payload.EMPTY);
    assertThat(report.endsAsFailed()).isFalse();
    assertThat(report.level()).isEqualTo(Level.INFO);
    assertThat(report.summary()).isEqualTo("query load: event not handled by other");
  }

  @Test
  void tellsNoHandlerFromAnEventThatIsNotHandled() throws Exception {
    Report report = run(USER);
    assertThat(report.results()).isEmpty();
    assertThat(report.failed()).isFalse();
    assertThat(report.summary()).isEqualTo("user event deploy: no handler for role web");
  }

  @Test
  void ranksAMemberEventThatNobodyHandlesLower() throws Exception {
    register("other", () -> Reaction.NOT_HANDLED);
    assertThat(run(JOIN).level()).isEqualTo(Level.DEBUG);
    assertThat(run(USER).level()).isEqualTo(Level.INFO);
  }

  @Test
  void answersNothingToAnEventThatIsNoQuery() throws Exception {
    register("chatty", answers("1"));
    assertThat(run(USER).answer()).isEqualTo(Payload.EMPTY);
  }

  @Test
  void answersAShortErrorInPlaceOfAnAnswerThatIsTooLong() throws Exception {
    register("wordy", answers("x".repeat(971)));
    Report report = run(QUERY);
    assertThat(report.answer().text())
        .isEqualTo("error: the answer of 971 bytes is longer than the 970 that Serf takes");
    assertThat(report.warnings()).hasSize(1);
  }

  @Test
  void answersNoMoreThanSerfKeepsOfAProcess() throws Exception {
    limit = new AnswerLimit(65_536, "node1");
    register("wordy", answers("x".repeat(8193)));
    assertThat(run(QUERY).answer().text()).startsWith("error: the answer of 8193 bytes");
  }

  @Test
  void showsAHandlerTheClassesBesideIt() throws Exception {
    Handler[] self = new Handler[1];
    self[0] =
        new Lambda(
            "loader",
            true,
            () ->
                Thread.currentThread().getContextClassLoader()
                        == self[0].getClass().getClassLoader()
                    ? Reaction.HANDLED
                    : fail());
    proxy.register("web", self[0]);
    assertThat(outcomes(run(USER))).containsExactly(Outcome.HANDLED);
  }

  @Test
  void runsTheNextHandlerThoughOneCanNotTellOfItself() throws InterruptedException {
    proxy.register("web", new Unspeakable());
    register("b", answers("b"));

    Report report = run(QUERY, LONG, LONG);

    assertThat(report.answer().text()).isEqualTo("b");
    assertThat(report.results()).hasSize(2);
  }

  @Test
  void takesTheLongestDurationForAYear() throws InterruptedException {
    proxy.register("web", new Patient());

    assertThat(run(QUERY, LONG, LONG).answer().text()).isEqualTo("patient");
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

  private static final class Patient implements Handler {
    @Override
    public String name() {
      return "patient";
    }

    @Override
    public Optional<Duration> timeout() {
      return Optional.of(Duration.ofSeconds(Long.MAX_VALUE));
    }

    @Override
    public Reaction handle(SerfEvent event, LocalNode where) {
      return Reaction.answer(Payload.ofText("patient"));
    }
  }
}
