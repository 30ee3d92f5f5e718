package io.github.serfhandler.source;

import io.github.serfhandler.catalog.Names;
import io.github.serfhandler.config.RejectedException;

/**
 * Immutable: how a store's keys are made of product and key: a pattern in which the words {@code
 * PRODUCT} and {@code KEY} stand for the two names, each once, and all else for itself, as {@code
 * /PRODUCT/KEY} or {@code /config/PRODUCT/KEY.json}.
 */
public final class KeyLayout {
  /** {@code /PRODUCT/KEY}. */
  public static final KeyLayout DEFAULT = parse("/PRODUCT/KEY");

  private static final String PRODUCT = "PRODUCT";
  private static final String KEY = "KEY";
  private static final int MAX_LENGTH = 512;

  private final boolean productFirst;
  private final String head;
  private final String between;
  private final String tail;

  private KeyLayout(boolean productFirst, String head, String between, String tail) {
    this.productFirst = productFirst;
    this.head = head;
    this.between = between;
    this.tail = tail;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException where it is none; its message is one line
   */
  public static KeyLayout parse(String pattern) {
    int product = pattern.indexOf(PRODUCT);
    int key = pattern.indexOf(KEY);
    boolean once =
        product >= 0
            && key >= 0
            && pattern.indexOf(PRODUCT, product + 1) < 0
            && pattern.indexOf(KEY, key + 1) < 0;
    if (!once || pattern.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "needs the words PRODUCT and KEY, each once; write for example /config/PRODUCT/KEY");
    }
    boolean productFirst = product < key;
    int first = Math.min(product, key);
    int firstEnd = first + (productFirst ? PRODUCT : KEY).length();
    int second = Math.max(product, key);
    String between = pattern.substring(firstEnd, second);
    if (!holdsWhatNoNameCan(between)) {
      throw new IllegalArgumentException(
          "needs something between PRODUCT and KEY that no name can hold, as /");
    }
    String tail = pattern.substring(second + (productFirst ? KEY : PRODUCT).length());
    return new KeyLayout(productFirst, pattern.substring(0, first), between, tail);
  }

  /** Else it could not be told where the first name ends. */
  private static boolean holdsWhatNoNameCan(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ofNames = c == '.' || c == '-' || Names.isLegal("a" + c);
      if (!ofNames) {
        return true;
      }
    }
    return false;
  }

  /** What all of its keys begin with; may be {@code ""}. */
  public String head() {
    return head;
  }

  /** The store's key for a product and a key. */
  public String storeKey(String product, String key) {
    return productFirst
        ? head + product + between + key + tail
        : head + key + between + product + tail;
  }

  /**
   * Immutable: where a store's key belongs.
   *
   * @param product a legal name
   * @param key a legal name
   */
  public record Place(String product, String key) {
    /**
     * Reads {@code PRODUCT/KEY}.
     *
     * @throws IllegalArgumentException for any other text
     */
    static Place parse(String text) {
      int slash = text.indexOf('/');
      if (slash < 0) {
        throw new IllegalArgumentException("not PRODUCT/KEY");
      }
      return new Place(
          Names.requireLegal("product", text.substring(0, slash)),
          Names.requireLegal("key", text.substring(slash + 1)));
    }

    /** {@code PRODUCT/KEY}. */
    @Override
    public String toString() {
      return product + "/" + key;
    }
  }

  /**
   * Where a store's key belongs.
   *
   * @throws RejectedException where it is not of this pattern; the reason is one line, without the
   *     key
   */
  public Place place(String storeKey) {
    if (!storeKey.startsWith(head)
        || !storeKey.endsWith(tail)
        || storeKey.length() < head.length() + tail.length()) {
      throw mismatch();
    }
    String names = storeKey.substring(head.length(), storeKey.length() - tail.length());
    int at = names.indexOf(between);
    if (at < 0) {
      throw mismatch();
    }
    String first = names.substring(0, at);
    String second = names.substring(at + between.length());
    if (!Names.isLegal(first) || !Names.isLegal(second)) {
      throw new RejectedException(
          "its names of product and key must be 1 to 63 of A-Z a-z 0-9 . _ -, begin with a letter"
              + " or digit and hold no .. (the pattern is "
              + this
              + ")");
    }
    return productFirst ? new Place(first, second) : new Place(second, first);
  }

  private RejectedException mismatch() {
    return new RejectedException("not of the pattern " + this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyLayout that && toString().equals(that.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** The pattern. */
  @Override
  public String toString() {
    return storeKey(PRODUCT, KEY);
  }
}
