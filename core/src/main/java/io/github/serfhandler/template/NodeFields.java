package io.github.serfhandler.template;

import io.github.serfhandler.catalog.Addresses;
import io.github.serfhandler.catalog.Node;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node of the cluster, as templates see it. */
final class NodeFields implements Fields {
  static final List<String> NAMES =
      List.of("name", "addr", "status", "roles", "products", "tags", "distance");

  private final Model model;
  private final Node node;

  NodeFields(Model model, Node node) {
    this.model = model;
    this.node = node;
  }

  /** Its name. */
  String name() {
    return node.name();
  }

  @Override
  public String kind() {
    return "a node";
  }

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Object field(String name) {
    return switch (name) {
      case "name" -> node.name();
      case "addr" -> {
        InetAddress addr = node.addr();
        yield addr == null ? null : Addresses.text(addr);
      }
      case "status" -> node.status().word();
      case "roles" -> node.roles();
      case "products" -> node.products();
      case "tags" -> model.tags(node.name());
      case "distance" -> model.distance(node.name());
      default -> throw new IllegalArgumentException(name);
    };
  }

  @Override
  public String toString() {
    return node.name();
  }
}
