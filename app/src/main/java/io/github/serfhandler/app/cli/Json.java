package io.github.serfhandler.app.cli;

import java.util.List;

/**
 * Confined to its caller's thread: builds a JSON text for {@code --format=json}: 4 spaces, members
 * in the order in which they are added, a line end at the end. Characters that a terminal would act
 * on are escaped, which JSON allows.
 */
public final class Json {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder(1024);
  private int depth;
  private boolean first = true;

  /** Begins an array, in an array or as the whole text. */
  public Json beginArray() {
    return element().open('[');
  }

  /** Begins an array as a member of an object. */
  public Json beginArray(String name) {
    return name(name).open('[');
  }

  /** Ends the array. */
  public Json endArray() {
    return close(']');
  }

  /** Begins an object, in an array or as the whole text. */
  public Json beginObject() {
    return element().open('{');
  }

  /** Ends the object. */
  public Json endObject() {
    return close('}');
  }

  /** Adds a text to an object. */
  public Json member(String name, String value) {
    name(name).quoted(value);
    return this;
  }

  /** Adds a number to an object. */
  public Json member(String name, long value) {
    name(name).out.append(value);
    return this;
  }

  /** Adds a list of texts to an object, on one line. */
  public Json member(String name, List<String> values) {
    name(name).out.append('[');
    for (int i = 0; i < values.size(); i++) {
      out.append(i == 0 ? "" : ", ");
      quoted(values.get(i));
    }
    out.append(']');
    return this;
  }

  /** Prints the whole text. */
  public void print(Output output) {
    output.line(out.toString());
  }

  private Json element() {
    if (depth > 0) {
      newLine();
    }
    return this;
  }

  private Json name(String name) {
    newLine();
    quoted(name);
    out.append(": ");
    return this;
  }

  private Json open(char bracket) {
    out.append(bracket);
    depth++;
    first = true;
    return this;
  }

  private Json close(char bracket) {
    depth--;
    if (!first) {
      out.append('\n').append("    ".repeat(depth));
    }
    first = false;
    out.append(bracket);
    return this;
  }

  private void newLine() {
    out.append(first ? "\n" : ",\n").append("    ".repeat(depth));
    first = false;
  }

  private void quoted(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7f) {
        out.append(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        out.append(c).append(text.charAt(++i));
      } else if (Character.isLetterOrDigit(c)) {
        out.append(c);
      } else {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(HEX.charAt((c >> shift) & 15));
        }
      }
    }
    out.append('"');
  }
}
