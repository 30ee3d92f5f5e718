package io.github.serfhandler.output;

import io.github.serfhandler.process.Program;
import io.github.serfhandler.process.ProgramResult;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The reload that a group's files share, and whether it is owed. Confined to one thread. */
final class Reloading {
  private static final Duration LAST_RETRY = Duration.ofMinutes(1);

  private final Program program;
  private final List<String> all;
  private final boolean logOutput;
  private final Tools tools;
  private final Tally tally;
  private final OwedMark mark;
  private final Set<String> fresh = new LinkedHashSet<>();
  private final Backoff backoff = new Backoff(LAST_RETRY);
  private final Due due = new Due();
  private boolean owed;
  private boolean announced;
  private String cause = "";
  private String problem = "";
  private String last = "";
  private Optional<Instant> at = Optional.empty();

  /**
   * A reload.
   *
   * @param all the names of the files whose readers it is for
   */
  Reloading(Program program, List<String> all, boolean logOutput, Tools tools, Tally tally) {
    this.program = program;
    this.all = all;
    this.logOutput = logOutput;
    this.tools = tools;
    this.tally = tally;
    this.mark = new OwedMark(tools, program);
  }

  /** Takes over what an earlier process owes. */
  void takeOver(long now) {
    if (mark.takeOver()) {
      owed = true;
      due.in(now, Duration.ZERO);
    }
  }

  /** A file is about to be replaced. */
  void announce() {
    announced = true;
    mark.begin();
  }

  /** A file was replaced, whose reader must reload now. */
  void owe(long now, String file) {
    fresh.add(file);
    owed = true;
    due.in(now, Duration.ZERO);
  }

  /** A reader must reload though its file was not replaced. */
  void demand(long now, Duration wait, String file) {
    if (!owed) {
      mark.begin();
      fresh.add(file);
      owed = true;
      due.in(now, wait);
    }
  }

  /** What was announced is not owed after all, unless something else is. */
  void settle() {
    announced = false;
    if (!owed) {
      mark.end();
    }
  }

  /** Reloads where that is due; whether it did and succeeded. */
  boolean run(long now) throws InterruptedException {
    if (!owed || !due.isNow(now)) {
      return false;
    }
    Duration wait = backoff.next();
    due.in(now, wait); // Whatever comes of it.
    ProgramResult result = tools.run(program);
    at = Optional.of(tools.clock().instant());
    last = result.reason();
    if (result.succeeded()) {
      backoff.reset();
      owed = false;
      mark.end();
      tally.reloads++;
      cause = "";
      problem = "";
      tools.voice().say(Level.INFO, "reloaded " + names() + ": " + program + after(result));
      fresh.clear();
      return true;
    }
    due.in(tools.nanos().getAsLong(), wait);
    tally.reloadsFailed++;
    problem = "the reload of " + names() + " failed: " + Tools.outcome(program, result);
    boolean repeated = cause.equals(result.reason());
    cause = result.reason();
    tools.voice().say(repeated ? Level.DEBUG : Level.WARNING, problem + tools.voice().next());
    if (!repeated && logOutput) {
      for (String line : result.output()) {
        tools.voice().say(Level.WARNING, "the reload of " + names() + ": " + line);
      }
    }
    return false;
  }

  /** In seconds with one digit, as {@code (0.2 s)}. */
  private static String after(ProgramResult result) {
    long tenths = (result.took().toMillis() + 50) / 100;
    return " (" + tenths / 10 + "." + tenths % 10 + " s)";
  }

  private String names() {
    return String.join(", ", fresh.isEmpty() ? all : fresh);
  }

  /** Whether it has yet to be run. */
  boolean isOwed() {
    return owed;
  }

  /** Whether the next process is to run it, should this one end now. */
  boolean isLeft() {
    return owed || announced;
  }

  /** As {@link Due#left}. */
  long left(long now) {
    return owed ? due.left(now) : Due.NEVER;
  }

  String problem() {
    return problem;
  }

  String last() {
    return last;
  }

  Optional<Instant> at() {
    return at;
  }
}
