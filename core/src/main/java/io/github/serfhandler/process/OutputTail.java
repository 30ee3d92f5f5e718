package io.github.serfhandler.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * Thread-safe: the end of what a program printed, and how much it was; what a ring buffer holds, as
 * in Serf ({@code circbuf} in {@code invoke.go}).
 */
public final class OutputTail {
  @GuardedBy("this")
  private final byte[] ring;

  @GuardedBy("this")
  private long total;

  /** Holds at most so many bytes; at least one. */
  public OutputTail(int capacity) {
    this.ring = new byte[capacity];
  }

  synchronized void add(byte[] bytes, int count) {
    int from = Math.max(0, count - ring.length);
    int place = (int) ((total + from) % ring.length);
    int first = Math.min(count - from, ring.length - place);
    System.arraycopy(bytes, from, ring, place, first);
    System.arraycopy(bytes, from + first, ring, 0, count - from - first);
    total += count;
  }

  /** How many bytes were printed until now. */
  public synchronized long total() {
    return total;
  }

  /** The last of them, at most as many as the capacity. */
  public synchronized byte[] bytes() {
    int size = (int) Math.min(total, ring.length);
    byte[] bytes = new byte[size];
    int place = (int) ((total - size) % ring.length);
    int first = Math.min(size, ring.length - place);
    System.arraycopy(ring, place, bytes, 0, first);
    System.arraycopy(ring, 0, bytes, first, size - first);
    return bytes;
  }
}
