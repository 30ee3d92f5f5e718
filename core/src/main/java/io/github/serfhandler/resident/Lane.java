package io.github.serfhandler.resident;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.handler.Call;
import io.github.serfhandler.handler.CallResult;
import io.github.serfhandler.handler.Handler;
import io.github.serfhandler.handler.HandlerException;
import io.github.serfhandler.handler.LocalNode;
import io.github.serfhandler.handler.Messages;
import io.github.serfhandler.handler.Outcome;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One handler: what waits for it, what it was told of the members, and its one call at a time.
 * Thread-safe.
 *
 * <p>User events and queries wait in a bounded queue, from which the oldest is dropped. Members do
 * not: the lane keeps what its handler was told last and what is now, and makes the difference when
 * its turn comes, so that nothing can overflow and what cancels itself out in between is not told.
 * Both take turns, so that neither can starve the other.
 *
 * <p>A lane takes a thread when there is something to do and keeps it until there is nothing. A
 * call that takes too long is interrupted; one that goes on all the same keeps this lane waiting
 * and no other.
 */
final class Lane implements Runnable {
  private static final int SHOWN_FRAMES = 10;

  /** What all lanes have in common. */
  record Frame(
      ResidentSettings settings,
      Executor threads,
      Deadlines deadlines,
      LocalNode node,
      Logger log,
      Runnable changed) {}

  /** One call under way; fields guarded by the lane. */
  private static final class Run {
    final Thread thread = Thread.currentThread();
    final long since = System.nanoTime();
    final SerfEvent event;
    boolean stuck;

    Run(SerfEvent event) {
      this.event = event;
    }
  }

  /** Either a change of members or something from the queue. */
  private record Job(SerfEvent event, @Nullable Delivery delivery) {}

  private final Handler handler;
  private final String name;
  private final Frame frame;

  // Confined to the thread that has the lane; handed over under its lock.
  private Map<String, Member> told = Map.of();
  private final ArrayDeque<MemberEvent> toTell = new ArrayDeque<>();
  private boolean membersHadTurn;

  @GuardedBy("this")
  private final ArrayDeque<Delivery> waiting = new ArrayDeque<>();

  @GuardedBy("this")
  private Map<String, Member> newest = Map.of();

  @GuardedBy("this")
  private boolean open;

  @GuardedBy("this")
  private boolean shown;

  @GuardedBy("this")
  private boolean forget;

  @GuardedBy("this")
  private boolean busy;

  @GuardedBy("this")
  private @Nullable Run current;

  @GuardedBy("this")
  private long overflow;

  @GuardedBy("this")
  private LaneStatus status;

  /** A lane that is closed. */
  Lane(Handler handler, Frame frame) {
    this.handler = handler;
    this.name = Call.nameOf(handler);
    this.frame = frame;
    this.status = LaneStatus.of(name);
  }

  /** From now on, or still, it takes what comes, and its handler is told of these members. */
  void show(Map<String, Member> members) {
    boolean start;
    synchronized (this) {
      if (open && members == newest) {
        return;
      }
      open = true;
      shown = true;
      newest = members;
      start = takeThread();
    }
    frame.changed.run();
    if (start) {
      start();
    }
  }

  /**
   * Its role is gone: takes nothing more and gives back what waits. The call under way goes on;
   * when the lane is opened again, its handler knows nothing of the members.
   */
  List<Delivery> close() {
    List<Delivery> left;
    synchronized (this) {
      if (!open) {
        return List.of();
      }
      shown = false;
      left = clear();
    }
    frame.changed.run();
    return left;
  }

  /** For good, at the end of the process; gives the number of what waited and is lost. */
  synchronized int stop() {
    return clear().size();
  }

  @GuardedBy("this")
  private List<Delivery> clear() {
    List<Delivery> left = List.copyOf(waiting);
    waiting.clear();
    open = false;
    forget = true;
    newest = Map.of();
    overflow = 0;
    return left;
  }

