package io.github.serfhandler.client.internal.msgpack;

import static io.github.serfhandler.client.internal.msgpack.MsgpackFormat.*;

import io.github.serfhandler.client.DecodeLimits;
import java.io.IOException;
import java.io.InputStream;

/**
 * Confined to one thread at a time: reads MessagePack values one after the other from a stream,
 * within {@link DecodeLimits}. Every form of a value that the format allows is read, the old raw
 * strings too; extensions can be skipped.
 *
 * <p>A value of another kind than asked for, and whatever goes over a limit, is a {@link
 * MalformedException} that names {@code what} was being read; the end of the stream is an {@link
 * java.io.EOFException}. After either, the position is undefined and the stream of no use.
 * Malformed UTF-8 is replaced by U+FFFD. Where Go writes nil for an empty map, list, string or
 * bytes, this reads an empty one.
 *
 * <p>There is no limit of nesting, for want of need: {@link #skip} does not recurse, and the
 * callers read fixed shapes.
 */
public final class MsgpackReader {
  private final MsgpackInput in;
  private final DecodeLimits limits;

  public MsgpackReader(InputStream in, DecodeLimits limits) {
    this.in = new MsgpackInput(in, limits);
    this.limits = limits;
  }

  /** From here on the bytes of a new frame are counted. */
  public void beginFrame() {
    in.beginFrame();
  }

  /** Bytes read since {@link #beginFrame}. */
  public long frameBytes() {
    return in.frameBytes();
  }

  /**
   * The bytes that were read last, up to 8, and those that are at hand after them; for messages.
   */
  public byte[] glimpse() {
    return in.glimpse((int) Math.min(8, frameBytes()), 40);
  }

  /** Whether nil comes next; it is consumed then. */
  public boolean nil() throws IOException {
    if (in.peek() != NIL) {
      return false;
    }
    in.next();
    return true;
  }

  /** The number of entries of a map whose keys and values follow; 0 for nil. */
  public int map(String what) throws IOException {
    int first = in.next();
    if (first >= FIXMAP && first < FIXARRAY) {
      return first - FIXMAP;
    }
    return switch (first) {
      case NIL -> 0;
      case MAP16 -> elements(in.big(2), what);
      case MAP32 -> elements(in.big(4), what);
      default -> throw unexpected("a map", what, first);
    };
  }

  /** The number of values of a list, which follow; 0 for nil. */
  public int array(String what) throws IOException {
    int first = in.next();
    if (first >= FIXARRAY && first < FIXSTR) {
      return first - FIXARRAY;
    }
    return switch (first) {
      case NIL -> 0;
      case ARRAY16 -> elements(in.big(2), what);
      case ARRAY32 -> elements(in.big(4), what);
      default -> throw unexpected("a list", what, first);
    };
  }

  /** A text; bytes are taken as UTF-8. */
  public String string(String what) throws IOException {
    return in.text(length("a string", what));
  }

  /** As {@link #string}, for texts that are likely to come again: equal ones share memory. */
  public String symbol(String what) throws IOException {
    return in.symbol(length("a string", what));
  }

  /** Bytes; a text gives its UTF-8. */
  public byte[] binary(String what) throws IOException {
    return in.bytes(length("bytes", what));
  }

  public boolean bool(String what) throws IOException {
    int first = in.next();
    if (first != TRUE && first != FALSE) {
      throw unexpected("a boolean", what, first);
    }
    return first == TRUE;
  }

  /** An integer in these bounds. */
  public int integer(String what, int min, int max) throws IOException {
    int first = in.next();
    long value = number(first, what);
    if (value < min || value > max || (first == UINT64 && value < 0)) {
      throw new MalformedException(what + " is out of the range " + min + " to " + max);
    }
    return (int) value;
  }

  /** An integer of 0 to 2^64-1; what is over 2^63-1 comes as the negative long of the same bits. */
  public long unsigned(String what) throws IOException {
    int first = in.next();
    long value = number(first, what);
    if (value < 0 && first != UINT64) {
      throw new MalformedException(what + " is negative: " + value);
    }
    return value;
  }

