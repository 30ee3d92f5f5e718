package io.github.serfhandler.json;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;

/** Writes the form that {@link JsonValue#canonical} describes. */
final class CanonicalForm {
  private static final String HEX = "0123456789abcdef";

  private CanonicalForm() {}

  static String of(JsonValue value) {
    StringBuilder out = new StringBuilder();
    append(value, out);
    return out.toString();
  }

  static String sha256(byte[] bytes) {
    byte[] hash;
    try {
      hash = MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    StringBuilder out = new StringBuilder(2 * hash.length);
    for (byte b : hash) {
      out.append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
    }
    return out.toString();
  }

  private static void append(JsonValue value, StringBuilder out) {
    if (value instanceof JsonObject object) {
      String before = "{";
      for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
        quoted(member.getKey(), out.append(before));
        append(member.getValue(), out.append(':'));
        before = ",";
      }
      out.append(object.size() == 0 ? "{}" : "}");
    } else if (value instanceof JsonArray array) {
      String before = "[";
      for (JsonValue element : array.elements()) {
        append(element, out.append(before));
        before = ",";
      }
      out.append(array.size() == 0 ? "[]" : "]");
    } else if (value instanceof JsonText text) {
      quoted(text.asText(), out);
    } else if (value instanceof JsonNumber number) {
      out.append(number.text());
    } else if (value instanceof JsonBool bool) {
      out.append(bool == JsonBool.TRUE ? "true" : "false");
    } else {
      out.append("null");
    }
  }

  /** RFC 8785, 3.2.2.2. Not {@code Utf8Buffer.quoted}, which escapes more for people's sake. */
  private static void quoted(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
