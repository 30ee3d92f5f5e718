package io.github.serfhandler.etcd;

import io.github.serfhandler.json.JsonArray;
import io.github.serfhandler.json.JsonLimits;
import io.github.serfhandler.json.JsonNumber;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Stateless: reads fields in the JSON form of Protocol Buffers 3, in which bytes are base64, 64-bit
 * integers are texts, and what has its default (0, false, nothing) is left out. Each method throws
 * {@link io.github.serfhandler.json.JsonException} or {@link IllegalArgumentException} for a field
 * of another kind; the message holds nothing of its content.
 */
final class Fields {
  private static final byte[] NONE = new byte[0];

  private Fields() {}

  /** How deep and long an answer may be. */
  static JsonLimits limits(int maxBytes) {
    return new JsonLimits(maxBytes, 16);
  }

  /** A revision, a lease, a time: never negative. */
  static long positive(JsonObject from, String name) {
    long value = int64(from, name);
    if (value < 0) {
      throw new IllegalArgumentException("the member " + name + " is negative");
    }
    return value;
  }

  /** A 64-bit integer, as a text or a number. */
  static long int64(JsonObject from, String name) {
    Optional<JsonValue> value = from.member(name);
    if (value.isEmpty()) {
      return 0;
    }
    if (value.get() instanceof JsonNumber number) {
      return number.asLong();
    }
    String text = value.get().asText();
    if (!text.matches("-?[0-9]{1,19}")) {
      throw new IllegalArgumentException("the member " + name + " is not an integer of 64 bits");
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("the member " + name + " is beyond 64 bits", e);
    }
  }

  /** An unsigned 64-bit integer that is only compared and shown: its digits. */
  static String digits(JsonObject from, String name) {
    Optional<JsonValue> value = from.member(name);
    if (value.isEmpty()) {
      return "0";
    }
    String text = value.get() instanceof JsonNumber number ? number.text() : value.get().asText();
    if (!text.matches("[0-9]{1,20}")) {
      throw new IllegalArgumentException("the member " + name + " is not an integer of 64 bits");
    }
    return text;
  }

  /** Bytes. */
  static byte[] bytes(JsonObject from, String name) {
    Optional<JsonValue> value = from.member(name);
    if (value.isEmpty()) {
      return NONE;
    }
    try {
      return Base64.getDecoder().decode(value.get().asText());
    } catch (IllegalArgumentException e) {
      // Its own message shows a character of the value.
      throw new IllegalArgumentException("the member " + name + " is not base64");
    }
  }

  /** A text. */
  static String text(JsonObject from, String name) {
    return from.member(name).map(JsonValue::asText).orElse("");
  }

  /** True or false. */
  static boolean flag(JsonObject from, String name) {
    return from.member(name).map(JsonValue::asBoolean).orElse(false);
  }

  /** What is in a list. */
  static List<JsonValue> list(JsonObject from, String name) {
    return from.member(name).map(JsonValue::asArray).map(JsonArray::elements).orElse(List.of());
  }

  /** An object. */
  static JsonObject object(JsonObject from, String name) {
    return from.member(name).map(JsonValue::asObject).orElse(JsonObject.EMPTY);
  }

  /** Bytes as a member is written. */
  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
