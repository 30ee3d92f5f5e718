package io.github.serfhandler.app.dev;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Immutable: what a node of the private cluster is called and what it says of itself, so that there
 * is something to see. Both ways of writing tags occur. The first node, whose view the files show,
 * belongs to product1; product2 offers it a service {@code public}, for who observes it.
 *
 * @param name {@code dev1} and so on
 * @param tags its tags
 */
public record SampleNode(String name, Map<String, String> tags) {
  public SampleNode {
    tags = Map.copyOf(tags);
  }

  /** The sample with this number, from 1. */
  public static SampleNode of(int number) {
    SortedMap<String, String> tags = new TreeMap<>();
    int kind = number == 1 ? 0 : 1 + number % 2;
    switch (kind) {
      case 0 -> {
        tags.put("role", "web");
        tags.put("products", "product1");
        tags.put("product1.service_type", "web");
        tags.put("product1.web.service_port", "8080");
        tags.put("svc", "product2/public:9090");
      }
      case 1 -> {
        tags.put("role", "mysql");
        tags.put("products", "product1:product2");
        tags.put("svc", "product1/mysql:3306,product2/mysql:3307,product2/public:9090");
      }
      default -> {
        tags.put("role", "web:mysql");
        tags.put("products", "product1:product2");
        tags.put("product1.service_type", "web:mysql");
        tags.put("product1.web.service_port", "8080");
        tags.put("product1.mysql.service_port", "3306");
        tags.put("svc", "product2/web:8081");
      }
    }
    return new SampleNode("dev" + number, tags);
  }

  @Override
  public String toString() {
    return name + " " + tags;
  }
}
