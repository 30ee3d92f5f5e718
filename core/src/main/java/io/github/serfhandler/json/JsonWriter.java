package io.github.serfhandler.json;

import io.github.serfhandler.render.Utf8Buffer;
import java.util.Map;

/** Appends values to a buffer, on one line or indented. Confined to one thread. */
final class JsonWriter {
  private final Utf8Buffer out;
  private final boolean indented;
  private final int maxBytes;
  private int depth;

  private JsonWriter(Utf8Buffer out, boolean indented, int maxBytes) {
    this.out = out;
    this.indented = indented;
    this.maxBytes = maxBytes;
  }

  static JsonWriter compact(Utf8Buffer out) {
    return new JsonWriter(out, false, Integer.MAX_VALUE);
  }

  static JsonWriter indented(Utf8Buffer out, int maxBytes) {
    return new JsonWriter(out, true, maxBytes);
  }

  void write(JsonValue value) {
    if (value instanceof JsonObject object) {
      object(object);
    } else if (value instanceof JsonArray array) {
      array(array);
    } else if (value instanceof JsonText text) {
      out.quoted(text.asText());
    } else if (value instanceof JsonNumber number) {
      out.ascii(number.text());
    } else if (value instanceof JsonBool bool) {
      out.ascii(bool == JsonBool.TRUE ? "true" : "false");
    } else {
      out.ascii("null");
    }
    if (out.length() > maxBytes) {
      throw new JsonException("expected to fit " + maxBytes + " bytes when indented");
    }
  }

  private void object(JsonObject object) {
    char before = '{';
    depth++;
    for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
      out.ascii(before);
      newLine();
      out.quoted(member.getKey()).ascii(indented ? ": " : ":");
      write(member.getValue());
      before = ',';
    }
    close(before, '{', '}');
  }

  private void array(JsonArray array) {
    char before = '[';
    depth++;
    for (JsonValue element : array.elements()) {
      out.ascii(before);
      newLine();
      write(element);
      before = ',';
    }
    close(before, '[', ']');
  }

  private void close(char before, char open, char close) {
    depth--;
    if (before == open) {
      out.ascii(open);
    } else {
      newLine();
    }
    out.ascii(close);
  }

  private void newLine() {
    if (indented) {
      out.ascii('\n');
      for (int i = 0; i < depth; i++) {
        out.ascii("    ");
      }
    }
  }
}
