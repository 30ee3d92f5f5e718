package io.github.serfhandler.source;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Calls a source, and once more when it ends, with growing pauses. Thread-safe. */
final class SourceThread {
  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(10);

  /** A source that has followed for so long begins with the first pause again. */
  private static final long SETTLED = TimeUnit.SECONDS.toNanos(10);

  private final ConfigSource source;
  private final SourceIntake intake;
  private final Logger log;
  private final Thread thread;
  private volatile boolean closing;

  SourceThread(String name, ConfigSource source, SourceIntake intake, Logger log) {
    this.source = source;
    this.intake = intake;
    this.log = log;
    this.thread = new Thread(null, this::run, "source-" + name, 1024 * 1024);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    long pause = FIRST_PAUSE;
    while (!closing) {
      long began = System.nanoTime();
      try {
        source.follow(intake);
      } catch (SourceException e) {
        if (!closing) {
          intake.failed(String.valueOf(e.getMessage()));
        }
      } catch (InterruptedException e) {
        return; // By end() alone.
      } catch (RuntimeException | Error e) {
        log.log(Level.ERROR, source.name() + ": the source failed", e);
        intake.failed("the source failed: " + e);
      }
      pause =
          System.nanoTime() - began > SETTLED ? FIRST_PAUSE : Math.min(LONGEST_PAUSE, pause * 2);
      rest(pause);
    }
  }

  /** Between half of the pause and all of it, so that many do not come back at once. */
  private void rest(long pause) {
    long until = System.nanoTime() + pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2);
    while (!closing && until - System.nanoTime() > 0) {
      LockSupport.parkNanos(this, until - System.nanoTime());
    }
  }

  /** Tells it to end. */
  void end() {
    closing = true;
    source.close();
    LockSupport.unpark(thread);
  }

  /** Waits for its end; interrupts it where it does not end by itself. */
  void join(long millis) throws InterruptedException {
    thread.join(millis);
    thread.interrupt();
    thread.join(millis);
  }
}
