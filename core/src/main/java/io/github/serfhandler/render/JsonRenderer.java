package io.github.serfhandler.render;

import io.github.serfhandler.catalog.Instance;
import io.github.serfhandler.catalog.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Immutable: {@code services.json}, as Python's {@code json.dumps(indent=4, sort_keys=True)} writes
 * it and with a newline at the end, but in plain UTF-8 instead of escapes.
 */
public final class JsonRenderer implements Renderer {
  @Override
  public String fileName() {
    return "services.json";
  }

  @Override
  public boolean stands(Snapshot before, Snapshot now) {
    return before.view().products().equals(now.view().products());
  }

  @Override
  public void render(Snapshot snapshot, Utf8Buffer out) {
    if (snapshot.view().products().isEmpty()) {
      out.ascii("{}\n");
      return;
    }
    String before = "{\n    ";
    for (Map.Entry<String, SortedMap<String, List<Instance>>> product :
        snapshot.view().products().entrySet()) {
      out.ascii(before).quoted(product.getKey()).ascii(": ");
      product(product.getValue(), out);
      before = ",\n    ";
    }
    out.ascii("\n}\n");
  }

  private static void product(SortedMap<String, List<Instance>> services, Utf8Buffer out) {
    if (services.isEmpty()) {
      out.ascii("{}");
      return;
    }
    String before = "{\n        ";
    for (Map.Entry<String, List<Instance>> service : services.entrySet()) {
      out.ascii(before).quoted(service.getKey()).ascii(": ");
      instances(service.getValue(), out);
      before = ",\n        ";
    }
    out.ascii("\n    }");
  }

  private static void instances(List<Instance> instances, Utf8Buffer out) {
    String before = "[\n            {\n";
    for (Instance instance : instances) {
      out.ascii(before).ascii("                \"addr\": \"");
      out.address(instance.addr()).ascii("\",\n                \"name\": ");
      out.quoted(instance.node()).ascii(",\n                \"port\": ");
      out.number(instance.port()).ascii("\n            }");
      before = ",\n            {\n";
    }
    out.ascii("\n        ]");
  }
}
