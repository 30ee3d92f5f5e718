package io.github.serfhandler.haproxy;

import io.github.serfhandler.catalog.Addresses;
import io.github.serfhandler.catalog.HealthCheck;
import io.github.serfhandler.catalog.Instance;
import io.github.serfhandler.catalog.Offer;
import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.render.ServiceName;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: a service as HAProxy is to have it.
 *
 * @param product its product
 * @param service its name
 * @param name the backend's name
 * @param path where its servers are asked by HTTP: what more than half of those say that are
 *     checked, so that no single node takes all others out of use; empty where they are only
 *     connected to
 * @param checked whether spare servers have a check: no, where all that are there want none
 * @param servers in order, each address and port once
 */
record Backend(
    String product,
    String service,
    String name,
    Optional<String> path,
    boolean checked,
    List<Server> servers) {

  /** Immutable: an instance as HAProxy is to have it. */
  record Server(Instance instance, int weight, boolean checked) {
    /** Its address as text, without brackets. */
    String addr() {
      return Addresses.text(instance.addr());
    }

    int port() {
      return instance.port();
    }
  }

  /** All of the file, by product and service: those seen, and those that have a frontend. */
  static List<Backend> all(HaproxySettings settings, Snapshot snapshot) {
    SortedMap<String, SortedMap<String, List<Instance>>> wanted = new TreeMap<>();
    for (Map.Entry<String, SortedMap<String, List<Instance>>> product :
        snapshot.view().products().entrySet()) {
      if (settings.product().isEmpty() || settings.product().get().equals(product.getKey())) {
        wanted.put(product.getKey(), new TreeMap<>(product.getValue()));
      }
    }
    for (Bind bind : settings.binds()) {
      wanted
          .computeIfAbsent(bind.product(), unused -> new TreeMap<>())
          .putIfAbsent(bind.service(), List.of());
    }
    List<Backend> backends = new ArrayList<>();
    for (Map.Entry<String, SortedMap<String, List<Instance>>> product : wanted.entrySet()) {
      for (Map.Entry<String, List<Instance>> service : product.getValue().entrySet()) {
        backends.add(of(product.getKey(), service.getKey(), service.getValue(), snapshot));
      }
    }
    return backends;
  }

  private static Backend of(
      String product, String service, List<Instance> instances, Snapshot snapshot) {
    List<Server> servers = new ArrayList<>(instances.size());
    Set<InetSocketAddress> places = new HashSet<>();
    @Nullable Instance last = null;
    List<HealthCheck> checks = new ArrayList<>(instances.size());
    boolean checked = instances.isEmpty();
    for (Instance instance : instances) {
      // One place under two names would get twice its share, and could not be told apart at run
      // time; one node at two places would give HAProxy one name twice, which it refuses. Those of
      // one node and port are neighbours.
      if (!places.add(new InetSocketAddress(instance.addr(), instance.port()))
          || (last != null
              && last.port() == instance.port()
              && last.node().equals(instance.node()))) {
        continue;
      }
      last = instance;
      Offer offer = snapshot.offer(product, service, instance);
      boolean isChecked = !offer.check().equals(HealthCheck.OFF);
      checked |= isChecked;
      if (isChecked) {
        checks.add(offer.check());
      }
      servers.add(new Server(instance, offer.weight(), isChecked));
    }
    return new Backend(
        product,
        service,
        ServiceName.of(product, service),
        path(checks),
        checked,
        List.copyOf(servers));
  }

  private static Optional<String> path(List<HealthCheck> checks) {
    HealthCheck most = HealthCheck.TCP;
    int lead = 0; // Boyer and Moore: only the last one that leads can be more than half.
    for (HealthCheck check : checks) {
      most = lead == 0 ? check : most;
      lead += check.equals(most) ? 1 : -1;
    }
    int votes = 0;
    for (HealthCheck check : checks) {
      votes += check.equals(most) ? 1 : 0;
    }
    return most.isHttp() && 2 * votes > checks.size() ? Optional.of(most.text()) : Optional.empty();
  }
}
