package io.github.serfhandler.resident;

import java.time.Duration;

/**
 * Immutable: the limits that handlers run under.
 *
 * @param timeout the longest time of one call; its thread is interrupted then
 * @param stuckAfter how much longer it may take after that before it counts as stuck
 * @param queue how many user events and queries wait for one handler; the oldest is dropped
 * @param answerLimit how many bytes the agent takes as a query's answer, its own part included
 * @param stopLimit the longest time that the calls under way get when this ends
 */
public record ResidentSettings(
    Duration timeout, Duration stuckAfter, int queue, int answerLimit, Duration stopLimit) {
  private static final Duration STUCK_AFTER = Duration.ofSeconds(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

  /** With 5 s until a call counts as stuck, and 2 s at the stop. */
  public static ResidentSettings of(Duration timeout, int queue, int answerLimit) {
    return new ResidentSettings(timeout, STUCK_AFTER, queue, answerLimit, STOP_LIMIT);
  }
}
