package io.github.serfhandler.render;

import static io.github.serfhandler.catalog.Fixtures.member;
import static io.github.serfhandler.render.HostileSnapshots.snapshot;
import static io.github.serfhandler.render.HostileSnapshots.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.catalog.Addresses;
import io.github.serfhandler.catalog.Instance;
import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.client.MemberStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EnvRendererTest {
  private static final String HEADER = "# written by serf-handler; changes are lost\n";

  private static String of(String... services) {
    return text(
        new EnvRenderer(),
        snapshot(List.of(member("n", MemberStatus.ALIVE, "svc=" + String.join(",", services)))));
  }

  @Test
  void writesAllInstancesAndTheFirstOne() {
    Snapshot snapshot =
        snapshot(
            List.of(
                member("a", "10.0.0.1", MemberStatus.ALIVE, "svc=shop/web:80"),
                member("b", "2001:db8::2", MemberStatus.ALIVE, "svc=shop/web:80,shop-2/a.b_c:1")));
    assertThat(text(new EnvRenderer(), snapshot))
        .isEqualTo(
            HEADER
                + """
                SVC_SHOP__WEB=10.0.0.1:80,[2001:db8::2]:80
                SVC_SHOP__WEB__ADDR=10.0.0.1
                SVC_SHOP__WEB__PORT=80
                SVC_SHOP__WEB__COUNT=2
                SVC_SHOP_2__A_B_C=[2001:db8::2]:1
                SVC_SHOP_2__A_B_C__ADDR=2001:db8::2
                SVC_SHOP_2__A_B_C__PORT=1
                SVC_SHOP_2__A_B_C__COUNT=1
                """);
  }

  @Test
  void isACommentWhereNothingIs() {
    assertThat(text(new EnvRenderer(), snapshot(List.of()))).isEqualTo(HEADER);
  }

  @Test
  void showsOneProductAlone() {
    EnvRenderer renderer = new EnvRenderer("b");
    assertThat(renderer.fileName()).isEqualTo("services_b.env");
    Snapshot snapshot =
        snapshot(List.of(member("n", MemberStatus.ALIVE, "svc=a/x:1,b/y:2,b--y/addr:3")));
    assertThat(text(renderer, snapshot)).startsWith(HEADER + "SVC_B__Y=").doesNotContain("SVC_A__");
  }

  @Test
  void neverNamesAVariableThatMeansSomething() {
    assertThat(of("LD/PRELOAD:1", "PATH/x:2").lines().skip(1)).allMatch(l -> l.startsWith("SVC_"));
  }

  @Test
  void givesPlainNamesTheirVariablesWhateverElseThereIs() {
    assertThat(
            of(
                "a-b/c:1",
                "a/b-c:2",
                "a/web:3",
                "a/web-addr:4",
                "a/WEB:5",
                "a/web_:6",
                "A/web:7",
                "a/web--addr:8",
                "a--web/addr:9"))
        .contains("SVC_A_B__C=10.0.0.1:1\n", "SVC_A__B_C=10.0.0.1:2\n", "SVC_A__WEB=10.0.0.1:3\n")
        .contains("SVC_A__WEB__ADDR=10.0.0.1\n", "SVC_A__WEB_ADDR=10.0.0.1:4\n")
        .contains("# a/WEB is left out: a variable of a/web has the same name\n")
        .contains("# A/web is left out: a variable of a/web has the same name\n")
        .contains("# a/web--addr is left out: a variable of a/web has the same name\n")
        .contains("# a--web/addr is left out: a variable of a/web has the same name\n");
  }

  @Test
  void leavesOutOthersThatShareAName() {
    assertThat(of("a/X.y:1", "a/x_y:2", "a/Z:3").lines().skip(1))
        .filteredOn(line -> line.startsWith("#"))
        .containsExactly(
            "# a/X.y is left out: a variable of a/x_y has the same name",
            "# a/x_y is left out: a variable of a/X.y has the same name");
    assertThat(of("a/X.y:1", "a/x_y:2", "a/Z:3")).contains("SVC_A__Z=10.0.0.1:3\n");
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void readsBackAsTheSnapshot(@ForAll(supplier = HostileSnapshots.class) Snapshot snapshot) {
    Map<String, Map<String, String>> byService = new LinkedHashMap<>();
    snapshot
        .view()
        .products()
        .forEach(
            (product, services) ->
                services.forEach(
                    (service, instances) ->
                        byService.put(
                            product + "/" + service, variables(product, service, instances))));
    Map<String, Integer> owners = new LinkedHashMap<>();
    byService.values().forEach(all -> all.keySet().forEach(n -> owners.merge(n, 1, Integer::sum)));
    Map<String, String> expected = new LinkedHashMap<>();
    Set<String> expectedOut = new HashSet<>();
    byService.forEach(
        (service, variables) -> {
          if (service.matches("[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*")
              || variables.keySet().stream().allMatch(name -> owners.getOrDefault(name, 0) == 1)) {
            expected.putAll(variables);
          } else {
            expectedOut.add(service);
          }
        });
    Map<String, String> read = new LinkedHashMap<>();
    List<String> leftOut = new ArrayList<>();
    String text = text(new EnvRenderer(), snapshot);
    assertThat(text).startsWith(HEADER).endsWith("\n").doesNotContain("\r", "\0");
    for (String line : text.substring(HEADER.length()).split("\n", -1)) {
      if (line.startsWith("# ")) {
        assertThat(line)
            .matches("# [\\w.-]+/[\\w.-]+ is left out: a variable of [\\w.-]+/[\\w.-]+ has .*");
        leftOut.add(line.substring(2, line.indexOf(' ', 2)));
      } else if (!line.isEmpty()) {
        assertThat(line).matches("SVC_[A-Z0-9_]+=[0-9a-f.:,\\[\\]]+");
        int equals = line.indexOf('=');
        assertThat(read.put(line.substring(0, equals), line.substring(equals + 1))).isNull();
      }
    }
    assertThat(read).isEqualTo(expected);
    assertThat(leftOut).containsExactlyInAnyOrderElementsOf(expectedOut);
  }

  private static Map<String, String> variables(
      String product, String service, List<Instance> instances) {
    String name =
        ("SVC_" + product + "__" + service)
            .replaceAll("[^A-Za-z0-9]", "_")
            .toUpperCase(Locale.ROOT);
    return Map.of(
        name,
        instances.stream()
            .map(
                instance -> {
                  String addr = Addresses.text(instance.addr());
                  return (addr.contains(":") ? "[" + addr + "]" : addr) + ":" + instance.port();
                })
            .collect(Collectors.joining(",")),
        name + "__ADDR",
        Addresses.text(instances.get(0).addr()),
        name + "__PORT",
        String.valueOf(instances.get(0).port()),
        name + "__COUNT",
        String.valueOf(instances.size()));
  }
}
