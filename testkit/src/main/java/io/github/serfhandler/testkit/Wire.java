package io.github.serfhandler.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;

/**
 * Stateless: msgpack bytes from plain Java values and back, by msgpack-core.
 *
 * <p>Values are {@code null}, {@link Boolean}, {@link Integer}, {@link Long}, {@link BigInteger}
 * (uint64), {@link Double}, {@link String}, {@code byte[]}, {@link List}, {@link Map}. Decoded
 * integers are {@link Long}, or {@link BigInteger} above 2^63 - 1; decoded maps keep their order.
 */
public final class Wire {

  private static final MessagePack.PackerConfig OLD =
      new MessagePack.PackerConfig().withStr8FormatSupport(false);

  private Wire() {}

  /** An ordered map from keys and values in turn; values may be null. */
  public static Map<String, @Nullable Object> map(@Nullable Object... keysAndValues) {
    if (keysAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "a key without a value among " + Arrays.toString(keysAndValues));
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
    }
    return map;
  }

  /** A response header; {@code ""} means that the command went well. */
  public static Map<String, @Nullable Object> header(long seq, String error) {
    return map("Error", error, "Seq", seq);
  }

  /** The values, one after the other, as today's agents write them. */
  public static byte[] encode(@Nullable Object... values) {
    return encodeAs(WireFormat.MODERN, values);
  }

  /** The values, one after the other. */
  public static byte[] encodeAs(WireFormat format, @Nullable Object... values) {
    MessagePack.PackerConfig config =
        format == WireFormat.OLD_RAW ? OLD : MessagePack.DEFAULT_PACKER_CONFIG;
    try (MessageBufferPacker packer = config.newBufferPacker()) {
      for (Object value : values) {
        pack(packer, format, value);
      }
      return packer.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("packing into memory", e);
    }
  }

  /** All the values that the bytes hold. */
  public static List<@Nullable Object> decode(byte[] bytes) {
    List<@Nullable Object> values = new ArrayList<>();
    try (MessageUnpacker unpacker =
        MessagePack.newDefaultUnpacker(new ByteArrayInputStream(bytes))) {
      while (unpacker.hasNext()) {
        values.add(read(unpacker));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("unpacking from memory", e);
    }
    return values;
  }

  /** A map that claims so many entries, and nothing of them. */
  public static byte[] claimedMap(int entries) {
    return claim(0xdf, entries);
  }

  /** An array that claims so many elements, and nothing of them. */
  public static byte[] claimedArray(int elements) {
    return claim(0xdd, elements);
  }

  /** A text that claims so many bytes, and nothing of them. */
  public static byte[] claimedText(int length) {
    return claim(0xdb, length);
  }

  /** Bytes that claim so great a length, and nothing of them. */
  public static byte[] claimedBytes(int length) {
    return claim(0xc6, length);
  }

  /** The parts as one array. */
  public static byte[] concat(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  static @Nullable Object read(MessageUnpacker unpacker) throws IOException {
    return plain(unpacker.unpackValue());
  }

  private static byte[] claim(int type, int count) {
    return new byte[] {
      (byte) type, (byte) (count >>> 24), (byte) (count >>> 16), (byte) (count >>> 8), (byte) count
    };
  }

  private static void pack(MessageBufferPacker packer, WireFormat format, @Nullable Object value)
      throws IOException {
    if (value == null) {
      packer.packNil();
    } else if (value instanceof String text) {
      packText(packer, format, text.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof byte[] bytes) {
      packBytes(packer, format, bytes);
    } else if (value instanceof Boolean b) {
      packer.packBoolean(b);
    } else if (value instanceof BigInteger big) {
      packer.packBigInteger(big);
    } else if (value instanceof Double d) {
      packer.packDouble(d);
    } else if (value instanceof Number n) {
      packer.packLong(n.longValue());
    } else if (value instanceof List<?> list) {
      packer.packArrayHeader(list.size());
      for (Object element : list) {
        pack(packer, format, element);
      }
    } else if (value instanceof Map<?, ?> map) {
      packer.packMapHeader(map.size());
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        pack(packer, format, entry.getKey());
        pack(packer, format, entry.getValue());
      }
    } else {
      throw new IllegalArgumentException("msgpack has no " + value.getClass());
    }
  }

  private static void packText(MessageBufferPacker packer, WireFormat format, byte[] utf8)
      throws IOException {
    if (format == WireFormat.TEXT_AS_BIN) {
      packer.packBinaryHeader(utf8.length);
    } else {
      packer.packRawStringHeader(utf8.length);
    }
    packer.writePayload(utf8);
  }

  private static void packBytes(MessageBufferPacker packer, WireFormat format, byte[] bytes)
      throws IOException {
    if (format == WireFormat.OLD_RAW) {
      packer.packRawStringHeader(bytes.length);
    } else {
      packer.packBinaryHeader(bytes.length);
    }
    packer.writePayload(bytes);
  }

  private static @Nullable Object plain(Value value) {
    return switch (value.getValueType()) {
      case NIL -> null;
      case BOOLEAN -> value.asBooleanValue().getBoolean();
      case INTEGER -> integer(value.asIntegerValue().toBigInteger());
      case FLOAT -> value.asFloatValue().toDouble();
      case STRING -> value.asStringValue().toString();
      case BINARY -> value.asBinaryValue().asByteArray();
      case ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        value.asArrayValue().forEach(element -> list.add(plain(element)));
        yield list;
      }
      case MAP -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        value
            .asMapValue()
            .map()
            .forEach((key, element) -> map.put(String.valueOf(plain(key)), plain(element)));
        yield map;
      }
      case EXTENSION -> value.toString();
    };
  }

  private static Object integer(BigInteger value) {
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }
}
