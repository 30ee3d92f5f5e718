package io.github.serfhandler.catalog;

/**
 * Immutable: a service of a product that a node says it runs.
 *
 * @param product the product, a legal name
 * @param service the service, a legal name
 * @param port its port, 1 to 65535
 */
public record Offer(String product, String service, int port) {

  // Not the records' own ones: they go through invokedynamic and cost start-up time.
  @Override
  public boolean equals(Object other) {
    return other instanceof Offer that
        && port == that.port
        && service.equals(that.service)
        && product.equals(that.product);
  }

  @Override
  public int hashCode() {
    return (product.hashCode() * 31 + service.hashCode()) * 31 + port;
  }

  /** As in the compact tag: {@code product1/web:80}. */
  @Override
  public String toString() {
    return product + "/" + service + ":" + port;
  }
}
