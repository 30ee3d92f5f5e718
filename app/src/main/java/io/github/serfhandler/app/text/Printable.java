package io.github.serfhandler.app.text;

/**
 * Stateless: makes text that others wrote safe for a terminal and for a log of one line per record.
 *
 * <p>Node names and tags come from the whole cluster. A line break in one would forge a log line,
 * an escape sequence would repaint the reader's terminal, a bidirectional mark would show a name
 * backwards.
 */
public final class Printable {
  private static final String HEX = "0123456789abcdef";

  private Printable() {}

  /**
   * The text with every control, format and line-separating character, and every half of a
   * surrogate pair, written as an escape ({@code \n}, <code>&#92;u001b</code>), and {@code \} as
   * {@code \\} where anything was escaped. Text without any of those is returned as it is.
   */
  public static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isHostile(text, i)) {
        return escape(text);
      }
    }
    return text;
  }

  /**
   * The text between double quotes, safe to print, and shortened when longer than 80 characters.
   */
  public static String quoted(String text) {
    String safe = of(text);
    if (safe.length() > 80) {
      safe = safe.substring(0, 77) + "...";
    }
    return "\"" + safe + "\"";
  }

  private static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        out.append("\\\\");
      } else if (!isHostile(text, i)) {
        out.append(c);
      } else if (c == '\n') {
        out.append("\\n");
      } else if (c == '\r') {
        out.append("\\r");
      } else if (c == '\t') {
        out.append("\\t");
      } else {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(HEX.charAt((c >> shift) & 15));
        }
      }
    }
    return out.toString();
  }

  private static boolean isHostile(String text, int index) {
    char c = text.charAt(index);
    if (c < ' ') {
      return true;
    }
    if (c < 0x7f) {
      return false;
    }
    if (Character.isHighSurrogate(c)) {
      return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return index == 0 || !Character.isHighSurrogate(text.charAt(index - 1));
    }
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
