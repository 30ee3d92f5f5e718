package io.github.serfhandler.resident;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Thread-safe: runs something when its time has come, on one daemon thread that is only there while
 * a deadline is.
 */
final class Deadlines implements AutoCloseable {
  private static final long KEEP_SECONDS = 10;
  private static final long STACK_BYTES = 128 * 1024;

  private final ScheduledThreadPoolExecutor timer;

  Deadlines() {
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(null, task, "handler-deadlines", STACK_BYTES);
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(KEEP_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
  }

  /** Runs it after so long, unless it is cancelled before; it must be quick and not throw. */
  Future<?> in(Duration time, Runnable action) {
    return timer.schedule(action, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Forgets all that is not due yet. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
