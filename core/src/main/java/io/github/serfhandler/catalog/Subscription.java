package io.github.serfhandler.catalog;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Immutable: which products a node wants to see. A subscribed product shows all its services, one
 * that is only observed shows its service {@code public} alone; a product that is both counts as
 * subscribed.
 *
 * @param products the subscribed products, in order
 * @param observed the products that are only observed, in order
 */
public record Subscription(SortedSet<String> products, SortedSet<String> observed) {
  /** The service that observers see. */
  public static final String PUBLIC = "public";

  /** Sees nothing. */
  public static final Subscription NONE = of(List.of(), List.of());

  /**
   * Copies and checks the names.
   *
   * @throws IllegalArgumentException for an illegal name; its message is one line
   */
  public Subscription {
    TreeSet<String> subscribed = legal(products);
    TreeSet<String> onlyObserved = legal(observed);
    onlyObserved.removeAll(subscribed);
    products = Collections.unmodifiableSortedSet(subscribed);
    observed = Collections.unmodifiableSortedSet(onlyObserved);
  }

  /**
   * A subscription to {@code products} that observes {@code observed}.
   *
   * @throws IllegalArgumentException for an illegal name; its message is one line
   */
  public static Subscription of(Collection<String> products, Collection<String> observed) {
    return new Subscription(new TreeSet<>(products), new TreeSet<>(observed));
  }

  /**
   * What a node wants to see by its own tags.
   *
   * @param node the local node; illegal names in its tag are left out, they are among its problems
   * @throws IllegalArgumentException for an illegal name in {@code observed}
   */
  public static Subscription ofNode(Node node, Collection<String> observed) {
    return of(node.products(), observed);
  }

  /** Whether anything of {@code product} is seen. */
  public boolean sees(String product) {
    return products.contains(product) || observed.contains(product);
  }

  /** Whether {@code service} of {@code product} is seen. */
  public boolean sees(String product, String service) {
    return products.contains(product) || (service.equals(PUBLIC) && observed.contains(product));
  }

  private static TreeSet<String> legal(Collection<String> names) {
    TreeSet<String> legal = new TreeSet<>();
    for (String name : names) {
      legal.add(Names.requireLegal("product", name));
    }
    return legal;
  }

  @Override
  public String toString() {
    return "subscribed " + products + ", observed " + observed;
  }
}
