package io.github.serfhandler.rule;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Thread-safe: the daemon threads that reactions run on, and the one that tells when. An idle one
 * ends after ten seconds. There are at most eight; where more rules have something to run, they
 * wait for each other, each in one place of the queue.
 */
final class ReactionThreads implements Executor, Alarms {
  private static final int MOST = 8;
  private static final long KEEP_SECONDS = 10;
  private static final long STACK_BYTES = 256 * 1024;

  private final ThreadPoolExecutor pool;
  private final ScheduledThreadPoolExecutor timer;

  ReactionThreads() {
    pool =
        new ThreadPoolExecutor(
            MOST,
            MOST,
            KEEP_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), // One entry for each rule at most.
            daemons("reaction-"));
    pool.allowCoreThreadTimeOut(true);
    timer = new ScheduledThreadPoolExecutor(1, daemons("reaction-times-"));
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(KEEP_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(null, task, name + count.incrementAndGet(), STACK_BYTES);
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void execute(Runnable task) {
    pool.execute(task);
  }

  @Override
  public Future<?> in(Duration time, Runnable action) {
    return timer.schedule(action, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Interrupts what runs and waits for its end, at most so long. */
  void close(Duration patience) {
    timer.shutdownNow();
    pool.shutdownNow();
    try {
      boolean unused = pool.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
