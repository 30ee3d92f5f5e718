package io.github.serfhandler.json;

import io.github.serfhandler.render.Utf8Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Immutable: a JSON value. Every value can be written, and reads back as an equal one; so a text
 * that UTF-8 can not hold and a nesting that no reader takes are refused when a value is made.
 *
 * <p>{@code toString()} tells kind and size, never the content, which may be secret; what is to be
 * seen is asked for with {@link #compact()} or {@link #indented()}.
 */
public sealed interface JsonValue
    permits JsonArray, JsonBool, JsonNull, JsonNumber, JsonObject, JsonText {

  /** The deepest nesting of arrays and objects that a value may have. */
  int MAX_DEPTH = 128;

  /**
   * Reads UTF-8 bytes with {@link JsonLimits#DEFAULT}.
   *
   * @throws JsonException where they are not exactly one JSON value
   */
  static JsonValue parse(byte[] utf8) {
    return parse(utf8, JsonLimits.DEFAULT);
  }

  /**
   * Reads UTF-8 bytes.
   *
   * @throws JsonException where they are not exactly one JSON value within the limits
   */
  static JsonValue parse(byte[] utf8, JsonLimits limits) {
    return new JsonReader(SourceText.of(utf8, limits), limits).read();
  }

  /**
   * Reads a text with {@link JsonLimits#DEFAULT}.
   *
   * @throws JsonException where it is not exactly one JSON value
   */
  static JsonValue parse(String text) {
    return new JsonReader(SourceText.of(text, JsonLimits.DEFAULT), JsonLimits.DEFAULT).read();
  }

  /**
   * A text.
   *
   * @throws IllegalArgumentException where it holds half of a surrogate pair
   */
  static JsonText of(String text) {
    return new JsonText(text);
  }

  /** An integer. */
  static JsonNumber of(long number) {
    return JsonNumber.of(number);
  }

  /** True or false. */
  static JsonBool of(boolean value) {
    return value ? JsonBool.TRUE : JsonBool.FALSE;
  }

  /** What it is, for messages: {@code an object}. */
  String kind();

  /** Whether it is {@code null}. */
  default boolean isNull() {
    return false;
  }

  /**
   * It as an object.
   *
   * @throws JsonException where it is none
   */
  default JsonObject asObject() {
    throw JsonException.unlike("an object", this);
  }

  /**
   * It as an array.
   *
   * @throws JsonException where it is none
   */
  default JsonArray asArray() {
    throw JsonException.unlike("an array", this);
  }

  /**
   * The characters of a text.
   *
   * @throws JsonException where it is none
   */
  default String asText() {
    throw JsonException.unlike("a text", this);
  }

  /**
   * An integer of 64 bits, however it is written ({@code 1.0} and {@code 1e2} are integers).
   *
   * @throws JsonException where it is no such number
   */
  default long asLong() {
    throw JsonException.unlike("a number", this);
  }

  /**
   * The double nearest to a number.
   *
   * @throws JsonException where it is no number, or one beyond all doubles
   */
  default double asDouble() {
    throw JsonException.unlike("a number", this);
  }

  /**
   * True or false.
   *
   * @throws JsonException where it is neither
   */
  default boolean asBoolean() {
    throw JsonException.unlike("true or false", this);
  }

  /**
   * A member of an object; empty where it has none of that name.
   *
   * @throws JsonException where this is no object
   */
  default Optional<JsonValue> member(String name) {
    return asObject().member(name);
  }

  /**
   * A member that must be there.
   *
   * @throws JsonException where this is no object or has no such member; names it
   */
  default JsonValue required(String name) {
    Optional<JsonValue> member = member(name);
    if (member.isEmpty()) {
      throw new JsonException("the member " + name + " is missing");
    }
    return member.get();
  }

  /** On one line, without spaces, names in order. Safe for a terminal. */
  default String compact() {
    Utf8Buffer out = new Utf8Buffer();
    JsonWriter.compact(out).write(this);
    return StandardCharsets.UTF_8.decode(out.bytes()).toString();
  }

  /**
   * With 4 spaces and names in order, as Python's {@code json.dumps(indent=4, sort_keys=True)}, but
   * in plain letters instead of escapes; no newline at the end.
   */
  default String indented() {
    Utf8Buffer out = new Utf8Buffer();
    writeIndented(out, Integer.MAX_VALUE);
    return StandardCharsets.UTF_8.decode(out.bytes()).toString();
  }

  /**
   * Appends what {@link #indented} gives.
   *
   * @param maxBytes the longest that {@code out} may become; indenting can make a hostile text a
   *     hundred times longer
   * @throws JsonException where it would become longer; {@code out} holds a part then
   */
  default void writeIndented(Utf8Buffer out, int maxBytes) {
    JsonWriter.indented(out, maxBytes).write(this);
  }

  /**
   * The one form that all equal values have, for comparing and signing. RFC 8785 (JCS), except that
   * a number stands as it was written; so for integers of up to 53 bits, written without fraction
   * and exponent, it is that of RFC 8785. UTF-8; no spaces, names in the order of their UTF-16 code
   * units, of the escapes only those that JSON demands, the short ones where there are.
   */
  default byte[] canonical() {
    return CanonicalForm.of(this).getBytes(StandardCharsets.UTF_8);
  }

  /** The SHA-256 of {@link #canonical}: 64 hexadecimal digits in lower case. */
  default String sha256() {
    return CanonicalForm.sha256(canonical());
  }
}
