package io.github.serfhandler.client.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.client.StreamGap;
import io.github.serfhandler.client.StreamGap.Reason;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: the bounded queue between a stream's reader thread and those who take from it. The
 * reader never waits: when the queue is full the newest items are dropped, and a {@link StreamGap}
 * with their number stands exactly where they are missing.
 *
 * <p>Gaps take no room: between two items there is one of each reason at most, and behind the
 * newest item they are mere numbers until they are taken or another item comes.
 */
public final class BoundedFeed<T> {
  private record Slot<T>(T item, boolean gap) {}

  private final int capacity;
  private final Function<StreamGap, T> gaps;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private final ArrayDeque<Slot<T>> slots = new ArrayDeque<>();

  @GuardedBy("lock")
  private int items;

  @GuardedBy("lock")
  private long lost; // behind the newest item

  @GuardedBy("lock")
  private boolean reconnected; // behind the newest item

  @GuardedBy("lock")
  private long dropped;

  @GuardedBy("lock")
  private @Nullable SerfException end;

  /**
   * An empty feed.
   *
   * @param gaps makes an item of a gap
   */
  public BoundedFeed(int capacity, Function<StreamGap, T> gaps) {
    this.capacity = capacity;
    this.gaps = gaps;
  }

  /** Puts an item at the end, or drops it where the feed is full. */
  public void offer(T item) {
    lock.lock();
    try {
      if (end != null) {
        return; // Nobody will take it.
      }
      if (items >= capacity) {
        lost++;
        dropped++;
        return;
      }
      closeGap();
      slots.add(new Slot<>(item, false));
      items++;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Marks that an unknown number of items is missing here. */
  public void reconnected() {
    lock.lock();
    try {
      reconnected = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * No more items will come; once those at hand are taken, takers get this. The first one counts.
   */
  public void end(SerfException why) {
    lock.lock();
    try {
      if (end == null) {
        end = why;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #end}, and drops what is at hand. */
  public void abort(SerfException why) {
    lock.lock();
    try {
      slots.clear();
      items = 0;
      lost = 0;
      reconnected = false;
      end = why;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next item; waits for one so long, null when none came.
   *
   * @throws SerfException what the feed has ended with
   */
  public @Nullable T poll(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (true) {
        if (slots.isEmpty()) {
          closeGap();
        }
        Slot<T> slot = slots.poll();
        if (slot != null) {
          items -= slot.gap ? 0 : 1;
          return slot.item;
        }
        if (end != null) {
          throw end;
        }
        if (left <= 0) {
          return null;
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many items were dropped so far. */
  public long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void closeGap() {
    if (lost > 0) {
      slots.add(new Slot<>(gaps.apply(new StreamGap(Reason.OVERFLOW, lost)), true));
      lost = 0;
    }
    if (reconnected) {
      slots.add(new Slot<>(gaps.apply(new StreamGap(Reason.RECONNECTED, -1)), true));
      reconnected = false;
    }
  }
}
