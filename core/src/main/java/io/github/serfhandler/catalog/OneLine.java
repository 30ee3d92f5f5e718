package io.github.serfhandler.catalog;

/** Makes text of unknown origin fit for one line of a log or a terminal. */
final class OneLine {
  private static final int MAX_CHARS = 100;

  private OneLine() {}

  /**
   * The text in double quotes, at most 100 of its characters, with everything that could break the
   * line or drive a terminal written as {@code \}{@code uXXXX}.
   */
  static String quote(String text) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), MAX_CHARS) + 8);
    out.append('"');
    int end = Math.min(text.length(), MAX_CHARS);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (isSafe(c)) {
        out.append(c);
      } else {
        appendEscape(out, c);
      }
    }
    out.append(text.length() > MAX_CHARS ? "…\"" : "\"");
    return out.toString();
  }

  private static boolean isSafe(char c) {
    // Format characters hold the bidirectional overrides, which reorder what a terminal shows.
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SURROGATE
        && type != Character.UNASSIGNED;
  }

  /** Appends {@code \}{@code uXXXX}. */
  static void appendEscape(StringBuilder out, char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(Character.forDigit((c >> shift) & 0xf, 16));
    }
  }
}
