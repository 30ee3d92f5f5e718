package io.github.serfhandler.haproxy;

import io.github.serfhandler.catalog.Addresses;
import io.github.serfhandler.catalog.Node;
import io.github.serfhandler.catalog.Offer;
import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.client.MemberStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Immutable: what the cluster says about servers that are not wanted any more. */
final class Fates {
  private final Map<String, List<Node>> nodes;

  private Fates(Map<String, List<Node>> nodes) {
    this.nodes = nodes;
  }

  /** As that snapshot says it. */
  static Fates of(Snapshot snapshot) {
    Map<String, List<Node>> nodes = new HashMap<>();
    for (Node node : snapshot.catalog().nodes()) {
      if (node.addr() != null) {
        nodes.computeIfAbsent(Addresses.text(node.addr()), unused -> new ArrayList<>()).add(node);
      }
    }
    return new Fates(nodes);
  }

  /**
   * Whether the instance there went in good order: its node left, or is alive and says no more that
   * it runs it. Where several nodes have that address, those count that say they run it.
   */
  boolean isGraceful(Backend backend, Running server) {
    boolean any = false;
    boolean some = false;
    boolean known = false;
    for (Node node : nodes.getOrDefault(server.addr(), List.of())) {
      any |= isSound(node.status());
      if (runs(node, backend, server.port())) {
        known = true;
        some |= isSound(node.status());
      }
    }
    return known ? some : any;
  }

  private static boolean isSound(MemberStatus status) {
    return status == MemberStatus.ALIVE
        || status == MemberStatus.LEAVING
        || status == MemberStatus.LEFT;
  }

  private static boolean runs(Node node, Backend backend, int port) {
    for (Offer offer : node.offers()) {
      if (offer.port() == port
          && offer.service().equals(backend.service())
          && offer.product().equals(backend.product())) {
        return true;
      }
    }
    return false;
  }
}
