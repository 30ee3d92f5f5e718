package io.github.serfhandler.catalog;

/**
 * The rule for product, service and key names, wherever they come from: 1 to 63 of {@code A-Z a-z
 * 0-9 . _ -}, beginning with a letter or digit, never with {@code ..} in them. Such a name is safe
 * as a file name, as a part of a host name and in a tag.
 */
public final class Names {
  /** The longest legal name, in characters. */
  public static final int MAX_LENGTH = 63;

  private Names() {}

  /** Whether {@code name} is legal. */
  public static boolean isLegal(String name) {
    int length = name.length();
    if (length == 0 || length > MAX_LENGTH || !isLetterOrDigit(name.charAt(0))) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      char c = name.charAt(i);
      boolean doubled = c == '.' && name.charAt(i - 1) == '.';
      if (doubled || !(isLetterOrDigit(c) || c == '.' || c == '_' || c == '-')) {
        return false;
      }
    }
    return true;
  }

  /**
   * Passes a legal name through.
   *
   * @param what what the name is of, for the message: {@code product}
   * @throws IllegalArgumentException for an illegal one; its message is one line and holds the name
   */
  public static String requireLegal(String what, String name) {
    if (!isLegal(name)) {
      throw new IllegalArgumentException(what + " " + OneLine.quote(name) + ": " + RULE);
    }
    return name;
  }

  /** The rule in words, for messages. */
  public static final String RULE =
      "not a legal name: 1 to 63 of A-Z a-z 0-9 . _ -, first a letter or digit, no two dots in a"
          + " row";

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
  }
}
