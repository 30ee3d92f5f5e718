package io.github.serfhandler.template;

import io.github.serfhandler.catalog.Addresses;
import io.github.serfhandler.catalog.Instance;
import io.github.serfhandler.catalog.Offer;
import java.net.Inet4Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Confined to one thread: an instance of a service, as templates see it. */
final class InstanceFields implements Fields {
  static final List<String> NAMES =
      List.of("node", "addr", "port", "hostport", "weight", "check", "tags", "distance", "held");

  private final Model model;
  private final String product;
  private final String service;
  private final Instance instance;
  private final boolean held;
  private @Nullable Offer offer;

  InstanceFields(Model model, String product, String service, Instance instance, boolean held) {
    this.model = model;
    this.product = product;
    this.service = service;
    this.instance = instance;
    this.held = held;
  }

  /** The name of its node. */
  String node() {
    return instance.node();
  }

  @Override
  public String kind() {
    return "an instance";
  }

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Object field(String name) {
    return switch (name) {
      case "node" -> instance.node();
      case "addr" -> Addresses.text(instance.addr());
      case "port" -> instance.port();
      case "hostport" -> toString();
      case "weight" -> offer().weight();
      case "check" -> offer().check().text();
      case "tags" -> model.tags(instance.node());
      case "distance" -> model.distance(instance.node());
      case "held" -> held;
      default -> throw new IllegalArgumentException(name);
    };
  }

  private Offer offer() {
    Offer known = offer;
    if (known == null) {
      known = model.snapshot().offer(product, service, instance);
      offer = known;
    }
    return known;
  }

  /** As one writes it in a URL: {@code 10.0.0.1:80}, {@code [::1]:80}. */
  @Override
  public String toString() {
    String addr = Addresses.text(instance.addr());
    return instance.addr() instanceof Inet4Address
        ? addr + ":" + instance.port()
        : "[" + addr + "]:" + instance.port();
  }
}
