package io.github.serfhandler.json;

import java.math.BigDecimal;

/**
 * Immutable: a JSON number, kept as it was written, so that none loses digits on its way through.
 * Two are equal where they are written alike: {@code 1} and {@code 1.0} are not.
 */
public final class JsonNumber implements JsonValue {
  /** The longest number, in characters: arithmetic on a longer one is a way to keep us busy. */
  public static final int MAX_LENGTH = 1000;

  private final String text;

  /** A number that was checked already. */
  JsonNumber(String text) {
    this.text = text;
  }

  /** An integer. */
  public static JsonNumber of(long number) {
    return new JsonNumber(Long.toString(number));
  }

  /**
   * The number that JSON writes so.
   *
   * @throws IllegalArgumentException where it writes none so, or it is too long
   */
  public static JsonNumber of(String text) {
    if (text.length() > MAX_LENGTH || text.isEmpty() || end(text, 0) != text.length()) {
      throw new IllegalArgumentException("not a number of JSON");
    }
    return new JsonNumber(text);
  }

  /** How it was written. */
  public String text() {
    return text;
  }

  /** Whether it was written as an integer: digits, perhaps a minus before them. */
  public boolean isInteger() {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' || c == 'e' || c == 'E') {
        return false;
      }
    }
    return true;
  }

  /**
   * Its exact value. Beware of what it is asked for then: written out, {@code 1e999999999} takes a
   * gigabyte.
   *
   * @throws JsonException where its exponent takes more than 32 bits
   */
  public BigDecimal asBigDecimal() {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new JsonException("expected a number with a smaller exponent");
    }
  }

  @Override
  public String kind() {
    return "a number";
  }

  @Override
  public long asLong() {
    try {
      return isInteger() ? Long.parseLong(text) : asBigDecimal().longValueExact();
    } catch (NumberFormatException | ArithmeticException e) {
      throw new JsonException("expected an integer of 64 bits, found another number");
    }
  }

  @Override
  public double asDouble() {
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw new JsonException("expected a number that a double can hold, found a larger one");
    }
    return value;
  }

  /**
   * Where a number ends that begins at {@code from}; {@code ~i} where it is none because of what
   * stands, or does not stand, at {@code i}.
   */
  static int end(String text, int from) {
    int at = from;
    if (at < text.length() && text.charAt(at) == '-') {
      at++;
    }
    int digits = digits(text, at);
    if (digits == at) {
      return ~at;
    }
    at = text.charAt(at) == '0' ? at + 1 : digits;
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      digits = digits(text, at);
      if (digits == at) {
        return ~at;
      }
      at = digits;
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      digits = digits(text, at);
      if (digits == at) {
        return ~at;
      }
      at = digits;
    }
    return at;
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonNumber that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "a number of " + text.length() + " characters";
  }
}
