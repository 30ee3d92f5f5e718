package io.github.serfhandler.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.catalog.Fixtures;
import io.github.serfhandler.client.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** No name and no tag, however odd, leaves its place in the file. */
class NamesPropertyTest {
  @Property
  void namesServersLegallyAndEachDifferently(
      @ForAll String one,
      @ForAll @IntRange(min = 1, max = 65535) int first,
      @ForAll String other,
      @ForAll @IntRange(min = 1, max = 65535) int second) {
    String name = ServerName.of(Fixtures.instance(one, "::1", first));
    assertThat(name).matches("[A-Za-z0-9.:_-]{1,206}").contains(":");
    assertThat(name.equals(ServerName.of(Fixtures.instance(other, "::1", second))))
        .isEqualTo(one.equals(other) && first == second);
  }

  @Property(tries = 300)
  void writesTheLinesThatAreExpectedAndNoOthers(
      @ForAll @Size(max = 5) Set<String> names, @ForAll String weight, @ForAll String check) {
    List<Member> members = new ArrayList<>();
    for (String name : names) {
      members.add(
          Sights.alive(
              name,
              "10.0.0." + (members.size() + 1),
              "svc=shop/web:80",
              "shop.web.weight=" + weight,
              "shop.web.check=" + check));
    }
    List<String> lines =
        Sights.render(HaproxySettings.builder().build(), Sights.of(members)).lines().toList();
    assertThat(lines.stream().filter(line -> !line.isEmpty() && line.charAt(0) != ' '))
        .containsExactlyElementsOf(
            names.isEmpty()
                ? List.of(lines.get(0), "global", "defaults", "global")
                : List.of(lines.get(0), "global", "defaults", "global", "backend shop_web"));
    assertThat(lines.stream().filter(line -> line.startsWith("    server ")))
        .hasSize(names.size())
        .allMatch(
            line ->
                line.matches(
                    "    server [A-Za-z0-9.:_-]+ 10\\.0\\.0\\.[1-5]:80 weight [0-9]{1,3}"
                        + "( check)?"));
  }
}
