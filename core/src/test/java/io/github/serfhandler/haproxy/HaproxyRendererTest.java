package io.github.serfhandler.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.catalog.View;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.render.RenderException;
import io.github.serfhandler.render.Utf8Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HaproxyRendererTest {
  private static final HaproxySettings ALL =
      HaproxySettings.builder()
          .socket(Path.of("/run/haproxy/serf-handler.sock"))
          .slots(2)
          .binds(
              List.of(
                  Bind.parse("shop/web=*:80", Optional.empty()),
                  Bind.parse("blog/site=[2001:DB8:0::1]:81", Optional.empty()),
                  Bind.parse("shop/web=10.0.0.1:82", Optional.empty())))
          .build();

  private static final HaproxySettings ONE =
      HaproxySettings.builder()
          .product("shop")
          .mode(HaproxySettings.Mode.HTTP)
          .balance(Balance.SOURCE)
          .build();

  private static String golden(String name) throws IOException {
    try (InputStream in = HaproxyRendererTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void writesTheGoldenFileOfAllProducts() throws IOException {
    assertThat(new HaproxyRenderer(ALL).fileName()).isEqualTo("haproxy.cfg");
    assertThat(Sights.render(ALL, Sights.mixed())).isEqualTo(golden("haproxy.cfg"));
  }

  @Test
  void writesTheGoldenFileOfOneProduct() throws IOException {
    assertThat(new HaproxyRenderer(ONE).fileName()).isEqualTo("haproxy_shop.cfg");
    assertThat(Sights.render(ONE, Sights.mixed())).isEqualTo(golden("haproxy_shop.cfg"));
  }

  @Test
  void readsTheHeadWhenItIsRenderedAndKeepsIt(@TempDir Path folder) throws IOException {
    Path head = folder.resolve("head");
    HaproxySettings settings = HaproxySettings.builder().head(head).build();
    HaproxyRenderer renderer = new HaproxyRenderer(settings);
    Snapshot snapshot = Snapshot.of(View.EMPTY);
    String message = "cannot render HAProxy's file: its head " + head + " is no file; write the";
    assertThatThrownBy(renderer::prepare)
        .isInstanceOf(RenderException.class)
        .hasMessageStartingWith(message);
    assertThatThrownBy(() -> renderer.render(snapshot, new Utf8Buffer()))
        .isInstanceOf(RenderException.class)
        .hasMessageStartingWith(message);
    Files.writeString(head, "global\n    user mine");
    renderer.prepare();
    Files.writeString(head, "global\n    user other");
    Utf8Buffer out = new Utf8Buffer();
    renderer.render(snapshot, out);
    assertThat(StandardCharsets.UTF_8.decode(out.bytes()).toString())
        .contains("    user mine\n")
        .doesNotContain("other");
  }

  @Test
  void keepsTheShapeWhereOnlyServersChange() {
    String before = shape(Sights.of(Sights.alive("a", "10.0.0.1", "svc=shop/web:80")));
    assertThat(shape(Sights.of(Sights.alive("b", "::1", "svc=shop/web:81", "shop.web.weight=3"))))
        .isEqualTo(before);
    // The service has a frontend, so that its backend stays.
    assertThat(shape(Sights.of())).isEqualTo(before);
  }

  @Test
  void changesTheShapeWithServicesAndChecks() {
    String before = shape(Sights.of(Sights.alive("a", "10.0.0.1", "svc=shop/web:80")));
    assertThat(shape(Sights.of(Sights.alive("a", "10.0.0.1", "svc=shop/web:80,shop/db:1"))))
        .isNotEqualTo(before);
    assertThat(
            shape(
                Sights.of(
                    Sights.alive("a", "10.0.0.1", "svc=shop/web:80", "shop.web.check=/health"))))
        .isNotEqualTo(before);
  }

  @Test
  void asksForAPathThatMostOfTheCheckedServersName() {
    // One node's word would take all others out of use, whose servers know no such path.
    assertThat(paths("/no/such", "tcp", "tcp")).isEmpty();
    assertThat(paths("/no/such", "/health", "tcp")).isEmpty();
    assertThat(paths("/no/such", "/health")).isEmpty();
    assertThat(paths("/no/such", "/health", "/health")).contains("/health");
    assertThat(paths("tcp", "/health", "off", "/health")).contains("/health");
    assertThat(paths("off", "off", "/health")).contains("/health");
    assertThat(paths("off", "off")).isEmpty();
  }

  private static Optional<String> paths(String... checks) {
    List<Member> members = new ArrayList<>();
    for (String check : checks) {
      int number = members.size() + 1;
      members.add(
          Sights.alive(
              "web" + number, "10.0.0." + number, "svc=shop/web:80", "shop.web.check=" + check));
    }
    return Backend.all(ONE, Sights.of(members)).get(0).path();
  }

  @Test
  void namesAPlaceOnceThoughTwoNodesHaveIt() {
    assertThat(
            Sights.render(
                    ONE,
                    Sights.of(
                        Sights.alive("a", "10.0.0.1", "svc=shop/web:80"),
                        Sights.alive("b", "10.0.0.1", "svc=shop/web:80")))
                .lines()
                .filter(line -> line.startsWith("    server ")))
        .containsExactly("    server a:80 10.0.0.1:80 weight 100 check");
  }

  private static String shape(io.github.serfhandler.catalog.Snapshot snapshot) {
    return Frame.shape(ALL, Backend.all(ALL, snapshot));
  }
}
