package io.github.serfhandler.resident;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.SerfConnectionException;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.client.StreamGap;
import io.github.serfhandler.client.UnknownEvent;
import io.github.serfhandler.client.UserEvent;
import io.github.serfhandler.testing.RecordingLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private static final StreamGap RECONNECTED = new StreamGap(StreamGap.Reason.RECONNECTED, -1);

  private final Counters counters = new Counters();
  private final RecordingLog log = new RecordingLog();
  private final List<SerfEvent> taken = new ArrayList<>();
  private long agentsTime = Long.MAX_VALUE;
  private int asked;
  private boolean away;
  private boolean alone;
  private final Intake intake =
      new Intake(this::agentsTime, () -> alone, taken::add, counters, log);

  private long agentsTime() {
    asked++;
    if (away) {
      throw new SerfConnectionException("away", true, null);
    }
    return agentsTime;
  }

  private static UserEvent user(long ltime) {
    return new UserEvent(ltime, "deploy", Payload.ofText("x"), false);
  }

  private static QueryEvent query(int connection, long id) {
    return new QueryEvent(connection, id, 5, "load", Payload.EMPTY);
  }

  @BeforeEach
  void open() {
    intake.opened();
  }

  @Test
  void handsOnWhatIsNew() {
    intake.accept(user(1));
    intake.accept(user(2));
    intake.accept(query(1, 1));
    assertThat(taken).containsExactly(user(1), user(2), query(1, 1));
    assertThat(counters.userEvents).hasValue(2);
    assertThat(counters.queries).hasValue(1);
    assertThat(asked).isZero();
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void knowsWhatComesAgainAfterAReconnection() {
    intake.accept(user(1));
    intake.accept(user(2));
    intake.accept(RECONNECTED);
    intake.accept(user(1));
    intake.accept(user(2));
    intake.accept(user(3));
    assertThat(taken).containsExactly(user(1), user(2), user(3));
    assertThat(counters.duplicates).hasValue(2);
    assertThat(counters.gaps).hasValue(1);
    assertThat(asked).as("once a connection").isEqualTo(1);
    assertThat(log.lines(WARNING)).hasSize(1);
    assertThat(log.lines(INFO)).hasSize(2);
  }

  @Test
  void takesTheSameTimeForANewEventWhereTheClusterBeganAnew() {
    intake.accept(user(1));
    intake.accept(user(2));
    intake.accept(RECONNECTED);
    agentsTime = 2;
    intake.accept(user(1));
    agentsTime = 3;
    intake.accept(user(2));
    assertThat(taken).containsExactly(user(1), user(2), user(1), user(2));
    assertThat(counters.duplicates).hasValue(0);
    // And from now on it is known again.
    intake.accept(user(3));
    intake.accept(RECONNECTED);
    agentsTime = 4;
    intake.accept(user(2));
    intake.accept(user(3));
    assertThat(taken).hasSize(5);
    assertThat(counters.duplicates).hasValue(2);
  }

  @Test
  void takesTheNewestForANewEventWhereNobodyCouldTellItAgain() {
    alone = true;
    intake.accept(user(1));
    intake.accept(RECONNECTED);
    agentsTime = 2;
    intake.accept(user(1));
    assertThat(taken).hasSize(2);
    intake.accept(RECONNECTED);
    agentsTime = 3;
    intake.accept(user(1));
    assertThat(counters.duplicates).hasValue(1);
  }

  @Test
  void takesTheNewestForADuplicateWhereAnotherNodeCouldTellItAgain() {
    intake.accept(user(1));
    alone = true;
    intake.accept(RECONNECTED);
    agentsTime = 2;
    intake.accept(user(1));
    assertThat(taken).hasSize(1);
    assertThat(counters.duplicates).hasValue(1);
  }

  @Test
  void takesWhatComesAgainForADuplicateWhereTheAgentTellsNoTime() {
    alone = true;
    intake.accept(user(1));
    intake.accept(RECONNECTED);
    agentsTime = 0;
    intake.accept(user(1));
    assertThat(counters.duplicates).hasValue(1);
  }

  @Test
  void takesWhatComesAgainForADuplicateWhereTheAgentCanNotBeAsked() {
    intake.accept(user(1));
    intake.accept(RECONNECTED);
    away = true;
    intake.accept(user(1));
    assertThat(taken).hasSize(1);
    assertThat(counters.duplicates).hasValue(1);
  }

  @Test
  void answersTwoWhoAskTheSameAtTheSameTime() {
    intake.accept(query(1, 1));
    intake.accept(query(1, 2));
    assertThat(taken).hasSize(2);
    intake.accept(RECONNECTED);
    intake.accept(query(2, 1));
    assertThat(taken).hasSize(2);
    assertThat(counters.duplicates).hasValue(1);
  }

  @Test
  void countsMissingTimesUntilTheyCome() {
    intake.accept(user(1));
    intake.accept(user(4));
    assertThat(counters.gaps).hasValue(1);
    assertThat(counters.missed).hasValue(2);
    intake.accept(user(2));
    assertThat(counters.gaps).hasValue(1);
    assertThat(counters.missed).hasValue(1);
    assertThat(log.lines(WARNING)).isEmpty();
  }

  @Test
  void countsALeapAsAGapOfUnknownSize() {
    intake.accept(user(1));
    intake.accept(user(-1));
    assertThat(counters.gaps).hasValue(1);
    assertThat(counters.missed).hasValue(0);
  }

  @Test
  void doesNotCountTimesFromOneConnectionToTheNext() {
    intake.accept(user(1));
    intake.accept(RECONNECTED);
    intake.accept(user(100));
    assertThat(counters.missed).hasValue(0);
    assertThat(counters.gaps).hasValue(1);
  }

  @Test
  void countsTheEventsOfAnOverflow() {
    intake.accept(user(1));
    intake.accept(new StreamGap(StreamGap.Reason.OVERFLOW, 7));
    intake.accept(user(9));
    assertThat(counters.gaps).hasValue(1);
    assertThat(counters.missed).hasValue(7);
    assertThat(log.lines(WARNING)).singleElement().asString().contains("7 user events and queries");
  }

  @Test
  void countsAnotherStreamAsAnInterruption() {
    intake.opened();
    assertThat(counters.gaps).hasValue(1);
    assertThat(log.lines(WARNING)).hasSize(1);
  }

  @Test
  void countsWhatItDoesNotKnow() {
    intake.accept(new UnknownEvent("member-dream"));
    assertThat(counters.unknown).hasValue(1);
    assertThat(taken).isEmpty();
  }
}
