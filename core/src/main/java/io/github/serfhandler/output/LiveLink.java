package io.github.serfhandler.output;

import io.github.serfhandler.catalog.Snapshot;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a running program is told of its file's changes. Confined to one thread. */
final class LiveLink {
  private static final Duration LAST_RETRY = Duration.ofSeconds(30);
  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Duration LAST_DEMAND = Duration.ofMinutes(1);

  private final Live live;
  private final String name;
  private final Optional<Reloading> reloading;
  private final Tools tools;
  private final Tally tally;
  private final Backoff backoff = new Backoff(LAST_RETRY);
  private final Backoff demands = new Backoff(LAST_DEMAND);
  private final Due again = new Due();
  private @Nullable Snapshot brought;
  private boolean replaced;
  private boolean demanded;
  private String problem = "";

  LiveLink(Live live, String name, Optional<Reloading> reloading, Tools tools, Tally tally) {
    this.live = live;
    this.name = name;
    this.reloading = reloading;
    this.tools = tools;
    this.tally = tally;
  }

  /** The file was replaced: until the program has been told, it is owed a reload. */
  void replaced() {
    replaced = true;
    brought = null;
  }

  /** The program was reloaded: it is to be looked at soon. */
  void reloaded(long now) {
    again.inAtMost(now, Duration.ofSeconds(1));
  }

  /** Tells the program where there is anything to tell, or its time has come. */
  void bring(Snapshot shown, long now) throws InterruptedException {
    if (brought != null && brought.equals(shown) && !again.isNow(now)) {
      return;
    }
    again.in(now, backoff.next()); // Whatever comes of it.
    brought = shown;
    Live.Standing standing;
    tools.gate().enter();
    try {
      standing = live.bring(shown);
    } catch (LiveException e) {
      failed(String.valueOf(e.getMessage()));
      return;
    } catch (RuntimeException e) { // One program's fault must not keep the others from it.
      failed("the program of " + name + " cannot be told: " + e);
      return;
    } finally {
      tools.gate().leave();
    }
    told(standing, tools.nanos().getAsLong());
  }

  private void told(Live.Standing standing, long now) {
    backoff.reset();
    again.never();
    if (standing.again().isPresent()) {
      again.in(now, bounded(standing.again().get()));
    }
    if (!standing.done().isEmpty()) {
      tally.liveUpdates++;
      tools.voice().say(Level.INFO, name + ": " + standing.done());
    }
    if (!standing.needsReload()) {
      demanded = false;
      demands.reset();
      solved();
    } else if (reloading.isEmpty()) {
      trouble(name + " needs a reload, and none is set; set one");
    } else {
      solved();
      demand(reloading.get(), now);
    }
    replaced = false;
  }

  private static Duration bounded(Duration wait) {
    if (wait.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }

  /** One that is never content must not make a program reload all the time. */
  private void demand(Reloading shared, long now) {
    if (replaced) {
      shared.owe(now, name);
    } else if (!shared.isOwed()) {
      shared.demand(now, demanded ? demands.next() : Duration.ZERO, name);
    }
    demanded = true;
  }

  private void failed(String reason) {
    if (replaced && reloading.isPresent()) {
      // It may run with an older file; if it does not run at all, the reload says so. No failure
      // yet: this is how a program is started for the first time.
      Level level = problem.equals(reason) ? Level.DEBUG : Level.INFO;
      tools.voice().say(level, reason + "; reloading instead");
      reloading.get().owe(tools.nanos().getAsLong(), name);
      replaced = false;
    } else {
      Level level = problem.equals(reason) ? Level.DEBUG : Level.WARNING;
      problem = reason;
      tools.voice().away(level, reason);
    }
  }

  private void trouble(String reason) {
    Level level = problem.equals(reason) ? Level.DEBUG : Level.ERROR;
    problem = reason;
    tools.voice().say(level, reason);
  }

  private void solved() {
    if (!problem.isEmpty()) {
      problem = "";
      tools.voice().say(Level.INFO, "the program of " + name + " is in line again");
    }
  }

  String problem() {
    return problem;
  }

  /** As {@link Due#left}. */
  long left(long now) {
    return again.left(now);
  }
}
