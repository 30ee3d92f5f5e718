package io.github.serfhandler.client;

/**
 * Stateless: what can be said of a regular expression for the agent without Go's own compiler. It
 * goes into a group there, so it must not close that group or escape its end: {@code a)(b} would
 * compile and match something else.
 */
final class Regexes {
  private Regexes() {}

  /** The expression in a group of its own. */
  static String grouped(String what, String regex) {
    String fault = fault(regex);
    if (!fault.isEmpty()) {
      throw new IllegalArgumentException(
          "the regular expression for " + what + " has " + fault + ": " + regex);
    }
    return "(?:" + regex + ")";
  }

  private static String fault(String regex) {
    int depth = 0;
    int at = 0;
    while (at < regex.length()) {
      char c = regex.charAt(at);
      if (c == '\\') {
        if (at + 1 == regex.length()) {
          return "a backslash at its end";
        }
        if (regex.charAt(at + 1) == 'Q') {
          int end = regex.indexOf("\\E", at + 2);
          if (end < 0) {
            return "a \\Q without \\E";
          }
          at = end;
        }
        at += 2;
        continue;
      }
      if (c == '[') {
        at = classEnd(regex, at);
        if (at < 0) {
          return "a [ without ]";
        }
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth < 0) {
        return "a ) without (";
      }
      at++;
    }
    return depth > 0 ? "a ( without )" : "";
  }

  /** The index of the {@code ]} that ends the class which begins here, or -1. */
  private static int classEnd(String regex, int start) {
    int at = start + 1;
    if (at < regex.length() && regex.charAt(at) == '^') {
      at++;
    }
    if (at < regex.length() && regex.charAt(at) == ']') {
      at++; // Literal in the first place.
    }
    while (at < regex.length()) {
      char c = regex.charAt(at);
      if (c == ']') {
        return at;
      } else if (c == '\\') {
        at++;
      } else if (c == '[' && regex.startsWith("[:", at) && regex.indexOf(":]", at) > 0) {
        at = regex.indexOf(":]", at) + 1;
      }
      at++;
    }
    return -1;
  }
}
