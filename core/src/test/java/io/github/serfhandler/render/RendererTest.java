package io.github.serfhandler.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.catalog.Catalog;
import io.github.serfhandler.catalog.Fixtures;
import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.catalog.Subscription;
import io.github.serfhandler.catalog.View;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RendererTest {
  private static final Subscription SUBSCRIPTION =
      Subscription.of(List.of("product1", "product2", "1.0", "no"), List.of("seen"));

  static List<Renderer> renderers() {
    return List.of(
        new JsonRenderer(),
        new YamlRenderer(),
        new HostsRenderer(HostsRenderer.DEFAULT_SLOTS),
        new NginxRenderer(),
        new PrometheusRenderer(),
        new EnvRenderer());
  }

  private static List<Member> members() {
    return new ArrayList<>(
        List.of(
            Fixtures.member(
                "test2",
                "10.1.0.2",
                MemberStatus.ALIVE,
                "role=web:mysql",
                "products=product1",
                "product1.service_type=web:mysql",
                "product1.web.service_port=8080",
                "product1.mysql.service_port=3306",
                "product1.mysql.weight=0",
                "product1.web.weight=7"),
            Fixtures.member(
                "test3",
                "127.0.0.36",
                MemberStatus.ALIVE,
                "svc=product1/web:8080",
                "data-center=eu \"1\"\n"),
            Fixtures.member(
                "test10",
                "2001:db8::10",
                MemberStatus.ALIVE,
                "svc=product1/web:80,product1/web:81"),
            Fixtures.member("test11", "10.1.0.11", MemberStatus.FAILED, "svc=product1/web:80"),
            Fixtures.member("Zoë \"✓\" \u0000\n\t\\", "::1", MemberStatus.ALIVE, "svc=no/on:1"),
            Fixtures.member("12:30", "10.1.0.12", MemberStatus.ALIVE, "svc=1.0/0x1:65535"),
            Fixtures.member("null", "10.1.0.13", MemberStatus.ALIVE, "svc=1.0/0x1:1"),
            Fixtures.member(
                "pub", "10.1.0.14", MemberStatus.ALIVE, "svc=seen/public:443,seen/web:80"),
            Fixtures.member("plain", "10.1.0.15", MemberStatus.ALIVE)));
  }

  private static String render(Renderer renderer, View view) {
    return render(renderer, Snapshot.of(view));
  }

  private static String render(Renderer renderer, Snapshot snapshot) {
    Utf8Buffer out = new Utf8Buffer();
    renderer.render(snapshot, out);
    return StandardCharsets.UTF_8.decode(out.bytes()).toString();
  }

  private static Snapshot snapshot(List<Member> members) {
    Catalog catalog = Catalog.of(members);
    return new Snapshot("test2", catalog, catalog.view(SUBSCRIPTION), Map.of());
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = RendererTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @MethodSource("renderers")
  void writesTheGoldenFile(Renderer renderer) throws IOException {
    assertThat(render(renderer, snapshot(members()))).isEqualTo(golden(renderer.fileName()));
  }

  @Test
  void writesTheExampleOfTheContract() {
    View view =
        Catalog.of(
                List.of(
                    Fixtures.member(
                        "test3", "127.0.0.36", MemberStatus.ALIVE, "svc=product1/web:8080")))
            .view(Subscription.of(List.of("product1"), List.of()));
    assertThat(render(new JsonRenderer(), view))
        .isEqualTo(
            """
            {
                "product1": {
                    "web": [
                        {
                            "addr": "127.0.0.36",
                            "name": "test3",
                            "port": 8080
                        }
                    ]
                }
            }
            """);
    assertThat(render(new HostsRenderer(2), view))
        .isEqualTo("127.0.0.36\tsvc-product1-web-0\n127.0.0.36\tsvc-product1-web-1\n");
  }

  @Test
  void writesEmptyMapsWhereNothingIs() {
    View view = Catalog.EMPTY.view(Subscription.of(List.of("p"), List.of("o")));
    assertThat(render(new JsonRenderer(), view)).isEqualTo("{\n    \"o\": {},\n    \"p\": {}\n}\n");
    assertThat(render(new YamlRenderer(), view)).isEqualTo("o: {}\np: {}\n");
    assertThat(render(new HostsRenderer(4), view)).isEmpty();
    assertThat(render(new JsonRenderer(), View.EMPTY)).isEqualTo("{}\n");
    assertThat(render(new YamlRenderer(), View.EMPTY)).isEqualTo("{}\n");
  }

  @ParameterizedTest
  @MethodSource("renderers")
  void givesTheSameBytesForTheSameMembersInAnyOrder(Renderer renderer) {
    List<Member> members = members();
    String expected = render(renderer, snapshot(members));
    for (int seed = 0; seed < 10; seed++) {
      Collections.shuffle(members, new Random(seed));
      assertThat(render(renderer, snapshot(members))).isEqualTo(expected);
    }
  }

  @Test
  void dealsInstancesOverTheSlots() {
    List<Member> members = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      members.add(Fixtures.member("n" + i, "10.0.0." + i, MemberStatus.ALIVE, "svc=p/web:80"));
    }
    View view = Catalog.of(members).view(Subscription.of(List.of("p"), List.of()));
    assertThat(render(new HostsRenderer(4), view).lines())
        .containsExactly(
            "10.0.0.1\tsvc-p-web-0",
            "10.0.0.2\tsvc-p-web-1",
            "10.0.0.3\tsvc-p-web-2",
            "10.0.0.1\tsvc-p-web-3");
    assertThat(render(new HostsRenderer(2), view).lines())
        .containsExactly("10.0.0.1\tsvc-p-web-0", "10.0.0.2\tsvc-p-web-1");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 257})
  void refusesSlotsOutOfRange(int slots) {
    assertThatThrownBy(() -> new HostsRenderer(slots))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(String.valueOf(slots));
  }
}
