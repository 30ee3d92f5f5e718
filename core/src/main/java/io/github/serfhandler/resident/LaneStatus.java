package io.github.serfhandler.resident;

import io.github.serfhandler.handler.CallResult;
import io.github.serfhandler.handler.Messages;
import io.github.serfhandler.handler.Outcome;
import java.time.Duration;

/**
 * Immutable: what is known of one handler.
 *
 * @param name its name
 * @param state what it does
 * @param running for how long its call is under way; zero where none is
 * @param waiting how many user events and queries wait for it
 * @param handled calls that did their work
 * @param notHandled calls with an event that it does not know
 * @param failed calls that failed
 * @param timedOut calls that ended because they were interrupted
 * @param dropped user events and queries that did not reach it because too many waited
 * @param answers answers of it that the agent took
 * @param lastDuration how long its last call took
 * @param lastOutcome how that ended; empty before the first
 * @param lastFailure why one failed last, in one line; empty where none did
 */
record LaneStatus(
    String name,
    State state,
    Duration running,
    int waiting,
    long handled,
    long notHandled,
    long failed,
    long timedOut,
    long dropped,
    long answers,
    Duration lastDuration,
    String lastOutcome,
    String lastFailure) {
  private static final int LONGEST_FAILURE = 300;

  /** What a handler does. */
  enum State {
    IDLE,
    RUNNING,
    /** It goes on though it was interrupted. */
    STUCK
  }

  /** A handler that has done nothing yet. */
  static LaneStatus of(String name) {
    return new LaneStatus(
        name, State.IDLE, Duration.ZERO, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO, "", "");
  }

  LaneStatus now(State next, Duration since, int queued) {
    return new LaneStatus(
        name,
        next,
        since,
        queued,
        handled,
        notHandled,
        failed,
        timedOut,
        dropped,
        answers,
        lastDuration,
        lastOutcome,
        lastFailure);
  }

  LaneStatus after(CallResult result) {
    Outcome outcome = result.outcome();
    return new LaneStatus(
        name,
        state,
        running,
        waiting,
        handled + (outcome == Outcome.HANDLED ? 1 : 0),
        notHandled + (outcome == Outcome.NOT_HANDLED ? 1 : 0),
        failed + (outcome == Outcome.FAILED ? 1 : 0),
        timedOut + (outcome == Outcome.TIMED_OUT ? 1 : 0),
        dropped,
        answers,
        result.duration(),
        outcome.words(),
        result.failure().isPresent() ? line(Messages.of(result.failure().get())) : lastFailure);
  }

  LaneStatus withDropped() {
    return counted(dropped + 1, answers);
  }

  LaneStatus withAnswer() {
    return counted(dropped, answers + 1);
  }

  private LaneStatus counted(long nowDropped, long nowAnswers) {
    return new LaneStatus(
        name,
        state,
        running,
        waiting,
        handled,
        notHandled,
        failed,
        timedOut,
        nowDropped,
        nowAnswers,
        lastDuration,
        lastOutcome,
        lastFailure);
  }

  private static String line(String text) {
    String flat = text.replace('\n', ' ').replace('\r', ' ');
    return flat.length() > LONGEST_FAILURE ? flat.substring(0, LONGEST_FAILURE) + "…" : flat;
  }
}
