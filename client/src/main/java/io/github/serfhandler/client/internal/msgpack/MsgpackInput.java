package io.github.serfhandler.client.internal.msgpack;

import io.github.serfhandler.client.DecodeLimits;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Confined to one thread at a time: the buffered bytes below {@link MsgpackReader}, counted per
 * frame. Memory grows with the bytes that really came, never with a length that was declared.
 */
final class MsgpackInput {
  private static final int BUFFER = 32 * 1024;

  private final InputStream in;
  private final DecodeLimits limits;
  private final byte[] buffer = new byte[BUFFER];
  private final StringCache cache = new StringCache();
  private int position;
  private int end;
  private long before; // bytes of this frame that have left the buffer

  MsgpackInput(InputStream in, DecodeLimits limits) {
    this.in = in;
    this.limits = limits;
  }

  void beginFrame() {
    before = -position;
  }

  /** Bytes of this frame that were consumed. */
  long frameBytes() {
    return before + position;
  }

  int peek() throws IOException {
    require(1);
    return buffer[position] & 0xff;
  }

  int next() throws IOException {
    require(1);
    return buffer[position++] & 0xff;
  }

  /** An unsigned big-endian integer of 1 to 8 bytes; 8 bytes give the long of the same bits. */
  long big(int width) throws IOException {
    require(width);
    long value = 0;
    for (int i = 0; i < width; i++) {
      value = value << 8 | (buffer[position++] & 0xff);
    }
    return value;
  }

  String text(int length) throws IOException {
    if (length > BUFFER) {
      return new String(bytes(length), StandardCharsets.UTF_8);
    }
    require(length);
    String text = new String(buffer, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  /** As {@link #text}, for texts that are likely to come again. */
  String symbol(int length) throws IOException {
    if (length > StringCache.MAX_LENGTH) {
      return text(length);
    }
    require(length);
    String text = cache.get(buffer, position, length);
    position += length;
    return text;
  }

  byte[] bytes(int length) throws IOException {
    byte[] bytes = new byte[Math.min(length, BUFFER)];
    int have = 0;
    while (have < length) {
      if (have == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * bytes.length));
      }
      require(1);
      int part = Math.min(end - position, bytes.length - have);
      System.arraycopy(buffer, position, bytes, have, part);
      position += part;
      have += part;
    }
    return bytes;
  }

  void discard(long length) throws IOException {
    long left = length;
    while (left > 0) {
      require(1);
      int part = (int) Math.min(end - position, left);
      position += part;
      left -= part;
    }
  }

  /** Up to so many bytes that are at hand, from the beginning of what is unread; for messages. */
  byte[] glimpse(int back, int most) {
    int from = Math.max(0, position - back);
    return Arrays.copyOfRange(buffer, from, Math.min(end, from + most));
  }

  private void require(int count) throws IOException {
    if (end - position < count) {
      fill(count);
    }
  }

  private void fill(int count) throws IOException {
    if (frameBytes() + count > limits.frameBytes()) {
      throw new MalformedException(
          "a reply of more than "
              + limits.frameBytes()
              + " bytes (DecodeLimits.frameBytes); raise the limit if the cluster is that big");
    }
    System.arraycopy(buffer, position, buffer, 0, end - position);
    before += position;
    end -= position;
    position = 0;
    while (end < count) {
      int read = in.read(buffer, end, BUFFER - end);
      if (read < 0) {
        throw new EOFException();
      }
      end += read;
    }
  }
}
