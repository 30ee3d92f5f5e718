package io.github.serfhandler.render;

/**
 * Stateless: one name for a service of a product, {@code shop_web}, where a format has no place for
 * two. An underscore in either of them is doubled, so that no two services ever share a name: a run
 * of underscores of odd length holds the one between, as its last, because a name begins with a
 * letter or a digit.
 */
public final class ServiceName {
  private ServiceName() {}

  /** The name: letters, digits, {@code .}, {@code _} and {@code -} alone, as the two are legal. */
  public static String of(String product, String service) {
    return product.replace("_", "__") + "_" + service.replace("_", "__");
  }

  /**
   * The same for a format that takes names without regard to case: a letter in upper case is {@code
   * ~} and the one in lower case, {@code shop_~web}. So these names, too, are told apart, and no
   * service loses its own by what another one is called.
   */
  static String caseless(String product, String service) {
    String name = of(product, service);
    StringBuilder out = null;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean upper = c >= 'A' && c <= 'Z';
      if (upper && out == null) {
        out = new StringBuilder(name.length() + 8).append(name, 0, i);
      }
      if (out != null) {
        out.append(upper ? "~" : "").append(upper ? (char) (c + 'a' - 'A') : c);
      }
    }
    return out == null ? name : out.toString();
  }
}