  /** A float of either width, or an integer. */
  public double number(String what) throws IOException {
    int first = in.next();
    return switch (first) {
      case FLOAT32 -> Float.intBitsToFloat((int) in.big(4));
      case FLOAT64 -> Double.longBitsToDouble(in.big(8));
      default -> {
        long value = number(first, what);
        // The one integer that does not fit a long; exactness is not wanted of a double.
        yield first == UINT64 && value < 0 ? (value >>> 1) * 2.0 : value;
      }
    };
  }

  /** Passes over one value with all that it holds. */
  public void skip(String what) throws IOException {
    long values = 1;
    while (values > 0) {
      values--;
      int first = in.next();
      boolean fixInt = first < FIXMAP || first >= NEGATIVE_FIXINT;
      if (!fixInt) {
        values += skipRest(first, what);
      }
    }
  }

  /** Passes over what follows this first byte; says how many values it holds. */
  private long skipRest(int first, String what) throws IOException {
    if (first < FIXARRAY) {
      return 2L * (first - FIXMAP);
    } else if (first < FIXSTR) {
      return (long) first - FIXARRAY;
    } else if (first < NIL) {
      in.discard(first - FIXSTR);
      return 0;
    }
    switch (first) {
      case NIL, FALSE, TRUE -> {}
      case UINT8, INT8 -> in.discard(1);
      case UINT16, INT16, FIXEXT1 -> in.discard(2);
      case FIXEXT2 -> in.discard(3);
      case UINT32, INT32, FLOAT32 -> in.discard(4);
      case FIXEXT4 -> in.discard(5);
      case UINT64, INT64, FLOAT64 -> in.discard(8);
      case FIXEXT8 -> in.discard(9);
      case FIXEXT16 -> in.discard(17);
      case BIN8, STR8 -> in.discard(in.big(1));
      case BIN16, STR16 -> in.discard(in.big(2));
      case BIN32, STR32 -> in.discard(stringBytes(in.big(4), what));
      case EXT8 -> in.discard(1 + in.big(1));
      case EXT16 -> in.discard(1 + in.big(2));
      case EXT32 -> in.discard(1L + stringBytes(in.big(4), what));
      case ARRAY16 -> {
        return elements(in.big(2), what);
      }
      case ARRAY32 -> {
        return elements(in.big(4), what);
      }
      case MAP16 -> {
        return 2L * elements(in.big(2), what);
      }
      case MAP32 -> {
        return 2L * elements(in.big(4), what);
      }
      default -> throw unexpected("a value", what, first);
    }
    return 0;
  }

  private long number(int first, String what) throws IOException {
    if (first < FIXMAP) {
      return first;
    } else if (first >= NEGATIVE_FIXINT) {
      return (byte) first;
    }
    return switch (first) {
      case UINT8 -> in.big(1);
      case UINT16 -> in.big(2);
      case UINT32 -> in.big(4);
      case UINT64, INT64 -> in.big(8);
      case INT8 -> (byte) in.big(1);
      case INT16 -> (short) in.big(2);
      case INT32 -> (int) in.big(4);
      default -> throw unexpected("an integer", what, first);
    };
  }

  private int length(String wanted, String what) throws IOException {
    int first = in.next();
    if (first >= FIXSTR && first < NIL) {
      return first - FIXSTR;
    }
    return switch (first) {
      case NIL -> 0;
      case STR8, BIN8 -> stringBytes(in.big(1), what);
      case STR16, BIN16 -> stringBytes(in.big(2), what);
      case STR32, BIN32 -> stringBytes(in.big(4), what);
      default -> throw unexpected(wanted, what, first);
    };
  }

  private int elements(long count, String what) throws MalformedException {
    if (count > limits.elements()) {
      throw tooMuch(what, count + " entries", limits.elements() + " (DecodeLimits.elements)");
    }
    return (int) count;
  }

  private int stringBytes(long count, String what) throws MalformedException {
    if (count > limits.stringBytes()) {
      throw tooMuch(what, count + " bytes", limits.stringBytes() + " (DecodeLimits.stringBytes)");
    }
    return (int) count;
  }

  private static MalformedException tooMuch(String what, String size, String limit) {
    return new MalformedException(what + " has " + size + ", which is over the limit of " + limit);
  }

  private MalformedException unexpected(String wanted, String what, int first) {
    return new MalformedException(
        "expected "
            + wanted
            + " for "
            + what
            + " but found "
            + describe(first)
            + " at byte "
            + (frameBytes() - 1));
  }
}
