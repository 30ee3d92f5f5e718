package io.github.serfhandler.discovery;

import io.github.serfhandler.catalog.Catalog;
import io.github.serfhandler.catalog.Node;
import io.github.serfhandler.catalog.Subscription;
import java.util.List;
import java.util.Optional;

/**
 * Immutable: what the user said about the products to show, before the local agent's tags are
 * known.
 *
 * @param products the products to subscribe to; empty for those of the local agent's own tags
 * @param observed the products to observe
 */
public record Interest(Optional<List<String>> products, List<String> observed) {

  public Interest {
    products = products.map(List::copyOf);
    observed = List.copyOf(observed);
  }

  /**
   * The subscription of the agent of that name; without products where it is not among the members.
   *
   * @throws IllegalArgumentException for an illegal name; its message is one line
   */
  public Subscription of(Catalog catalog, String agentName) {
    if (products.isPresent()) {
      return Subscription.of(products.get(), observed);
    }
    Optional<Node> self = catalog.node(agentName);
    return self.isPresent()
        ? Subscription.ofNode(self.get(), observed)
        : Subscription.of(List.of(), observed);
  }
}
