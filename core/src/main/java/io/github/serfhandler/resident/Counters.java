package io.github.serfhandler.resident;

import java.util.concurrent.atomic.AtomicLong;

/** Thread-safe: how often something happened since the start, and whether anything did. */
final class Counters {
  /** User events that were taken from the stream, duplicates apart. */
  final AtomicLong userEvents = new AtomicLong();

  /** Queries that were taken from the stream, duplicates apart. */
  final AtomicLong queries = new AtomicLong();

  /** User events and queries that came a second time and were not handed on. */
  final AtomicLong duplicates = new AtomicLong();

  /**
   * Places where events are missing: a lost connection, an overflow, a leap of the Lamport time.
   */
  final AtomicLong gaps = new AtomicLong();

  /** Events known to be missing, as far as anyone can count them. */
  final AtomicLong missed = new AtomicLong();

  /** Events of a kind that this version does not know. */
  final AtomicLong unknown = new AtomicLong();

  /** User events and queries that none of this node's handlers knows. */
  final AtomicLong notHandled = new AtomicLong();

  /** User events and queries that came while this node had no handler. */
  final AtomicLong noHandler = new AtomicLong();

  private final AtomicLong changes = new AtomicLong();

  /** Something that the status shows is different now. */
  void changed() {
    long ignored = changes.incrementAndGet();
  }

  /** Grows with every change. */
  long changes() {
    return changes.get();
  }

  void add(AtomicLong counter, long count) {
    long ignored = counter.addAndGet(count);
    changed();
  }
}
