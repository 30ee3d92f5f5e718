package io.github.serfhandler.client.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Confined to one thread at a time: reads from a socket until a deadline that covers all reads
 * together, so that an agent which sends a byte now and then times out as well.
 *
 * <p>A thread that waits in a socket's read does not notice an interrupt. So with a deadline the
 * wait is cut into slices: an interrupted thread gets out within one slice.
 */
final class DeadlineInput extends InputStream {
  private static final int SLICE_MILLIS = 100;

  private final Socket socket;
  private final InputStream in;
  private @Nullable Deadline deadline;

  DeadlineInput(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /** From now on reads end at this moment; null lets them wait until the socket is closed. */
  void deadline(@Nullable Deadline deadline) {
    this.deadline = deadline;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /**
   * As ever; throws {@link SocketTimeoutException} once the deadline has passed, {@link
   * InterruptedReadException} in an interrupted thread.
   */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Deadline until = deadline;
    if (until == null) {
      socket.setSoTimeout(0);
      return in.read(bytes, offset, length);
    }
    while (true) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedReadException();
      }
      int left = until.remainingMillis();
      if (left == 0) {
        throw new SocketTimeoutException("deadline passed");
      }
      socket.setSoTimeout(Math.min(left, SLICE_MILLIS));
      int read = readSlice(bytes, offset, length);
      if (read != NOTHING_YET) {
        return read;
      }
    }
  }

  /** Whether the other side has closed, or said something unasked; waits a millisecond. */
  boolean ended() {
    try {
      socket.setSoTimeout(1);
      return readSlice(new byte[1], 0, 1) != NOTHING_YET;
    } catch (IOException e) {
      return true;
    }
  }

  private static final int NOTHING_YET = -2;

  private int readSlice(byte[] bytes, int offset, int length) throws IOException {
    try {
      return in.read(bytes, offset, length);
    } catch (SocketTimeoutException e) {
      return NOTHING_YET;
    }
  }

  /** The reading thread was interrupted; its flag is still set. */
  static final class InterruptedReadException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
