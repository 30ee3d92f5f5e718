package io.github.serfhandler.oneshot;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;

/**
 * Thread-safe: reads a stream to its end, but no more than a limit and no longer than a deadline.
 * The stream is read on a daemon thread, which stays behind where a read never returns: nothing can
 * interrupt the read of a pipe that nobody closes.
 */
final class StandardInput implements Runnable {
  private static final int CHUNK = 8192;

  /** How the reading ended. */
  enum End {
    /** There is no more; a stream that can not be read counts as ended. */
    WHOLE,
    /** There is more than the limit. */
    TOO_LONG,
    /** Nobody closed it in time. */
    TOO_LATE
  }

  /**
   * Immutable: what was read.
   *
   * @param bytes the bytes, not more than the limit; not copied
   * @param end why there are no more
   */
  @SuppressWarnings("ArrayRecordComponent") // Private to the package, and never compared.
  record Content(byte[] bytes, End end) {}

  private final InputStream stream;
  private final int limit;

  @GuardedBy("this")
  private byte[] bytes = new byte[0];

  @GuardedBy("this")
  private int length;

  @GuardedBy("this")
  private End end = End.TOO_LATE;

  private StandardInput(InputStream stream, int limit) {
    this.stream = stream;
    this.limit = limit;
  }

  /** Reads; waits for the deadline at most. */
  static Content read(InputStream stream, int limit, Duration deadline)
      throws InterruptedException {
    StandardInput input = new StandardInput(stream, limit);
    Thread reader = new Thread(input, "standard-input");
    reader.setDaemon(true);
    reader.start();
    reader.join(Math.max(1, deadline.toMillis()));
    return input.content();
  }

  private synchronized Content content() {
    return new Content(Arrays.copyOf(bytes, Math.min(length, limit)), end);
  }

  /** For the reading thread. */
  @Override
  public void run() {
    byte[] chunk = new byte[CHUNK];
    try {
      int count = stream.read(chunk);
      while (count >= 0 && add(chunk, count)) {
        count = stream.read(chunk);
      }
    } catch (IOException e) {
      // Serf gives a pipe always. A closed one is what a person or a test has: it holds nothing.
      ended();
      return;
    }
    ended();
  }

  /** Adds bytes; false where there is no room for more. */
  private synchronized boolean add(byte[] chunk, int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
    }
    System.arraycopy(chunk, 0, bytes, length, count);
    length += count;
    return length <= limit;
  }

  private synchronized void ended() {
    end = length > limit ? End.TOO_LONG : End.WHOLE;
  }
}
