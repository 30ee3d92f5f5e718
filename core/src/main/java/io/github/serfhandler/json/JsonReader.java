package io.github.serfhandler.json;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Reads one JSON value from a text that is well-formed Unicode; confined to one thread, used once.
 *
 * <p>RFC 8259 to the letter. Where it leaves room: a member name that stands twice in an object, a
 * byte order mark, and half a surrogate pair (as an escape) are refused, since other readers take
 * them each in their own way.
 */
final class JsonReader {
  private final String text;
  private final int maxDepth;
  private int at;
  private int depth;

  JsonReader(String text, JsonLimits limits) {
    this.text = text;
    this.maxDepth = limits.maxDepth();
  }

  JsonValue read() {
    if (peek() == '\uFEFF') {
      throw expected("a value without a byte order mark before it");
    }
    JsonValue value = value();
    skipSpace();
    if (at < text.length()) {
      throw expected("nothing after the value");
    }
    return value;
  }

  private JsonValue value() {
    skipSpace();
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> new JsonText(quoted());
      case 't' -> word("true", JsonBool.TRUE);
      case 'f' -> word("false", JsonBool.FALSE);
      case 'n' -> word("null", JsonNull.NULL);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw expected("a value");
    };
  }

  private JsonObject object() {
    enter();
    TreeMap<String, JsonValue> members = new TreeMap<>();
    skipSpace();
    if (!take('}')) {
      do {
        skipSpace();
        if (peek() != '"') {
          throw expected(members.isEmpty() ? "a member name or '}'" : "a member name");
        }
        int start = at;
        String name = quoted();
        if (members.containsKey(name)) {
          at = start;
          throw expected("each member name once in an object");
        }
        skipSpace();
        if (!take(':')) {
          throw expected("':'");
        }
        members.put(name, value());
        skipSpace();
      } while (take(','));
      if (!take('}')) {
        throw expected("',' or '}'");
      }
    }
    depth--;
    return JsonObject.checked(members);
  }

  private JsonArray array() {
    enter();
    List<JsonValue> elements = new ArrayList<>();
    skipSpace();
    if (!take(']')) {
      do {
        elements.add(value());
        skipSpace();
      } while (take(','));
      if (!take(']')) {
        throw expected("',' or ']'");
      }
    }
    depth--;
    return JsonArray.of(elements);
  }

  private void enter() {
    if (++depth > maxDepth) {
      throw expected("at most " + maxDepth + " arrays and objects in each other");
    }
    at++;
  }

  private JsonValue word(String word, JsonValue value) {
    if (!text.startsWith(word, at)) {
      throw expected("a value");
    }
    at += word.length();
    return value;
  }

  private JsonNumber number() {
    int end = JsonNumber.end(text, at);
    if (end < 0) {
      at = ~end;
      throw expected("a digit");
    }
    if (end - at > JsonNumber.MAX_LENGTH) {
      throw expected("a number of at most " + JsonNumber.MAX_LENGTH + " characters");
    }
    JsonNumber number = new JsonNumber(text.substring(at, end));
    at = end;
    return number;
  }

  private String quoted() {
    int start = ++at;
    while (true) {
      char c = character();
      if (c == '"') {
        return text.substring(start, at++);
      }
      if (c == '\\') {
        return escaped(new StringBuilder().append(text, start, at));
      }
      at++;
    }
  }

  /** The rest of a text that has escapes in it. */
  private String escaped(StringBuilder out) {
    while (true) {
      char c = character();
      at++;
      if (c == '"') {
        return out.toString();
      }
      if (c == '\\') {
        escape(out);
      } else {
        out.append(c);
      }
    }
  }

  private void escape(StringBuilder out) {
    char c = peek();
    switch (c) {
      case '"', '\\', '/' -> out.append(c);
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'u' -> {
        unicode(out);
        return;
      }
      default -> throw expected("one of \" \\ / b f n r t u after a backslash");
    }
    at++;
  }

  private void unicode(StringBuilder out) {
    int start = at - 1;
    char c = fourDigits();
    out.append(c);
    if (Character.isHighSurrogate(c) && text.startsWith("\\u", at)) {
      at++;
      char low = fourDigits();
      if (Character.isLowSurrogate(low)) {
        out.append(low);
        return;
      }
    }
    if (Character.isSurrogate(c)) {
      at = start;
      throw expected("the escapes of surrogates in pairs");
    }
  }

  /** The four digits after a {@code u}, at which the reader stands. */
  private char fourDigits() {
    at++;
    int code = 0;
    for (int i = 0; i < 4; i++, at++) {
      int digit = hexDigit(peek());
      if (digit < 0) {
        throw expected("a hexadecimal digit");
      }
      code = code << 4 | digit;
    }
    return (char) code;
  }

  /** Not Character.digit, which takes the digits of all scripts. */
  private static int hexDigit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    char lower = (char) (c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  /** The character of a text at which the reader stands. */
  private char character() {
    if (at >= text.length()) {
      throw expected("a quote at the end of the text");
    }
    char c = text.charAt(at);
    if (c < ' ') {
      throw expected("control characters as escapes only");
    }
    return c;
  }

  private void skipSpace() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return;
      }
      at++;
    }
  }

  private boolean take(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  /** NUL at the end, which nothing in JSON begins with. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private JsonException expected(String what) {
    boolean ended = at >= text.length();
    int index = Math.min(at, text.length());
    return SourceText.at(text, index, "expected " + what + (ended ? ", found the end" : ""));
  }
}
