package io.github.serfhandler.render;

import static io.github.serfhandler.catalog.Fixtures.member;
import static io.github.serfhandler.render.HostileSnapshots.snapshot;
import static io.github.serfhandler.render.HostileSnapshots.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.catalog.Addresses;
import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.catalog.View;
import io.github.serfhandler.client.MemberStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.JsonSchema;

class PrometheusRendererTest {
  private static Object parse(String text) {
    return new Load(
            LoadSettings.builder().setSchema(new JsonSchema()).setAllowDuplicateKeys(false).build())
        .loadFromString(text);
  }

  private static Object labels(String... tags) {
    List<?> groups =
        (List<?>)
            parse(
                text(
                    new PrometheusRenderer(),
                    snapshot(List.of(member("n", MemberStatus.ALIVE, tags)))));
    return Objects.requireNonNull(((Map<?, ?>) groups.get(0)).get("labels"));
  }

  @Test
  void labelsTheNodesOwnTagsAndNotThoseOfItsServices() {
    assertThat(
            labels(
                "svc=p/web:80",
                "products=p",
                "role=web",
                "p.service_type=web",
                "p.web.service_port=80",
                "p.web.weight=1",
                "p.web.check=off",
                "a.weight=kg",
                "data-center=eu"))
        .isEqualTo(
            Map.of(
                "product", "p",
                "service", "web",
                "node", "n",
                "__meta_serf_tag_role", "web",
                "__meta_serf_tag_a_weight", "kg",
                "__meta_serf_tag_data_center", "eu"));
  }

  @Test
  void takesTheTagThatIsNamedAsTheLabelElseTheFirst() {
    assertThat(labels("svc=p/w:1", "a-b=1", "a.b=2", "a_b=3"))
        .extracting("__meta_serf_tag_a_b")
        .isEqualTo("3");
    assertThat(labels("svc=p/w:1", "a.b=2", "a b=0", "a-b=1"))
        .extracting("__meta_serf_tag_a_b")
        .isEqualTo("0");
  }

  @Test
  void isAnEmptyListWhereNothingIs() {
    assertThat(text(new PrometheusRenderer(), snapshot(List.of()))).isEqualTo("[]\n");
    assertThat(text(new PrometheusRenderer("p"), snapshot(List.of()))).isEqualTo("[]\n");
  }

  @Test
  void showsOneProductAlone() {
    PrometheusRenderer renderer = new PrometheusRenderer("p");
    assertThat(renderer.fileName()).isEqualTo("prometheus_p.json");
    Snapshot snapshot = snapshot(List.of(member("n", MemberStatus.ALIVE, "svc=p/w:1,q/w:2")));
    assertThat((List<?>) parse(text(renderer, snapshot))).hasSize(1);
  }

  @Test
  void isMadeAnewWhenATagChanges() {
    Snapshot before = snapshot(List.of(member("n", MemberStatus.ALIVE, "svc=p/w:1", "a=1")));
    Snapshot now = snapshot(List.of(member("n", MemberStatus.ALIVE, "svc=p/w:1", "a=2")));
    assertThat(new PrometheusRenderer().stands(before, before)).isTrue();
    assertThat(new PrometheusRenderer().stands(before, now)).isFalse();
  }

  @Test
  void knowsNoTagsOfANodeThatIsNoMoreThere() {
    View view = snapshot(List.of(member("n", MemberStatus.ALIVE, "svc=p/w:1", "a=1"))).view();
    assertThat(text(new PrometheusRenderer(), Snapshot.of(view))).doesNotContain("__meta");
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void readsBackAsTheSnapshot(@ForAll(supplier = HostileSnapshots.class) Snapshot snapshot) {
    List<Object> expected = new ArrayList<>();
    snapshot
        .view()
        .products()
        .forEach(
            (product, services) ->
                services.forEach(
                    (service, instances) ->
                        instances.forEach(
                            instance -> {
                              String addr = Addresses.text(instance.addr());
                              Map<String, Object> labels = new LinkedHashMap<>();
                              labels.put("product", product);
                              labels.put("service", service);
                              labels.put("node", instance.node());
                              labels.putAll(
                                  ofTags(snapshot.node(instance.node()).orElseThrow().tags()));
                              expected.add(
                                  Map.of(
                                      "targets",
                                      List.of(
                                          (addr.contains(":") ? "[" + addr + "]" : addr)
                                              + ":"
                                              + instance.port()),
                                      "labels",
                                      labels));
                            })));
    String text = text(new PrometheusRenderer(), snapshot);
    assertThat(parse(text)).isEqualTo(expected);
    // JSON has these escapes only; YAML would take more.
    assertThat(text.replaceAll("\\\\(\\\\|\"|n|r|t|u[0-9a-f]{4})", "")).doesNotContain("\\");
  }

  private static Map<String, String> ofTags(Map<String, String> tags) {
    Map<String, String> labels = new TreeMap<>();
    Map<String, String> sorted = new TreeMap<>(tags);
    sorted
        .keySet()
        .removeIf(
            tag ->
                tag.equals("svc")
                    || tag.equals("products")
                    || tag.matches("(?s).+\\.service_type|.+\\..*\\.(service_port|weight|check)"));
    sorted.forEach((tag, value) -> labels.putIfAbsent(label(tag), value));
    sorted.forEach(
        (tag, value) -> {
          if (label(tag).equals("__meta_serf_tag_" + tag)) {
            labels.put(label(tag), value);
          }
        });
    return labels;
  }

  private static String label(String tag) {
    StringBuilder label = new StringBuilder("__meta_serf_tag_");
    tag.chars().forEach(c -> label.append(Character.toString(c).matches("\\w") ? (char) c : '_'));
    return label.toString();
  }
}
