package io.github.serfhandler.app.commands;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.ExitStatus;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Json;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.cli.Table;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.wiring.Wiring;
import io.github.serfhandler.catalog.Addresses;
import io.github.serfhandler.catalog.Catalog;
import io.github.serfhandler.catalog.Node;
import io.github.serfhandler.catalog.Offer;
import io.github.serfhandler.catalog.TagProblem;
import io.github.serfhandler.client.SerfClient;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** {@code nodes}: prints the members of the cluster and what their tags say. */
final class NodesCommand implements Command {
  @Override
  public String name() {
    return "nodes";
  }

  @Override
  public String summary() {
    return "prints the nodes of the cluster and what their tags say";
  }

  @Override
  public String description() {
    return """
        Prints every member that the local Serf agent knows, alive or not: its address,
        state, roles and products, the number of its services, and the number of problems
        with its tags. As JSON: a list of objects with name, addr, status, roles, products,
        services (PRODUCT/SERVICE:PORT) and problems (objects with tag, value, reason).""";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(Option.FORMAT);
  }

  @Override
  public List<Setting<?>> settings() {
    return Commands.talkingAnd();
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("All nodes", "serf-handler nodes"),
        new Example(
            "The names of those that are not alive",
            "serf-handler nodes --format=json | jq -r '.[] | select(.status != \"alive\") | .name'"));
  }

  @Override
  public int run(Invocation invocation) {
    Catalog catalog;
    try (SerfClient client = Wiring.client(invocation.settings())) {
      catalog = Catalog.of(client.members());
    }
    if (invocation.value(Option.FORMAT)) {
      json(catalog).print(invocation.out());
    } else {
      table(catalog).print(invocation.out());
    }
    return ExitStatus.DONE;
  }

  static Table table(Catalog catalog) {
    Table table = new Table("NAME", "ADDR", "STATUS", "ROLES", "PRODUCTS", "SERVICES", "PROBLEMS");
    for (Node node : catalog.nodes()) {
      table.row(
          node.name(),
          address(node),
          node.status().word(),
          String.join(":", node.roles()),
          String.join(":", node.products()),
          Integer.toString(node.offers().size()),
          Integer.toString(node.problems().size()));
    }
    return table;
  }

  static Json json(Catalog catalog) {
    Json json = new Json().beginArray();
    for (Node node : catalog.nodes()) {
      List<String> services = new ArrayList<>();
      for (Offer offer : node.offers()) {
        services.add(offer.toString());
      }
      json.beginObject()
          .member("name", node.name())
          .member("addr", address(node))
          .member("status", node.status().word())
          .member("roles", node.roles())
          .member("products", node.products())
          .member("services", services)
          .beginArray("problems");
      for (TagProblem problem : node.problems()) {
        json.beginObject()
            .member("tag", problem.tag())
            .member("value", problem.value())
            .member("reason", problem.reason())
            .endObject();
      }
      json.endArray().endObject();
    }
    return json.endArray();
  }

  private static String address(Node node) {
    InetAddress addr = node.addr();
    return addr == null ? "" : Addresses.text(addr);
  }
}
