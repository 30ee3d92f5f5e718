package io.github.serfhandler.output;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The daemon thread that takes the steps of one group when they are due. Thread-safe. */
final class GroupThread implements Tools.Gate {
  private static final long STACK_BYTES = 256 * 1024;
  private static final long AFTER_FAULT = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_WAIT = TimeUnit.DAYS.toNanos(1);

  private final FileGroup group;
  private final System.Logger log;
  private final Thread thread;

  @GuardedBy("this")
  private boolean signalled;

  @GuardedBy("this")
  private boolean closed;

  @GuardedBy("this")
  private boolean inside;

  /**
   * A thread that is not started yet.
   *
   * @param group makes the group that passes this gate
   */
  GroupThread(Function<Tools.Gate, FileGroup> group, System.Logger log) {
    this.group = group.apply(this);
    this.log = log;
    this.thread = new Thread(null, this::work, "files-" + this.group, STACK_BYTES);
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  FileGroup group() {
    return group;
  }

  /** There is something to do. */
  synchronized void signal() {
    signalled = true;
    notifyAll();
  }

  private void work() {
    try {
      long wait = step();
      while (await(wait)) {
        wait = step();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // It ends, as this is being closed.
    }
  }

  private long step() throws InterruptedException {
    try {
      return group.step();
    } catch (RuntimeException | Error e) { // No memory, no thread: the next step tries it again.
      log.log(Level.ERROR, "the files " + group + " cannot be brought in line (trying again)", e);
      return AFTER_FAULT;
    }
  }

  /** Waits for the time or a signal; false where it is closed. */
  private synchronized boolean await(long nanos) throws InterruptedException {
    long begin = System.nanoTime();
    long most = Math.min(nanos, LONGEST_WAIT);
    long left = most;
    while (!closed && !signalled && left > 0) {
      wait(left / 1_000_000 + 1); // Not shorter: it would look too early, and once more.
      left = most - (System.nanoTime() - begin);
    }
    signalled = false;
    return !closed;
  }

  @Override
  public synchronized void enter() throws InterruptedException {
    if (closed) {
      throw new InterruptedException();
    }
    inside = true;
  }

  @Override
  public synchronized void leave() {
    inside = false;
    if (closed) {
      // An interrupt that came as it ended would hit the next write, and so the mark of a reload.
      boolean unused = Thread.interrupted();
    }
  }

  /** Ends what runs, and begins nothing more; does not wait. */
  synchronized void close() {
    closed = true;
    notifyAll();
    if (inside) {
      thread.interrupt();
    }
  }

  /** Waits for the end, at most so long. */
  void join(long nanos) throws InterruptedException {
    if (nanos > 0) {
      thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
    }
  }
}
