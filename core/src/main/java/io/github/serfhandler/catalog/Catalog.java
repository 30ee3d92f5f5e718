package io.github.serfhandler.catalog;

import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Immutable: everything that the members' tags say, built once for every changed membership. Equal
 * members give an equal catalog, whatever their order.
 */
public final class Catalog {
  /** The instances of one service: those of members alive, and those of members that failed. */
  record Instances(List<Instance> alive, List<Instance> failed) {
    static final Instances NONE = new Instances(List.of(), List.of());
  }

  /** The catalog of an empty cluster. */
  public static final Catalog EMPTY = of(List.of());

  private final List<Node> nodes;
  private final List<TagProblem> problems;
  private final int failed;
  private final Map<String, Map<String, Instances>> services;

  private Catalog(
      List<Node> nodes, List<TagProblem> problems, Map<String, Map<String, Instances>> services) {
    this.nodes = List.copyOf(nodes);
    this.problems = List.copyOf(problems);
    this.services = services;
    int count = 0;
    for (Node node : nodes) {
      count += node.status() == MemberStatus.FAILED ? 1 : 0;
    }
    this.failed = count;
  }

  /** The catalog of these members. Bad tags never throw; they are {@link #problems()}. */
  public static Catalog of(List<Member> members) {
    Member[] sorted = members.toArray(new Member[0]);
    Arrays.sort(sorted, new MemberOrder());
    TagReader reader = new TagReader();
    List<Node> nodes = new ArrayList<>(sorted.length);
    List<TagProblem> problems = new ArrayList<>();
    CatalogIndex index = new CatalogIndex();
    String last = null;
    for (Member member : sorted) {
      if (member.name().equals(last)) {
        continue;
      }
      last = member.name();
      Node node = reader.read(member);
      nodes.add(node);
      if (node.status() == MemberStatus.ALIVE || node.status() == MemberStatus.FAILED) {
        problems.addAll(node.problems());
        index.add(node);
      }
    }
    return new Catalog(nodes, problems, index.finish());
  }

  /** All nodes of any status, in the natural order of their names. */
  public List<Node> nodes() {
    return nodes;
  }

  /** The node of that name. */
  public Optional<Node> node(String name) {
    int low = 0;
    int high = nodes.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = NaturalOrder.INSTANCE.compare(nodes.get(middle).name(), name);
      if (order == 0) {
        return Optional.of(nodes.get(middle));
      } else if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }

  /**
   * What is wrong with the tags of nodes that are alive or failed, by node. A node that left costs
   * nobody anything, so its problems are only in {@link Node#problems()}.
   */
  public List<TagProblem> problems() {
    return problems;
  }

  /** All products that any node alive runs a service for, in order. */
  public SortedSet<String> products() {
    TreeSet<String> products = new TreeSet<>();
    for (Map.Entry<String, Map<String, Instances>> product : services.entrySet()) {
      for (Instances instances : product.getValue().values()) {
        if (!instances.alive().isEmpty()) {
          products.add(product.getKey());
        }
      }
    }
    return Collections.unmodifiableSortedSet(products);
  }

  /** What the subscriber honestly sees: the instances of members alive, and no others. */
  public View view(Subscription subscription) {
    SortedMap<String, SortedMap<String, List<Instance>>> products = new TreeMap<>();
    for (String product : subscription.products()) {
      SortedMap<String, List<Instance>> shown = new TreeMap<>();
      for (Map.Entry<String, Instances> service : services(product).entrySet()) {
        shown.put(service.getKey(), service.getValue().alive());
      }
      products.put(product, shown);
    }
    for (String product : subscription.observed()) {
      SortedMap<String, List<Instance>> shown = new TreeMap<>();
      shown.put(Subscription.PUBLIC, instances(product, Subscription.PUBLIC).alive());
      products.put(product, shown);
    }
    return new View(products, List.of());
  }

  /** How many members are failed, whatever they run. */
  int failed() {
    return failed;
  }

  /** The instances of one service, in order. */
  Instances instances(String product, String service) {
    Instances instances = services(product).get(service);
    return instances == null ? Instances.NONE : instances;
  }

  /** The services of one product, in no order; not to be changed. */
  Map<String, Instances> services(String product) {
    Map<String, Instances> byService = services.get(product);
    return byService == null ? Map.of() : byService;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Catalog that && nodes.equals(that.nodes);
  }

  @Override
  public int hashCode() {
    return nodes.hashCode();
  }

  @Override
  public String toString() {
    return nodes.toString();
  }
}
