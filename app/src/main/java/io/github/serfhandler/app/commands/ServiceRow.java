package io.github.serfhandler.app.commands;

import io.github.serfhandler.app.cli.Json;
import io.github.serfhandler.app.cli.Table;
import io.github.serfhandler.catalog.Addresses;
import io.github.serfhandler.catalog.Catalog;
import io.github.serfhandler.catalog.GuardState;
import io.github.serfhandler.catalog.Held;
import io.github.serfhandler.catalog.Instance;
import io.github.serfhandler.catalog.Node;
import io.github.serfhandler.catalog.Offer;
import io.github.serfhandler.catalog.View;
import io.github.serfhandler.client.MemberStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Immutable: a line of the list of services.
 *
 * @param product the product
 * @param service the service
 * @param instance where it runs
 * @param status the status of its node, or {@code held} where it failed and the mass-loss guard
 *     keeps it in the files
 */
record ServiceRow(String product, String service, Instance instance, String status) {
  private static final String HELD = "held";
  private static final Comparator<ServiceRow> ORDER =
      Comparator.comparing(ServiceRow::product)
          .thenComparing(ServiceRow::service)
          .thenComparing(ServiceRow::instance);

  /**
   * Every offer of every node, in whatever state, and what is held of nodes that vanished.
   *
   * @param oldest holds of failures before it are over; nobody may have written that down
   */
  static List<ServiceRow> ofAll(Catalog catalog, GuardState memory, Instant oldest) {
    Map<String, ServiceRow> held = new HashMap<>();
    for (GuardState.Loss loss : memory.losses()) {
      if (loss.held() && loss.failedAt().isAfter(oldest)) {
        ServiceRow row = new ServiceRow(loss.product(), loss.service(), loss.instance(), HELD);
        held.put(key(row.product, row.service, row.instance), row);
      }
    }
    List<ServiceRow> rows = new ArrayList<>();
    for (Node node : catalog.nodes()) {
      if (node.addr() == null) {
        continue;
      }
      for (Offer offer : node.offers()) {
        Instance instance = new Instance(node.name(), node.addr(), offer.port());
        ServiceRow kept = held.remove(key(offer.product(), offer.service(), instance));
        boolean shown = kept != null && node.status() == MemberStatus.FAILED;
        String status = shown ? HELD : node.status().word();
        rows.add(new ServiceRow(offer.product(), offer.service(), instance, status));
      }
    }
    rows.addAll(held.values());
    rows.sort(ORDER);
    return rows;
  }

  /** What one node sees. */
  static List<ServiceRow> ofView(View view) {
    Set<String> held = new HashSet<>();
    for (Held one : view.held()) {
      held.add(key(one.product(), one.service(), one.instance()));
    }
    List<ServiceRow> rows = new ArrayList<>();
    for (Map.Entry<String, SortedMap<String, List<Instance>>> product :
        view.products().entrySet()) {
      for (Map.Entry<String, List<Instance>> service : product.getValue().entrySet()) {
        for (Instance instance : service.getValue()) {
          boolean kept = held.contains(key(product.getKey(), service.getKey(), instance));
          String status = kept ? HELD : MemberStatus.ALIVE.word();
          rows.add(new ServiceRow(product.getKey(), service.getKey(), instance, status));
        }
      }
    }
    return rows;
  }

  static Table table(List<ServiceRow> rows) {
    Table table = new Table("PRODUCT", "SERVICE", "NODE", "ADDR", "PORT", "STATUS");
    for (ServiceRow row : rows) {
      table.row(
          row.product,
          row.service,
          row.instance.node(),
          Addresses.text(row.instance.addr()),
          Integer.toString(row.instance.port()),
          row.status);
    }
    return table;
  }

  static Json json(List<ServiceRow> rows) {
    Json json = new Json().beginArray();
    for (ServiceRow row : rows) {
      json.beginObject()
          .member("product", row.product)
          .member("service", row.service)
          .member("node", row.instance.node())
          .member("addr", Addresses.text(row.instance.addr()))
          .member("port", row.instance.port())
          .member("status", row.status)
          .endObject();
    }
    return json.endArray();
  }

  private static String key(String product, String service, Instance instance) {
    return product + "/" + service + " " + instance;
  }

  @Override
  public String toString() {
    return key(product, service, instance) + " " + status;
  }
}
