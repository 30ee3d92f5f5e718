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
}
