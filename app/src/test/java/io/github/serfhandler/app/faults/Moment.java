package io.github.serfhandler.app.faults;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Stateless: a random point in time, at which a fault is done. Nothing depends on how long one was.
 */
final class Moment {
  private Moment() {}

  /** Lets a random part of a span pass. */
  static void within(Duration span, Random random) {
    LockSupport.parkNanos(1 + (long) (random.nextDouble() * span.toNanos()));
  }

  /** Lets all of a span pass, where a fault is that something takes longer than another's limit. */
  static void after(Duration span) {
    long begin = System.nanoTime();
    long left = span.toNanos();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = span.toNanos() - (System.nanoTime() - begin);
    }
  }
}
