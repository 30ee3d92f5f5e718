package io.github.serfhandler.template;

import io.github.serfhandler.catalog.Held;
import io.github.serfhandler.catalog.Instance;
import io.github.serfhandler.catalog.Node;
import io.github.serfhandler.catalog.Snapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What templates see of a snapshot, each thing made when it is asked for and then kept. Confined to
 * one thread.
 */
final class Model {
  private final Snapshot snapshot;
  private final Map<String, List<InstanceFields>> instances = new HashMap<>();
  private final Map<String, Map<String, String>> tags = new HashMap<>();
  private @Nullable List<NodeFields> nodes;
  private @Nullable List<ServiceFields> services;
  private @Nullable List<String> products;

  Model(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  Snapshot snapshot() {
    return snapshot;
  }

  /** The products that are seen, in order. */
  List<String> products() {
    List<String> made = products;
    if (made == null) {
      made = List.copyOf(snapshot.view().products().keySet());
      products = made;
    }
    return made;
  }

  /** The names of a product's services, in order. */
  List<String> services(String product) {
    return List.copyOf(snapshot.view().services(product).keySet());
  }

  /** All services that are seen, in order. */
  List<ServiceFields> services() {
    List<ServiceFields> made = services;
    if (made == null) {
      made = new ArrayList<>();
      for (String product : products()) {
        for (String service : snapshot.view().services(product).keySet()) {
          made.add(new ServiceFields(this, product, service));
        }
      }
      made = Collections.unmodifiableList(made);
      services = made;
    }
    return made;
  }

  /** A service's instances, in order; empty where it is not seen. */
  List<InstanceFields> instances(String product, String service) {
    String key = product + '/' + service; // A slash is in no legal name.
    List<InstanceFields> made = instances.get(key);
    if (made == null) {
      List<Instance> seen = snapshot.view().instances(product, service);
      Set<Instance> held = held(product, service);
      made = new ArrayList<>(seen.size());
      for (Instance instance : seen) {
        boolean isHeld = !held.isEmpty() && held.contains(instance);
        made.add(new InstanceFields(this, product, service, instance, isHeld));
      }
      made = Collections.unmodifiableList(made);
      instances.put(key, made);
    }
    return made;
  }

  private Set<Instance> held(String product, String service) {
    Set<Instance> held = Set.of();
    for (Held one : snapshot.view().held()) {
      if (one.product().equals(product) && one.service().equals(service)) {
        held = held.isEmpty() ? new HashSet<>() : held;
        held.add(one.instance());
      }
    }
    return held;
  }

  /** All nodes, in order. */
  List<NodeFields> nodes() {
    List<NodeFields> made = nodes;
    if (made == null) {
      made = new ArrayList<>();
      for (Node node : snapshot.catalog().nodes()) {
        made.add(new NodeFields(this, node));
      }
      made = Collections.unmodifiableList(made);
      nodes = made;
    }
    return made;
  }

  /** The node of that name; null where there is none. */
  @Nullable NodeFields node(String name) {
    Node node = snapshot.node(name).orElse(null);
    return node == null ? null : new NodeFields(this, node);
  }

  /** A node's tags by their names, in order; empty where it is not known. */
  Map<String, String> tags(String node) {
    Map<String, String> made = tags.get(node);
    if (made == null) {
      Node known = snapshot.node(node).orElse(null);
      // Not a TreeMap itself, which throws where it is asked for a key that is no text.
      made = new LinkedHashMap<>(known == null ? Map.of() : new TreeMap<>(known.tags()));
      made = Collections.unmodifiableMap(made);
      tags.put(node, made);
    }
    return made;
  }

  /** The round-trip time to a node in milliseconds, 0 to this one; null where nobody knows. */
  @Nullable Double distance(String node) {
    if (node.equals(snapshot.self())) {
      return 0.0;
    }
    OptionalDouble distance = snapshot.distance(node);
    return distance.isPresent() ? (Double) distance.getAsDouble() : null;
  }
}
