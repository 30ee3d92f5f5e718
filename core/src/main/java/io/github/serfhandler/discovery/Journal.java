package io.github.serfhandler.discovery;

import io.github.serfhandler.catalog.Held;
import io.github.serfhandler.catalog.TagProblem;
import io.github.serfhandler.client.SerfException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells people what a {@link Follower} meets: each change of state is one line of the log, at the
 * moment of the change, and the {@link Status} goes to its receiver with it. What stays as it is is
 * not told again. Confined to the follower's thread.
 */
public final class Journal implements FollowListener {
  private final Logger log;
  private final String agentAddr;
  private final Clock clock;
  private final Consumer<Status> receiver;

  private Status status;
  private String lastReason = "";
  private Set<Held> held = Set.of();
  private Set<String> failures = Set.of();
  private boolean withoutProducts;

  /**
   * A journal of one follower.
   *
   * @param agentAddr the agent's RPC address, as the user wrote it
   * @param receiver receives the status at every change; must not throw
   */
  public Journal(Logger log, String agentAddr, Clock clock, Consumer<Status> receiver) {
    this.log = log;
    this.agentAddr = agentAddr;
    this.clock = clock;
    this.receiver = receiver;
    this.status = Status.starting(agentAddr, clock.instant());
  }

  /** What is known now. */
  public Status status() {
    return status;
  }

  @Override
  public void reached() {
    log.log(Level.INFO, "the agent at " + agentAddr + " answers");
    lastReason = "";
    publish(status.reached(clock.instant()));
  }

  @Override
  public void lost(SerfException reason, boolean wasReachable) {
    String text = String.valueOf(reason.getMessage());
    // A restart gives several reasons in turn; each is worth a line, their repetition is not.
    if (!wasReachable && text.equals(lastReason)) {
      log.log(Level.DEBUG, text);
      return;
    }
    lastReason = text;
    log.log(Level.WARNING, text + " (the files stay as they are; trying again)");
    publish(status.lost(clock.instant(), text));
  }

  @Override
  public void passed(PassResult result) {
    Status before = status;
    status = status.passed(result);
    tellProblems(result.freshProblems());
    boolean heldChanged = tellHeld(result.view().held());
    boolean failuresChanged = tellFailures(result.failures());
    tellProducts(result.view().products().isEmpty());
    if (!result.updated().isEmpty()) {
      log.log(Level.INFO, Notes.updated(result));
    }
    if (!result.updated().isEmpty()
        || heldChanged
        || failuresChanged
        || status.members() != before.members()
        || status.problems() != before.problems()) {
      publish(status.changed(clock.instant()));
    }
  }

  private void tellProblems(List<TagProblem> fresh) {
    for (String line : Notes.problems(fresh)) {
      log.log(Level.WARNING, line);
    }
  }

  /** SIGHUP makes an agent forget its tags. */
  private void tellProducts(boolean none) {
    if (none && !withoutProducts) {
      log.log(Level.WARNING, Notes.NO_PRODUCTS);
    }
    withoutProducts = none;
  }

  private boolean tellHeld(List<Held> inOrder) {
    Set<Held> now = new HashSet<>(inOrder);
    if (now.equals(held)) {
      return false;
    }
    List<Held> begun = Held.begun(held, inOrder);
    if (!begun.isEmpty()) {
      log.log(Level.WARNING, Notes.held(begun));
    }
    if (now.isEmpty()) {
      log.log(Level.INFO, "nothing is held in the files any more");
    }
    held = now;
    return true;
  }

  private boolean tellFailures(List<String> now) {
    Set<String> texts = new HashSet<>(now);
    for (String text : texts) {
      if (!failures.contains(text)) {
        log.log(Level.ERROR, text + " (trying again)");
      }
    }
    boolean changed = !texts.equals(failures);
    if (changed && texts.isEmpty()) {
      log.log(Level.INFO, "all files can be written again");
    }
    failures = texts;
    return changed;
  }

  private void publish(Status next) {
    status = next;
    receiver.accept(next);
  }

  /** The same for a follower that keeps no files: tags and files are of no concern to it. */
  public FollowListener ofTheAgentAlone() {
    return new FollowListener() {
      @Override
      public void reached() {
        Journal.this.reached();
      }

      @Override
      public void lost(SerfException reason, boolean wasReachable) {
        Journal.this.lost(reason, wasReachable);
      }

      @Override
      public void passed(PassResult result) {
        status = status.passed(result);
      }
    };
  }

  /** Tells that following ends. */
  public void stopped() {
    Instant now = clock.instant();
    log.log(Level.INFO, "stopped; the files stay");
    publish(status.stopped(now));
  }
}
