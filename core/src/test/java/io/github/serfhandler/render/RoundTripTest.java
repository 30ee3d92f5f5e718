package io.github.serfhandler.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.catalog.Addresses;
import io.github.serfhandler.catalog.Fixtures;
import io.github.serfhandler.catalog.Instance;
import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.catalog.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;
import org.snakeyaml.engine.v2.schema.JsonSchema;
import org.snakeyaml.engine.v2.schema.Schema;

/** Somebody else's parser reads back exactly what a view holds; JSON is read as YAML, too. */
class RoundTripTest {
  private static String render(Renderer renderer, View view) {
    Utf8Buffer out = new Utf8Buffer();
    renderer.render(Snapshot.of(view), out);
    return UTF_8.decode(out.bytes()).toString();
  }

  private static Object parse(String text, Schema schema) {
    return new Load(LoadSettings.builder().setSchema(schema).setAllowDuplicateKeys(false).build())
        .loadFromString(text);
  }

  private static Map<String, Object> plain(View view, boolean portsAsText) {
    Map<String, Object> products = new LinkedHashMap<>();
    view.products()
        .forEach(
            (product, services) -> {
              Map<String, Object> byService = new LinkedHashMap<>();
              services.forEach(
                  (service, instances) -> {
                    List<Object> list = new ArrayList<>();
                    for (Instance instance : instances) {
                      Map<String, Object> map = new LinkedHashMap<>();
                      map.put("addr", Addresses.text(instance.addr()));
                      map.put("name", instance.node());
                      map.put(
                          "port",
                          portsAsText ? (Object) String.valueOf(instance.port()) : instance.port());
                      list.add(map);
                    }
                    byService.put(service, list);
                  });
              products.put(product, byService);
            });
    return products;
  }

  @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
  void jsonReadsBackAsTheView(@ForAll("views") View view) {
    String text = render(new JsonRenderer(), view);
    assertThat(parse(text, new JsonSchema())).isEqualTo(plain(view, false));
    assertThat(text).endsWith("}\n").doesNotContain("\t", "\r");
    // JSON has these escapes only; YAML would take more.
    assertThat(text.replaceAll("\\\\(\\\\|\"|n|r|t|u[0-9a-f]{4})", "")).doesNotContain("\\");
  }

  @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
  void yamlReadsBackAsTheView(@ForAll("views") View view) {
    String text = render(new YamlRenderer(), view);
    assertThat(parse(text, new JsonSchema())).isEqualTo(plain(view, false));
    assertThat(parse(text, new CoreSchema())).isEqualTo(plain(view, false));
    assertThat(parse(text, new FailsafeSchema())).isEqualTo(plain(view, true));
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void hostsHaveOneWellFormedLineForEachSlot(@ForAll("views") View view) {
    String text = render(new HostsRenderer(3), view);
    int services = view.products().values().stream().mapToInt(Map::size).sum();
    assertThat(text.lines())
        .hasSize(3 * services)
        .allMatch(line -> line.matches("[0-9a-f.:]+\tsvc-[A-Za-z0-9._-]+-[A-Za-z0-9._-]+-[012]"));
  }

  @Provide
  Arbitrary<View> views() {
    Arbitrary<String> nodes =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(12),
            Arbitraries.strings()
                .withChars(
                    " :-#'\"\\\n\t\r,[]{}&*!|>%@`?~=<.\u0085\u2028\ufeff\uD800\uDC00x1"
                        .toCharArray())
                .ofMinLength(1)
                .ofMaxLength(8),
            Arbitraries.of(
                "no", "null", "1.0", "12:30", "0x1", "-", "~", ".inf", "2026-01-01", "<<"));
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of(
                "no", "null", "1.0", "0x1", "y", "true", "1e3", "2026-01-01", "0", "web"),
            Arbitraries.strings().withCharRange('a', 'z').numeric().ofMinLength(1).ofMaxLength(5));
    Arbitrary<String> addresses =
        Arbitraries.of("10.0.0.1", "::1", "2001:db8::7", "1:2:3:4:5:6:7:8");
    Arbitrary<Instance> instances =
        Combinators.combine(nodes, addresses, Arbitraries.integers().between(1, 65_535))
            .as(Fixtures::instance);
    Arbitrary<SortedMap<String, List<Instance>>> services =
        Arbitraries.maps(names, instances.list().ofMinSize(1).ofMaxSize(4))
            .ofMaxSize(3)
            .map(TreeMap::new);
    return Arbitraries.maps(names, services)
        .ofMaxSize(3)
        .map(products -> new View(new TreeMap<>(products), List.of()));
  }
}
