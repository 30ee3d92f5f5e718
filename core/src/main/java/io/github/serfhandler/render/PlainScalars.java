package io.github.serfhandler.render;

/** Which strings need no quotes in YAML. */
final class PlainScalars {
  // YAML 1.1 and 1.2 between them, in lower case: https://yaml.org/type/bool.html, null.html and
  // float.html; the last three are no YAML, but some readers take them for numbers all the same.
  private static final String[] NOT_STRINGS = {
    "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity"
  };

  /** No key has more than 63 characters; longer plain ones could be refused as keys. */
  private static final int MAX_LENGTH = 128;

  private PlainScalars() {}

  /**
   * Whether the text stands for itself without quotes, as key and as value. Narrower than YAML
   * allows: a letter first (all numbers, dates, times and indicators begin otherwise), then
   * letters, digits, {@code .}, {@code _}, {@code -}, all ASCII, and none of the words that mean
   * something else.
   */
  static boolean isPlain(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH || !isLetter(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    for (String word : NOT_STRINGS) {
      if (word.equalsIgnoreCase(text)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
