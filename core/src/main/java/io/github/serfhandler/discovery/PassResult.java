package io.github.serfhandler.discovery;

import io.github.serfhandler.catalog.Held;
import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.catalog.TagProblem;
import io.github.serfhandler.catalog.View;
import io.github.serfhandler.client.Member;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Immutable: what one pass found and did.
 *
 * @param agentName the local agent
 * @param members the members that it knows, in any state and order
 * @param snapshot what the files show
 * @param freshHeld the instances that the mass-loss guard holds now and did not hold at the pass
 *     before, which may have been another process's
 * @param freshProblems what is wrong with tags and was not at the pass before
 * @param problemCount how many problems there are in all
 * @param updated the files that were written because their bytes differed
 * @param failures why files could not be rendered or written; they are as they were
 * @param nextDeadline in how long the view may change by time alone (a hold of the mass-loss guard
 *     ends); empty where time changes nothing
 */
public record PassResult(
    String agentName,
    List<Member> members,
    Snapshot snapshot,
    List<Held> freshHeld,
    List<TagProblem> freshProblems,
    int problemCount,
    List<Path> updated,
    List<String> failures,
    Optional<Duration> nextDeadline) {

  public PassResult {
    members = List.copyOf(members);
    freshHeld = List.copyOf(freshHeld);
    freshProblems = List.copyOf(freshProblems);
    updated = List.copyOf(updated);
    failures = List.copyOf(failures);
  }

  /** The same with what became of files that are not plain. */
  public PassResult with(List<Path> otherUpdated, List<String> otherFailures) {
    List<Path> allUpdated = new ArrayList<>(updated);
    allUpdated.addAll(otherUpdated);
    List<String> allFailures = new ArrayList<>(failures);
    allFailures.addAll(otherFailures);
    return new PassResult(
        agentName,
        members,
        snapshot,
        freshHeld,
        freshProblems,
        problemCount,
        allUpdated,
        allFailures,
        nextDeadline);
  }

  /** What this node sees. */
  public View view() {
    return snapshot.view();
  }

  /** How many members the agent knows, in any state. */
  public int memberCount() {
    return members.size();
  }

  /** Whether every file is as it should be. */
  public boolean complete() {
    return failures.isEmpty();
  }
}
