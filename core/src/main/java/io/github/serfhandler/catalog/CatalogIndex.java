package io.github.serfhandler.catalog;

import io.github.serfhandler.client.MemberStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the instances of nodes by product and service; confined to one thread, used once. Plain
 * loops instead of lambdas here and in its neighbours: the first lambda of a process costs some ten
 * milliseconds, which a one-shot command would feel.
 */
final class CatalogIndex {
  private record Lists(List<Instance> alive, List<Instance> failed) {}

  private final Map<String, Map<String, Lists>> products = new HashMap<>();

  /** Adds what a node offers that is alive or failed; in the order of nodes. */
  void add(Node node) {
    if (node.addr() == null) {
      return;
    }
    boolean alive = node.status() == MemberStatus.ALIVE;
    for (Offer offer : node.offers()) {
      Lists lists = lists(offer);
      Instance instance = new Instance(node.name(), node.addr(), offer.port());
      (alive ? lists.alive() : lists.failed()).add(instance);
    }
  }

  /** All instances by product and service, in order. */
  Map<String, Map<String, Catalog.Instances>> finish() {
    Map<String, Map<String, Catalog.Instances>> finished = new HashMap<>();
    for (Map.Entry<String, Map<String, Lists>> product : products.entrySet()) {
      Map<String, Catalog.Instances> services = new HashMap<>();
      for (Map.Entry<String, Lists> service : product.getValue().entrySet()) {
        Lists lists = service.getValue();
        services.put(
            service.getKey(), new Catalog.Instances(sorted(lists.alive()), sorted(lists.failed())));
      }
      finished.put(product.getKey(), services);
    }
    return finished;
  }

  private Lists lists(Offer offer) {
    Map<String, Lists> services = products.get(offer.product());
    if (services == null) {
      services = new HashMap<>();
      products.put(offer.product(), services);
    }
    Lists lists = services.get(offer.service());
    if (lists == null) {
      lists = new Lists(new ArrayList<>(), new ArrayList<>());
      services.put(offer.service(), lists);
    }
    return lists;
  }

  private static List<Instance> sorted(List<Instance> instances) {
    // In order already but for several ports on one node, so that this is one run over the list.
    Collections.sort(instances);
    return List.copyOf(instances);
  }
}
