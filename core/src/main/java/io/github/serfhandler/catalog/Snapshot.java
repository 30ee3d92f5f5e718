package io.github.serfhandler.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Immutable, thread-safe: everything that a file may show, at one moment. Two are equal when every
 * file is the same for both.
 */
public final class Snapshot {
  private final String self;
  private final Catalog catalog;
  private final View view;
  private final Map<String, Double> distances;
  private final Map<String, Node> lost;
  private volatile Map<String, Node> byName = Map.of();

  /** One of a view whose nodes are all in the catalog. */
  public Snapshot(String self, Catalog catalog, View view, Map<String, Double> distances) {
    this(self, catalog, view, distances, Map.of());
  }

  /**
   * Copies the maps.
   *
   * @param self the local node's name
   * @param catalog all nodes and what their tags say
   * @param view what this node sees of their services
   * @param distances the round-trip time to a node in milliseconds, by its name; nodes may lack
   * @param lost nodes that the catalog lacks and the view still shows, as they were last seen, by
   *     their names
   */
  public Snapshot(
      String self,
      Catalog catalog,
      View view,
      Map<String, Double> distances,
      Map<String, Node> lost) {
    this.self = self;
    this.catalog = catalog;
    this.view = view;
    this.distances = Map.copyOf(distances);
    this.lost = Map.copyOf(lost);
  }

  /** One of which nothing but the view is known. */
  public static Snapshot of(View view) {
    return new Snapshot("", Catalog.EMPTY, view, Map.of());
  }

  /** The local node's name; empty where it is not known. */
  public String self() {
    return self;
  }

  /** All nodes, and what their tags say. */
  public Catalog catalog() {
    return catalog;
  }

  /** What this node sees of their services. */
  public View view() {
    return view;
  }

  /** How far away a node is, as a round-trip time in milliseconds; empty where nobody knows. */
  public OptionalDouble distance(String node) {
    Double distance = distances.get(node);
    return distance == null ? OptionalDouble.empty() : OptionalDouble.of(distance);
  }

  /** The node of that name; one that the mass-loss guard alone keeps as it was last seen. */
  public Optional<Node> node(String name) {
    Map<String, Node> nodes = byName;
    if (nodes.isEmpty() && !catalog.nodes().isEmpty()) {
      nodes = index(catalog.nodes());
      byName = nodes; // Two threads may do it at once, and come to the same.
    }
    Node known = nodes.get(name);
    return Optional.ofNullable(known == null ? lost.get(name) : known);
  }

  /**
   * What an instance's node says about it; with the default weight and check where nobody knows, as
   * of an instance that the mass-loss guard holds and this process has never seen.
   */
  public Offer offer(String product, String service, Instance instance) {
    Optional<Node> node = node(instance.node());
    if (node.isPresent()) {
      List<Offer> offers = node.get().offers();
      for (int i = 0; i < offers.size(); i++) {
        Offer offer = offers.get(i);
        if (offer.port() == instance.port()
            && offer.service().equals(service)
            && offer.product().equals(product)) {
          return offer;
        }
      }
    }
    return new Offer(product, service, instance.port());
  }

  private static Map<String, Node> index(List<Node> nodes) {
    Map<String, Node> index = new HashMap<>(nodes.size() * 2);
    for (int i = 0; i < nodes.size(); i++) {
      index.put(nodes.get(i).name(), nodes.get(i));
    }
    return index;
  }

  @Override
  public boolean equals(Object other) {
    return other == this
        || (other instanceof Snapshot that
            && self.equals(that.self)
            && view.equals(that.view)
            && distances.equals(that.distances)
            && lost.equals(that.lost)
            && catalog.equals(that.catalog));
  }

  @Override
  public int hashCode() {
    return view.hashCode() * 31 + self.hashCode();
  }

  @Override
  public String toString() {
    return view.toString();
  }
}
