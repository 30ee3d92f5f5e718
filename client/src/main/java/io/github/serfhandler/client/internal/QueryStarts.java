package io.github.serfhandler.client.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Thread-safe: lets one query start at a time. Two queries that one agent starts at once can share
 * a Lamport time, and then the answers to one of them are lost ({@code Serf.Query} in {@code
 * serf/serf.go} of 0.9.4 reads the clock and advances it in two steps, and finds answers by it).
 */
public final class QueryStarts {
  private final ReentrantLock lock = new ReentrantLock();

  /** Runs a start with no other one under way; gives up when it did not get its turn in time. */
  public <T> T alone(Command command, String target, Deadline deadline, Supplier<T> start) {
    boolean mine;
    try {
      mine = lock.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw Failures.interrupted(command, target, true);
    }
    if (!mine) {
      throw Failures.busy(command, target, deadline.timeout());
    }
    try {
      return start.get();
    } finally {
      lock.unlock();
    }
  }
}
