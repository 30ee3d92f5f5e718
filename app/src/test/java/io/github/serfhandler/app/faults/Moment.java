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
}
