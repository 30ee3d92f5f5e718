package io.github.serfhandler.template;

import java.util.List;

/** A service that this node sees, as templates see it. */
final class ServiceFields implements Fields {
  static final List<String> NAMES = List.of("product", "name", "instances");

  private final Model model;
  private final String product;
  private final String name;

  ServiceFields(Model model, String product, String name) {
    this.model = model;
    this.product = product;
    this.name = name;
  }

  @Override
  public String kind() {
    return "a service";
  }

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public Object field(String field) {
    return switch (field) {
      case "product" -> product;
      case "name" -> name;
      case "instances" -> model.instances(product, name);
      default -> throw new IllegalArgumentException(field);
    };
  }

  @Override
  public String toString() {
    return product + "/" + name;
  }
}
