package io.github.serfhandler.resident;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Thread-safe: the daemon threads that handlers run on. There are as many as handlers that have
 * something to do at once, so that none waits for another's; an idle one is used again, and ends
 * after ten seconds.
 */
final class HandlerThreads implements Executor, AutoCloseable {
  private static final long KEEP_SECONDS = 10;

  /** Touched pages alone cost memory; a JSON or template library of the user's needs some depth. */
  private static final long STACK_BYTES = 512 * 1024;

  private final AtomicInteger count = new AtomicInteger();
  private final ThreadPoolExecutor pool;

  HandlerThreads() {
    pool =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE, // one for each lane at most
            KEEP_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread =
                  new Thread(null, task, "handler-" + count.incrementAndGet(), STACK_BYTES);
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public void execute(Runnable task) {
    pool.execute(task);
  }

  /** Takes nothing more; what runs goes on. */
  @Override
  public void close() {
    pool.shutdown();
  }
}