  /** Puts an event at the end of the queue; answers a query that must go for it on this thread. */
  void offer(Delivery delivery) {
    if (!wants(delivery.event())) {
      passOver(delivery);
      return;
    }
    Delivery victim = null;
    boolean begins = false;
    boolean start = false;
    synchronized (this) {
      if (!open) {
        victim = delivery;
      } else {
        if (waiting.size() >= frame.settings.queue()) {
          victim = waiting.poll();
          begins = overflow++ == 0;
          status = status.withDropped();
        }
        waiting.add(delivery);
        start = takeThread();
      }
    }
    frame.changed.run();
    if (start) {
      start();
    }
    if (begins) {
      frame.log.log(
          Level.WARNING,
          name
              + " is too slow: "
              + frame.settings.queue()
              + " events wait for it, and the oldest are dropped (handlers.queue)");
    }
    if (victim != null) {
      victim.dropped(name);
    }
  }

  private boolean wants(SerfEvent event) {
    try {
      return handler.wants(event);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      // A handler of a user's own, on the thread of all events; the call will show what is wrong.
      return true;
    }
  }

  /** What a handler has nothing for takes no place from what it has something for. */
  private void passOver(Delivery delivery) {
    CallResult result =
        new CallResult(
            name, Outcome.NOT_HANDLED, Optional.empty(), Optional.empty(), Duration.ZERO);
    synchronized (this) {
      status = status.after(result);
    }
    tell(delivery.event(), result, false, 0);
    boolean ignored = delivery.called(result, Call.tellsAskers(handler));
    frame.changed.run();
  }

