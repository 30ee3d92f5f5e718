package io.github.serfhandler.client.internal.msgpack;

import static io.github.serfhandler.client.internal.msgpack.MsgpackFormat.*;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Confined to one thread at a time: builds one request in memory, to be sent with one write. The
 * shortest form of each value is chosen. A request over the limit is an {@link
 * IllegalArgumentException}, before a byte of it is sent.
 */
public final class MsgpackWriter {
  private final int limit;
  private byte[] buffer = new byte[512];
  private int size;

  /** A writer of requests of at most this many bytes. */
  public MsgpackWriter(int limit) {
    this.limit = limit;
  }

  /** Forgets what was written. */
  public void reset() {
    size = 0;
  }

  /** How many bytes were written since the last reset. */
  public int size() {
    return size;
  }

  public void writeTo(OutputStream out) throws IOException {
    out.write(buffer, 0, size);
  }

  public MsgpackWriter nil() {
    return one(NIL);
  }

  public MsgpackWriter bool(boolean value) {
    return one(value ? TRUE : FALSE);
  }

  /** The head of a map; this many keys and values follow. */
  public MsgpackWriter map(int entries) {
    return head(entries, FIXMAP, 16, MAP16, MAP32);
  }

  /** The head of a list; this many values follow. */
  public MsgpackWriter array(int entries) {
    return head(entries, FIXARRAY, 16, ARRAY16, ARRAY32);
  }

  /** A text, as UTF-8; half a surrogate pair becomes {@code ?}. */
  public MsgpackWriter string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length >= 32 && bytes.length < 256) {
      big(STR8, bytes.length, 1);
    } else {
      head(bytes.length, FIXSTR, 32, STR16, STR32);
    }
    return raw(bytes);
  }

  public MsgpackWriter binary(byte[] bytes) {
    if (bytes.length < 1 << 8) {
      big(BIN8, bytes.length, 1);
    } else if (bytes.length < 1 << 16) {
      big(BIN16, bytes.length, 2);
    } else {
      big(BIN32, bytes.length, 4);
    }
    return raw(bytes);
  }

  public MsgpackWriter integer(long value) {
    if (value >= 0) {
      return unsigned(value);
    } else if (value >= -32) {
      return one((int) value & 0xff);
    } else if (value >= Byte.MIN_VALUE) {
      return big(INT8, value, 1);
    } else if (value >= Short.MIN_VALUE) {
      return big(INT16, value, 2);
    } else if (value >= Integer.MIN_VALUE) {
      return big(INT32, value, 4);
    }
    return big(INT64, value, 8);
  }

  /**
   * An integer of 0 to 2^64-1; what is over 2^63-1 is given as the negative long of the same bits.
   */
  public MsgpackWriter unsigned(long value) {
    if (value < 0 || value >= 1L << 32) {
      return big(UINT64, value, 8);
    } else if (value < 128) {
      return one((int) value);
    } else if (value < 1 << 8) {
      return big(UINT8, value, 1);
    } else if (value < 1 << 16) {
      return big(UINT16, value, 2);
    }
    return big(UINT32, value, 4);
  }

  private MsgpackWriter head(int count, int fix, int fixEnd, int two, int four) {
    if (count < fixEnd) {
      return one(fix | count);
    } else if (count < 1 << 16) {
      return big(two, count, 2);
    }
    return big(four, count, 4);
  }

  private MsgpackWriter one(int b) {
    room(1);
    buffer[size++] = (byte) b;
    return this;
  }

  private MsgpackWriter big(int first, long value, int width) {
    room(1 + width);
    buffer[size++] = (byte) first;
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
      buffer[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  private MsgpackWriter raw(byte[] bytes) {
    room(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
    return this;
  }

  private void room(int more) {
    long needed = (long) size + more;
    if (needed > limit) {
      throw new IllegalArgumentException(
          "the request takes more than " + limit + " bytes; nothing was sent");
    }
    if (needed > buffer.length) {
      buffer = Arrays.copyOf(buffer, (int) Math.min(limit, Math.max(needed, 2L * buffer.length)));
    }
  }
}
