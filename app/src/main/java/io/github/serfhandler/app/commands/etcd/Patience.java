package io.github.serfhandler.app.commands.etcd;

import io.github.serfhandler.app.cli.FailedException;
import io.github.serfhandler.client.SerfAuthException;
import io.github.serfhandler.client.SerfCommandException;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.client.SerfInterruptedException;
import io.github.serfhandler.config.RejectedException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Repeats what the agent could not take, for some time and with growing pauses. Confined to one
 * thread.
 */
final class Patience {
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 2000;

  private final Duration limit;
  private final LongSupplier nanoTime;
  private final Pause pause;

  /** How a pause is made. */
  @FunctionalInterface
  interface Pause {
    void millis(long millis) throws InterruptedException;
  }

  /** What is tried. */
  @FunctionalInterface
  interface Work {
    void run() throws InterruptedException;
  }

  /**
   * For so long.
   *
   * @param nanoTime a clock that never goes back, as {@code System::nanoTime}
   * @param pause as {@code Thread::sleep}
   */
  Patience(Duration limit, LongSupplier nanoTime, Pause pause) {
    this.limit = limit;
    this.nanoTime = nanoTime;
    this.pause = pause;
  }

  /**
   * Tries until it is done.
   *
   * @param notice is told of the first failure that is followed by another try
   * @throws FailedException where the time is over
   * @throws RejectedException where the agent refuses it for good
   * @throws SerfException where another try is of no use
   */
  void run(String what, Work work, Consumer<String> notice) throws InterruptedException {
    long deadline = nanoTime.getAsLong() + limit.toNanos();
    long wait = FIRST_PAUSE_MILLIS;
    boolean told = false;
    while (true) {
      SerfException failure;
      try {
        work.run();
        return;
      } catch (SerfAuthException | SerfInterruptedException e) {
        throw e;
      } catch (SerfCommandException e) {
        failure = refused(e);
      } catch (SerfException e) {
        failure = e;
      }
      long left = deadline - nanoTime.getAsLong();
      if (left <= 0) {
        throw new FailedException(
            "cannot publish "
                + what
                + " within "
                + limit.toSeconds()
                + " s, it is lost unless it changes again: "
                + failure.getMessage(),
            failure);
      }
      if (!told) {
        notice.accept(failure.getMessage() + "; trying again for " + limit.toSeconds() + " s");
        told = true;
      }
      pause.millis(Math.min(wait, left / 1_000_000 + 1));
      wait = Math.min(2 * wait, LONGEST_PAUSE_MILLIS);
    }
  }

  /** What an agent refuses as it is will be refused again; the rest may pass, as when it leaves. */
  private static SerfException refused(SerfCommandException e) {
    return switch (e.reason()) {
      case TOO_LARGE, INVALID -> throw new RejectedException(String.valueOf(e.getMessage()));
      case UNSUPPORTED -> throw e;
      default -> e;
    };
  }
}