  /** What is known of it now; empty where its role is not this node's and nothing runs. */
  synchronized Optional<LaneStatus> status() {
    if (!shown && current == null) {
      return Optional.empty();
    }
    Run run = current;
    LaneStatus.State state =
        run == null
            ? LaneStatus.State.IDLE
            : run.stuck ? LaneStatus.State.STUCK : LaneStatus.State.RUNNING;
    Duration running =
        run == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - run.since);
    return Optional.of(status.now(state, running, waiting.size()));
  }

  /** Waits until no call is under way, so long at most; true where none is. */
  synchronized boolean awaitIdle(Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    while (current != null) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(left / 1_000_000 + 1);
    }
    return true;
  }

  /** Interrupts the call under way, if any. */
  synchronized void interrupt() {
    Run run = current;
    if (run != null) {
      run.thread.interrupt();
    }
  }

  /** Runs calls on the calling thread until there is nothing to do. */
  @Override
  public void run() {
    try {
      Job job = next();
      while (job != null) {
        call(job);
        job = next();
      }
    } catch (Throwable e) { // An Error of the JVM must not end the lane for ever.
      synchronized (this) {
        busy = false;
        current = null;
        notifyAll();
      }
      frame.log.log(Level.ERROR, name + " met an error of Java between two calls", e);
    }
  }

  @GuardedBy("this")
  private boolean takeThread() {
    boolean start = !busy;
    busy = true;
    return start;
  }

  private void start() {
    try {
      frame.threads.execute(this);
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // The next event tries again.
      synchronized (this) {
        busy = false;
      }
      frame.log.log(Level.ERROR, "no thread for " + name + "; its events wait", e);
    }
  }

  /** The next call, which is under way from then on; null where the thread is given back. */
  private @Nullable Job next() {
    while (true) {
      Map<String, Member> now;
      synchronized (this) {
        if (forget) {
          forget = false;
          told = Map.of();
          toTell.clear();
        }
        now = newest;
        boolean members = open && (!toTell.isEmpty() || now != told);
        if (!members || (membersHadTurn && !waiting.isEmpty())) {
          membersHadTurn = false;
          Delivery delivery = waiting.poll();
          if (delivery == null) {
            busy = false;
            return null;
          }
          current = new Run(delivery.event());
          return new Job(delivery.event(), delivery);
        }
        MemberEvent event = toTell.poll();
        if (event != null) {
          membersHadTurn = true;
          current = new Run(event);
          return new Job(event, null);
        }
      }
      // Outside of the lock: with thousands of members it takes a while.
      toTell.addAll(MemberDifference.between(told, now));
      told = now;
    }
  }

  private void call(Job job) {
    Run run;
    synchronized (this) {
      run = current;
    }
    if (run == null) {
      throw new IllegalStateException("no call is under way");
    }
    frame.changed.run();
    Duration timeout = Call.timeoutOf(handler, frame.settings.timeout());
    Future<?> deadline = null;
    CallResult result;
    try {
      deadline = frame.deadlines.in(timeout, () -> expire(run, timeout));
      result = Call.of(handler, job.event(), frame.node());
    } catch (Throwable e) { // An Error of the JVM must not end the lane for ever.
      frame.log.log(Level.ERROR, name + " met an error of Java", e);
      Duration duration = Duration.ofNanos(System.nanoTime() - run.since);
      result = new CallResult(name, Outcome.FAILED, Optional.empty(), Optional.of(e), duration);
    }
    boolean wasStuck;
    long over = 0;
    synchronized (this) {
      current = null;
      wasStuck = run.stuck;
      status = status.after(result);
      if (waiting.isEmpty()) {
        over = overflow;
        overflow = 0;
      }
      notifyAll();
    }
    boolean wasDue = deadline != null && !deadline.cancel(false);
    if (wasDue && Thread.interrupted()) {
      frame.log.log(Level.DEBUG, name + " ended at the moment of its interruption");
    }
    tell(job.event(), result, wasStuck, over);
    Delivery delivery = job.delivery();
    if (delivery != null && delivery.called(result, Call.tellsAskers(handler))) {
      synchronized (this) {
        status = status.withAnswer();
      }
    }
    frame.changed.run();
  }

  private void tell(SerfEvent event, CallResult result, boolean wasStuck, long over) {
    Outcome outcome = result.outcome();
    String text = Messages.of(event) + ": " + Messages.of(result);
    if (outcome == Outcome.FAILED || outcome == Outcome.TIMED_OUT) {
      frame.log.log(Level.WARNING, text);
      Throwable failure = result.failure().orElse(null);
      if (failure != null && !(failure instanceof HandlerException)) {
        frame.log.log(Level.DEBUG, "", failure);
      }
    } else {
      // Somebody sent it: who looks for what became of it finds it. Members change by themselves.
      boolean sent =
          outcome == Outcome.HANDLED
              && !(event instanceof MemberEvent)
              && !Messages.isRoutine(event);
      frame.log.log(sent ? Level.INFO : Level.DEBUG, text);
    }
    if (wasStuck) {
      frame.log.log(Level.INFO, name + " is not stuck any more");
    }
    if (over > 0) {
      frame.log.log(
          Level.INFO, name + " has caught up; " + over + " events that waited for it were dropped");
    }
  }

  private void expire(Run run, Duration timeout) {
    if (!isCurrent(run)) {
      return;
    }
    // Before what comes of it, so that the log tells it in this order.
    frame.log.log(
        Level.WARNING,
        name
            + " takes longer than "
            + Messages.of(timeout)
            + " (handlers.timeout, or its own) for "
            + Messages.of(run.event)
            + " and is interrupted");
    synchronized (this) {
      if (current != run) {
        return;
      }
      run.thread.interrupt();
    }
    Future<?> ignored = frame.deadlines.in(frame.settings.stuckAfter(), () -> stuck(run));
  }

  private synchronized boolean isCurrent(Run run) {
    return current == run;
  }

  private void stuck(Run run) {
    StackTraceElement[] stack = run.thread.getStackTrace();
    synchronized (this) {
      if (current != run) {
        return;
      }
      run.stuck = true;
    }
    frame.changed.run();
    frame.log.log(
        Level.ERROR,
        name
            + " is stuck: it goes on with "
            + Messages.of(run.event)
            + " though it was interrupted, and gets no other event until it ends; mend it, and"
            + " restart serf-handler");
    for (int i = 0; i < stack.length && i < SHOWN_FRAMES; i++) {
      frame.log.log(Level.DEBUG, "  at " + stack[i]);
    }
  }
}
