package io.github.serfhandler.discovery;

import io.github.serfhandler.catalog.Held;
import java.time.Instant;
import java.util.List;

/**
 * Immutable: what a resident agent knows of itself, for people and monitors. Kept in {@code
 * status.json} (see {@link StatusFile}).
 *
 * @param state what it is doing
 * @param since when it began to
 * @param changed when anything here changed last, counters apart
 * @param agentAddr the Serf agent's RPC address
 * @param agentName the Serf agent's node name; empty before the first pass
 * @param lastError why the Serf agent could not be asked, the last time; empty where it always
 *     could
 * @param members how many members there are, in any state
 * @param instances how many instances the files show
 * @param problems how many bad tags there are
 * @param held the instances that only the mass-loss guard keeps in the files
 * @param failures why files could not be written at the last pass; empty where all could
 * @param counters what happened since the start
 */
public record Status(
    State state,
    Instant since,
    Instant changed,
    String agentAddr,
    String agentName,
    String lastError,
    int members,
    int instances,
    int problems,
    List<Held> held,
    List<String> failures,
    Counters counters) {

  /** What a follower is doing. */
  public enum State {
    /** It has not reached the Serf agent yet. */
    STARTING("starting"),
    /** The files follow. */
    FOLLOWING("following"),
    /** The Serf agent can not be asked; the last files stay. */
    AGENT_AWAY("agent-away"),
    /** It ended in order. */
    STOPPED("stopped");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** The word in {@code status.json}. */
    public String word() {
      return word;
    }
  }

  /**
   * Immutable: how often something happened since the start.
   *
   * @param passes full readings that were turned into files
   * @param updates files written
   * @param writeFailures files that could not be written, each try counted
   * @param agentLosses times that the Serf agent went away
   * @param holds instances that the mass-loss guard began to hold
   */
  public record Counters(
      long passes, long updates, long writeFailures, long agentLosses, long holds) {
    static final Counters ZERO = new Counters(0, 0, 0, 0, 0);
  }

  public Status {
    held = List.copyOf(held);
    failures = List.copyOf(failures);
  }

  static Status starting(String agentAddr, Instant now) {
    return new Status(
        State.STARTING, now, now, agentAddr, "", "", 0, 0, 0, List.of(), List.of(), Counters.ZERO);
  }

  Status reached(Instant now) {
    return in(State.FOLLOWING, now, lastError, counters);
  }

  Status lost(Instant now, String reason) {
    if (state != State.FOLLOWING) {
      return in(state, since, reason, counters).changed(now);
    }
    Counters next =
        new Counters(
            counters.passes,
            counters.updates,
            counters.writeFailures,
            counters.agentLosses + 1,
            counters.holds);
    return in(State.AGENT_AWAY, now, reason, next);
  }

  Status stopped(Instant now) {
    return in(State.STOPPED, now, lastError, counters);
  }

  /** The same, changed now. */
  Status changed(Instant now) {
    return new Status(
        state, since, now, agentAddr, agentName, lastError, members, instances, problems, held,
        failures, counters);
  }

  Status passed(PassResult result) {
    List<String> reasons = result.failures();
    List<Held> begun = Held.begun(held, result.view().held());
    Counters next =
        new Counters(
            counters.passes + 1,
            counters.updates + result.updated().size(),
            counters.writeFailures + reasons.size(),
            counters.agentLosses,
            counters.holds + begun.size());
    return new Status(
        state,
        since,
        changed,
        agentAddr,
        result.agentName(),
        lastError,
        result.memberCount(),
        result.view().size(),
        result.problemCount(),
        result.view().held(),
        reasons,
        next);
  }

  private Status in(State next, Instant now, String reason, Counters counted) {
    return new Status(
        next, now, now, agentAddr, agentName, reason, members, instances, problems, held, failures,
        counted);
  }
}
