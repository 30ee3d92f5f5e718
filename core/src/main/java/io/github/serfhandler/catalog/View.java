package io.github.serfhandler.catalog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Immutable: what one node sees of the cluster, ready to be rendered. Two views are equal when they
 * show the same, whatever the order in which the agent told its members.
 *
 * @param products product, then service, then the service's instances, all in order. Every product
 *     of the subscription is there, with an empty map where it has no visible service; every
 *     service has at least one instance
 * @param held the instances in {@code products} that only the mass-loss guard keeps there
 */
public record View(SortedMap<String, SortedMap<String, List<Instance>>> products, List<Held> held) {
  /** Shows nothing. */
  public static final View EMPTY = new View(new TreeMap<>(), List.of());

  /**
   * Copies the maps; sorts each service's instances, drops doubles and services without any.
   *
   * @throws IllegalArgumentException for an illegal name of a product or a service
   */
  public View {
    SortedMap<String, SortedMap<String, List<Instance>>> copy = new TreeMap<>();
    for (Map.Entry<String, SortedMap<String, List<Instance>>> product : products.entrySet()) {
      SortedMap<String, List<Instance>> services = new TreeMap<>();
      for (Map.Entry<String, List<Instance>> service : product.getValue().entrySet()) {
        if (!service.getValue().isEmpty()) {
          services.put(
              Names.requireLegal("service", service.getKey()), inOrder(service.getValue()));
        }
      }
      copy.put(
          Names.requireLegal("product", product.getKey()),
          Collections.unmodifiableSortedMap(services));
    }
    products = Collections.unmodifiableSortedMap(copy);
    held = List.copyOf(held);
  }

  /** The services of a product, in order; empty where the product is not seen or has none. */
  public SortedMap<String, List<Instance>> services(String product) {
    SortedMap<String, List<Instance>> services = products.get(product);
    return services == null ? Collections.emptySortedMap() : services;
  }

  /** The instances of a service, in order; empty where there are none. */
  public List<Instance> instances(String product, String service) {
    List<Instance> instances = services(product).get(service);
    return instances == null ? List.of() : instances;
  }

  /** How many instances it shows, over all products and services. */
  public int size() {
    int size = 0;
    for (SortedMap<String, List<Instance>> services : products.values()) {
      for (List<Instance> instances : services.values()) {
        size += instances.size();
      }
    }
    return size;
  }

  private static List<Instance> inOrder(List<Instance> instances) {
    for (int i = 1; i < instances.size(); i++) {
      if (instances.get(i - 1).compareTo(instances.get(i)) >= 0) {
        return sorted(instances);
      }
    }
    return List.copyOf(instances); // No copy at all where it is immutable already.
  }

  private static List<Instance> sorted(List<Instance> instances) {
    List<Instance> sorted = new ArrayList<>(instances);
    Collections.sort(sorted);
    List<Instance> unique = new ArrayList<>(sorted.size());
    for (Instance instance : sorted) {
      if (unique.isEmpty() || !unique.get(unique.size() - 1).equals(instance)) {
        unique.add(instance);
      }
    }
    return List.copyOf(unique);
  }

  // Not the records' own ones: they go through invokedynamic and cost start-up time.
  @Override
  public boolean equals(Object other) {
    return other instanceof View that && products.equals(that.products) && held.equals(that.held);
  }

  @Override
  public int hashCode() {
    return products.hashCode() * 31 + held.hashCode();
  }

  @Override
  public String toString() {
    return products + (held.isEmpty() ? "" : " held " + held);
  }
}
