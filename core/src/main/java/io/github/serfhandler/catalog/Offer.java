package io.github.serfhandler.catalog;

/**
 * Immutable: a service of a product that a node says it runs.
 *
 * @param product the product, a legal name
 * @param service the service, a legal name
 * @param port its port, 1 to 65535
 * @param weight the share of the load that it can take beside the others of its service, 0 (none)
 *     to {@value #MAX_WEIGHT}; {@value #DEFAULT_WEIGHT} where the node says nothing
 * @param check how to find out whether it works
 */
public record Offer(String product, String service, int port, int weight, HealthCheck check) {
  /** The weight of an instance whose node says nothing about it. */
  public static final int DEFAULT_WEIGHT = 100;

  /** The largest weight: HAProxy's ({@code weight} in its configuration manual, 5.2). */
  public static final int MAX_WEIGHT = 256;

  /** One with the weight and the check of a node that says nothing about them. */
  public Offer(String product, String service, int port) {
    this(product, service, port, DEFAULT_WEIGHT, HealthCheck.TCP);
  }

  // Not the records' own ones: they go through invokedynamic and cost start-up time.
  @Override
  public boolean equals(Object other) {
    return other instanceof Offer that
        && port == that.port
        && weight == that.weight
        && service.equals(that.service)
        && product.equals(that.product)
        && check.equals(that.check);
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
