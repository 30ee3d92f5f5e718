package io.github.serfhandler.render;

import io.github.serfhandler.catalog.Instance;
import io.github.serfhandler.catalog.Node;
import io.github.serfhandler.catalog.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Immutable: {@code prometheus.json}, a target group for each instance, as Prometheus' {@code
 * file_sd_configs} reads them. Its labels are {@code product}, {@code service} and {@code node};
 * and for relabelling {@code __meta_serf_tag_NAME} for each tag of its node, but for those that
 * only say which services it runs and how.
 *
 * <p>In a label's name every character of a tag's name but ASCII letters, digits and {@code _} is
 * {@code _}. Of tags that come to the same label the one counts that is named so itself, else the
 * first by name.
 */
public final class PrometheusRenderer implements Renderer {
  private static final String NEXT_LABEL = ",\n            ";

  private final Scope scope;

  /** All products that the node sees. */
  public PrometheusRenderer() {
    this.scope = Scope.ALL;
  }

  /**
   * One product; the file's name is {@code prometheus_PRODUCT.json}.
   *
   * @throws IllegalArgumentException for an illegal name
   */
  public PrometheusRenderer(String product) {
    this.scope = Scope.of(product);
  }

  @Override
  public String fileName() {
    return scope.fileName("prometheus", ".json");
  }

  @Override
  public boolean stands(Snapshot before, Snapshot now) {
    return scope.sameTags(before, now);
  }

  @Override
  public void render(Snapshot snapshot, Utf8Buffer out) {
    TagLabels tags = new TagLabels();
    String before = "[\n    {\n        \"targets\": [\"";
    for (Map.Entry<String, SortedMap<String, List<Instance>>> product :
        scope.products(snapshot).entrySet()) {
      for (Map.Entry<String, List<Instance>> service : product.getValue().entrySet()) {
        // Legal names need no escapes.
        String labels =
            "\"],\n        \"labels\": {"
                + (NEXT_LABEL.substring(1) + "\"product\": \"" + product.getKey() + "\"")
                + (NEXT_LABEL + "\"service\": \"" + service.getKey() + "\"")
                + (NEXT_LABEL + "\"node\": ");
        for (Instance instance : service.getValue()) {
          out.ascii(before).endpoint(instance.addr(), instance.port());
          out.ascii(labels).quoted(instance.node());
          Node node = snapshot.node(instance.node()).orElse(null);
          if (node != null) {
            tags.append(node.tags(), NEXT_LABEL, out);
          }
          out.ascii("\n        }\n    }");
          before = ",\n    {\n        \"targets\": [\"";
        }
      }
    }
    out.ascii(before.charAt(0) == '[' ? "[]\n" : "\n]\n");
  }
}
