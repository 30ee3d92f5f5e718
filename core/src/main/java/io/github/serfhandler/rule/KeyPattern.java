package io.github.serfhandler.rule;

import io.github.serfhandler.catalog.Names;
import io.github.serfhandler.process.Printed;

/**
 * Immutable: which keys are meant, {@code PRODUCT/KEY}. In either part each {@code *} stands for
 * any characters, also for none.
 *
 * @param product the pattern of the product's name
 * @param key the pattern of the key's name
 */
public record KeyPattern(String product, String key) {
  private static final int SHOWN = 80;
  private static final String RULE =
      ": not PRODUCT/KEY, two names in which * stands for any characters; write for example shop/*,"
          + " */limits or shop/db-*";

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException for a part that no name can match; its message is one line
   */
  public KeyPattern {
    if (!isLegal(product) || !isLegal(key)) {
      throw new IllegalArgumentException("match " + shown(product + "/" + key) + RULE);
    }
  }

  /**
   * Reads {@code PRODUCT/KEY}.
   *
   * @throws IllegalArgumentException where it is none; its message is one line
   */
  public static KeyPattern parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("match " + shown(text) + RULE);
    }
    return new KeyPattern(text.substring(0, slash), text.substring(slash + 1));
  }

  /** Whether a key is one of them. */
  public boolean matches(String otherProduct, String otherKey) {
    return fits(product, otherProduct) && fits(key, otherKey);
  }

  /** Whether the pattern with anything for its stars is a legal name. */
  private static boolean isLegal(String pattern) {
    if (pattern.isEmpty() || pattern.length() > Names.MAX_LENGTH) {
      return false;
    }
    // What stands before, between and after stars must be legal between two letters.
    StringBuilder name = new StringBuilder(pattern.length());
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      name.append(c == '*' ? 'a' : c);
    }
    return Names.isLegal(name.toString());
  }

  /** In time of the product of both lengths at most: it goes back to the last star alone. */
  private static boolean fits(String pattern, String name) {
    int at = 0;
    int star = -1;
    int retry = 0;
    int i = 0;
    while (i < name.length()) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        retry = i;
      } else if (at < pattern.length() && pattern.charAt(at) == name.charAt(i)) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++retry;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }

  private static String shown(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length() && i < SHOWN; i++) {
      out.append(Printed.isPlain(text.charAt(i)) ? text.charAt(i) : '?');
    }
    return out.append(text.length() > SHOWN ? "...\"" : "\"").toString();
  }

  /** {@code PRODUCT/KEY}. */
  @Override
  public String toString() {
    return product + "/" + key;
  }
}
