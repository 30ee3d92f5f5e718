package io.github.serfhandler.render;

import io.github.serfhandler.catalog.Instance;
import io.github.serfhandler.catalog.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Immutable: {@code services.yml}, the data of {@code services.json} as YAML in block style, laid
 * out as PyYAML does. A string stands without quotes only where YAML 1.1 and 1.2 both take it for a
 * string; {@code no}, {@code 1.0} and even IPv4 addresses (a float to the letter of YAML 1.1) are
 * quoted.
 */
public final class YamlRenderer implements Renderer {
  @Override
  public String fileName() {
    return "services.yml";
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
    for (Map.Entry<String, SortedMap<String, List<Instance>>> product :
        snapshot.view().products().entrySet()) {
      scalar(product.getKey(), out);
      if (product.getValue().isEmpty()) {
        out.ascii(": {}\n");
        continue;
      }
      out.ascii(":\n");
      for (Map.Entry<String, List<Instance>> service : product.getValue().entrySet()) {
        out.ascii("  ");
        scalar(service.getKey(), out);
        out.ascii(":\n");
        for (Instance instance : service.getValue()) {
          out.ascii("  - addr: \"").address(instance.addr()).ascii("\"\n    name: ");
          scalar(instance.node(), out);
          out.ascii("\n    port: ").number(instance.port()).ascii('\n');
        }
      }
    }
  }

  private static void scalar(String text, Utf8Buffer out) {
    if (PlainScalars.isPlain(text)) {
      out.ascii(text);
    } else {
      out.quoted(text);
    }
  }
}
