package io.github.serfhandler.rule;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.serfhandler.process.Program;
import io.github.serfhandler.process.ProgramResult;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The reaction of one rule: what has changed since its last run, when the next one is due, and the
 * one run that may be under way. Thread-safe.
 *
 * <p>A run that fails keeps its changes: the next run is told them too, after a time that doubles
 * with each failure, or once something newer has changed.
 */
final class Lane {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_RETRY = Duration.ofMinutes(1);
  private static final int MOST_QUIET_TIMES = 10;

  /** Runs a program on the thread that asks for it. */
  interface Runs {
    /** As {@code ProgramRunner.run}. */
    ProgramResult run(Program program, byte[] input) throws InterruptedException;
  }

  /** What all lanes have in common; {@code nanos} is a clock like {@link System#nanoTime}. */
  record Frame(LongSupplier nanos, Alarms alarms, Executor threads, Runs runs, System.Logger log) {}

  private final Rule rule;
  private final Program program;
  private final Frame frame;

  @GuardedBy("this")
  private ChangeBatch pending = new ChangeBatch();

  @GuardedBy("this")
  private ChangeBatch current = new ChangeBatch();

  @GuardedBy("this")
  private boolean running;

  @GuardedBy("this")
  private boolean closed;

  @GuardedBy("this")
  private long due;

  @GuardedBy("this")
  private long latestDue;

  /** Whether what is pending waits for its quiet time, and not for a retry. */
  @GuardedBy("this")
  private boolean fresh;

  @GuardedBy("this")
  private Duration retry = Duration.ZERO;

  @GuardedBy("this")
  private @Nullable Future<?> alarm;

  @GuardedBy("this")
  private long alarmDue;

  @GuardedBy("this")
  private long runsEnded;

  @GuardedBy("this")
  private long failures;

  @GuardedBy("this")
  private boolean failing;

  @GuardedBy("this")
  private String last = "";

  @GuardedBy("this")
  private Duration took = Duration.ZERO;

  Lane(Rule rule, Program program, Frame frame) {
    this.rule = rule;
    this.program = program;
    this.frame = frame;
  }

  /** Notes a change, where it is one of its rule's. */
  synchronized void changed(Change change) {
    if (closed || !rule.match().matches(change.product(), change.key())) {
      return;
    }
    long now = frame.nanos.getAsLong();
    long quiet = rule.quiet().toNanos();
    if (!fresh) {
      fresh = true;
      retry = Duration.ZERO;
      latestDue = now + MOST_QUIET_TIMES * quiet;
    }
    due = latestDue - (now + quiet) < 0 ? latestDue : now + quiet;
    pending.add(change);
    arm();
  }

  /** Makes sure that there is an alarm at the time that is due, or before. */
  @GuardedBy("this")
  private void arm() {
    if (closed || running || pending.isEmpty()) {
      return;
    }
    if (alarm != null) {
      if (alarmDue - due <= 0) {
        return; // It looks again then.
      }
      boolean unused = alarm.cancel(false);
    }
    alarmDue = due;
    long wait = Math.max(0, due - frame.nanos.getAsLong());
    alarm = frame.alarms.in(Duration.ofNanos(wait), this::ring);
  }

  private void ring() {
    synchronized (this) {
      alarm = null;
      if (closed || running || pending.isEmpty()) {
        return;
      }
      if (due - frame.nanos.getAsLong() > 0) {
        arm();
        return;
      }
      current = pending;
      pending = new ChangeBatch();
      fresh = false;
      running = true;
    }
    try {
      frame.threads.execute(this::run);
    } catch (RejectedExecutionException e) {
      keepForLater(); // It is being closed, which counts what was not told.
    }
  }

  private void run() {
    byte[] json;
    Program told;
    synchronized (this) {
      json = current.json();
      told = program.with(current.variables(json));
    }
    ProgramResult result = null;
    try {
      result = frame.runs.run(told, json);
    } catch (InterruptedException e) {
      keepForLater();
      Thread.currentThread().interrupt(); // For the pool, which is being closed.
      return;
    } finally {
      if (result == null && isRunning()) { // No memory, no thread: as good as any other failure.
        ended(
            new ProgramResult(
                ProgramResult.End.NOT_STARTED, -1, Duration.ZERO, List.of(), "cannot be run"));
      }
    }
    ended(result);
  }

  private synchronized boolean isRunning() {
    return running;
  }

  private synchronized void keepForLater() {
    pending = current.and(pending);
    running = false;
  }

  private void ended(ProgramResult result) {
    boolean turned;
    Duration wait;
    synchronized (this) {
      running = false;
      runsEnded++;
      last = result.reason();
      took = result.took();
      turned = failing == result.succeeded();
      failing = !result.succeeded();
      if (failing) {
        failures++;
        pending = current.and(pending);
        if (!fresh) {
          retry = next(retry);
          due = frame.nanos.getAsLong() + retry.toNanos();
        }
      } else {
        retry = Duration.ZERO;
      }
      wait = retry;
      current = new ChangeBatch();
      arm();
    }
    tell(result, turned, wait);
  }

  private static Duration next(Duration retry) {
    if (retry.isZero()) {
      return FIRST_RETRY;
    }
    Duration doubled = retry.multipliedBy(2);
    return doubled.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : doubled;
  }

  private void tell(ProgramResult result, boolean turned, Duration wait) {
    String name = "the reaction to changes of " + rule;
    if (!turned) {
      frame.log.log(Level.DEBUG, name + ": " + result);
    } else if (result.succeeded()) {
      frame.log.log(Level.INFO, name + " succeeds again");
    } else {
      String problem = result.problem().isEmpty() ? result.toString() : result.problem();
      frame.log.log(
          Level.WARNING,
          name
              + " fails: "
              + problem
              + "; it is tried again"
              + (wait.isZero() ? "" : " in " + wait.toSeconds() + " s")
              + ", and this is said once");
      if (rule.logOutput()) {
        for (String line : result.output()) {
          frame.log.log(Level.WARNING, name + ": " + line);
        }
      }
    }
  }

  synchronized ReactionStatus status() {
    int waiting = current.and(pending).size();
    return new ReactionStatus(rule.toString(), runsEnded, failures, last, took, waiting);
  }

  /** From now on it notes and begins nothing. */
  synchronized void close() {
    closed = true;
    if (alarm != null) {
      boolean unused = alarm.cancel(false);
      alarm = null;
    }
  }
}
