package io.github.serfhandler.app.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Thread-safe: lets a resident command end in order on SIGTERM, SIGINT or SIGHUP, with a status of
 * its own.
 *
 * <p>The JVM answers these signals with its shutdown hooks and then ends with 128 + the signal. The
 * hook here wakes the main thread and holds the JVM until that one is done: it cleans up on its
 * normal way out and ends the process itself through {@link Runtime#halt} (see {@code Main}). When
 * it takes longer than the limit, the hook ends the process with {@link ExitStatus#FAILED}. No
 * thread is interrupted: an interrupt would close a file that is just being written.
 */
public final class StopSignal {
  private static final long GRACE_MILLIS = 1000;

  private final CountDownLatch requested = new CountDownLatch(1);
  private volatile Runnable overdue = () -> {};

  private StopSignal() {}

  /** From now on signals are told here; called on the main thread, once a process. */
  public static StopSignal install(Duration limit) {
    StopSignal signal = new StopSignal();
    Thread main = Thread.currentThread();
    Thread hook = new Thread(() -> signal.end(main, limit), "stop-signal");
    Runtime.getRuntime().addShutdownHook(hook);
    return signal;
  }

  /** Waits until a signal has come. */
  public void await() throws InterruptedException {
    requested.await();
  }

  /** Waits until a signal has come or the time is over; true when it has come. */
  public boolean await(Duration time) throws InterruptedException {
    return requested.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether a signal has come. */
  public boolean requested() {
    return requested.getCount() == 0;
  }

  /**
   * What frees the main thread when it has not ended a second after the signal, as a wait for a
   * program that hangs. Runs on another thread.
   */
  public void whenOverdue(Runnable action) {
    overdue = action;
  }

  private void end(Thread main, Duration limit) {
    requested.countDown();
    try {
      main.join(GRACE_MILLIS);
      overdue.run();
      main.join(Math.max(1, limit.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ExitStatus.FAILED);
  }
}
