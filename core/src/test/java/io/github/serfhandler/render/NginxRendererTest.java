package io.github.serfhandler.render;

import static io.github.serfhandler.catalog.Fixtures.member;
import static io.github.serfhandler.render.HostileSnapshots.snapshot;
import static io.github.serfhandler.render.HostileSnapshots.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.catalog.Addresses;
import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.client.MemberStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NginxRendererTest {
  private static final String HEADER = "# written by serf-handler; changes are lost\n";
  private static final Pattern SERVER =
      Pattern.compile(" {4}server ([0-9a-f.:\\[\\]]+:[0-9]+) (down|weight=[1-9][0-9]*);");
  private static final Pattern OPEN = Pattern.compile("upstream ([a-z0-9._~-]+) \\{");

  @Test
  void writesWeightsAndTakesAWeightOfNothingForDown() {
    Snapshot snapshot =
        snapshot(
            List.of(
                member("a", "10.0.0.1", MemberStatus.ALIVE, "svc=shop/web:80", "shop.web.weight=0"),
                member("b", "::1", MemberStatus.ALIVE, "svc=shop/web:80", "shop.web.weight=256"),
                member("c", "10.0.0.3", MemberStatus.ALIVE, "svc=shop/web:80,shop/web:81")));
    assertThat(text(new NginxRenderer(), snapshot))
        .isEqualTo(
            HEADER
                + """
                upstream shop_web {
                    server 10.0.0.1:80 down;
                    server [::1]:80 weight=256;
                    server 10.0.0.3:80 weight=100;
                    server 10.0.0.3:81 weight=100;
                }
                """);
  }

  @Test
  void isACommentWhereNothingIs() {
    assertThat(text(new NginxRenderer(), snapshot(List.of()))).isEqualTo(HEADER);
    assertThat(text(new NginxRenderer("shop"), snapshot(List.of()))).isEqualTo(HEADER);
  }

  @Test
  void showsOneProductAlone() {
    Snapshot snapshot =
        snapshot(List.of(member("a", MemberStatus.ALIVE, "svc=shop/web:80,blog/web:81")));
    NginxRenderer renderer = new NginxRenderer("shop");
    assertThat(renderer.fileName()).isEqualTo("nginx_upstreams_shop.conf");
    assertThat(text(renderer, snapshot)).contains("upstream shop_web {").doesNotContain("blog");
    assertThatThrownBy(() -> new NginxRenderer("../x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("../x");
  }

  @Test
  void tellsNamesApartThatDifferInCaseOnly() {
    Snapshot snapshot =
        snapshot(
            List.of(member("a", MemberStatus.ALIVE, "svc=shop/WEB:80,shop/web:81,Shop_x/web:82")));
    assertThat(text(new NginxRenderer(), snapshot))
        .isEqualTo(
            HEADER
                + """
                upstream ~shop__x_web {
                    server 10.0.0.1:82 weight=100;
                }
                upstream shop_~w~e~b {
                    server 10.0.0.1:80 weight=100;
                }
                upstream shop_web {
                    server 10.0.0.1:81 weight=100;
                }
                """);
  }

  @Test
  void isMadeAnewWhenAWeightChanges() {
    Snapshot before = snapshot(List.of(member("a", MemberStatus.ALIVE, "svc=shop/web:80")));
    Snapshot same = snapshot(List.of(member("a", MemberStatus.ALIVE, "svc=shop/web:80")));
    Snapshot now =
        snapshot(List.of(member("a", MemberStatus.ALIVE, "svc=shop/web:80", "shop.web.weight=1")));
    assertThat(new NginxRenderer().stands(before, same)).isTrue();
    assertThat(new NginxRenderer().stands(before, now)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/conf/a[b]", "/a*", "/a?", "/a\\b", "/a\"b", "/a\nb", "/[x]/nginx.conf"})
  void refusesAPathThatNginxCouldTakeForAnother(String path) {
    assertThatThrownBy(() -> NginxRenderer.checkFrame(Path.of(path)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("nginx can not include .* U\\+[0-9a-f]{4}, character \\d+; choose .*");
  }

  @Test
  void namesTheCheckedFileOnceInItsFrame() {
    String frame = NginxRenderer.checkFrame(Path.of("/a b/{c};d$e'f/é.conf"));
    assertThat(frame).contains("include \"/a b/{c};d$e'f/é.conf\";");
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void readsBackAsTheSnapshot(@ForAll(supplier = HostileSnapshots.class) Snapshot snapshot) {
    Map<String, List<String>> expected = new LinkedHashMap<>();
    snapshot
        .view()
        .products()
        .forEach(
            (product, services) ->
                services.forEach(
                    (service, instances) ->
                        expected.put(
                            Pattern.compile("[A-Z]")
                                .matcher(ServiceName.of(product, service))
                                .replaceAll(m -> "~" + m.group().toLowerCase(Locale.ROOT)),
                            instances.stream()
                                .map(
                                    instance -> {
                                      int weight =
                                          snapshot.offer(product, service, instance).weight();
                                      String addr = Addresses.text(instance.addr());
                                      return (addr.contains(":") ? "[" + addr + "]" : addr)
                                          + ":"
                                          + instance.port()
                                          + (weight == 0 ? " down" : " weight=" + weight);
                                    })
                                .toList())));
    Map<String, List<String>> read = parse(text(new NginxRenderer(), snapshot));
    assertThat(read).isEqualTo(expected);
  }

  private static Map<String, List<String>> parse(String text) {
    assertThat(text).startsWith(HEADER).endsWith("\n");
    Map<String, List<String>> upstreams = new LinkedHashMap<>();
    List<String> servers = null;
    for (String line : text.substring(HEADER.length()).lines().toList()) {
      Matcher open = OPEN.matcher(line);
      Matcher server = SERVER.matcher(line);
      if (servers == null && open.matches()) {
        servers = new ArrayList<>();
        assertThat(upstreams.put(open.group(1), servers)).isNull();
      } else if (servers != null && server.matches()) {
        servers.add(server.group(1) + " " + server.group(2));
      } else {
        assertThat(servers).isNotEmpty();
        assertThat(line).isEqualTo("}");
        servers = null;
      }
    }
    assertThat(servers).isNull();
    return upstreams;
  }
}
