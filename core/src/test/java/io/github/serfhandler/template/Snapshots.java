package io.github.serfhandler.template;

import io.github.serfhandler.catalog.Catalog;
import io.github.serfhandler.catalog.Fixtures;
import io.github.serfhandler.catalog.Held;
import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.catalog.Subscription;
import io.github.serfhandler.catalog.View;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.render.Renderer;
import io.github.serfhandler.render.Utf8Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Snapshots for tests, and what is made of them. */
final class Snapshots {
  private Snapshots() {}

  static Snapshot fleet() {
    Catalog catalog =
        Catalog.of(
            List.of(
                Fixtures.member(
                    "test2",
                    "10.1.0.2",
                    MemberStatus.ALIVE,
                    "role=web:mysql",
                    "products=product1",
                    "svc=product1/web:8080,product1/mysql:3306",
                    "product1.web.weight=50",
                    "product1.web.check=/health",
                    "motto=it's \"fine\""),
                Fixtures.member(
                    "test3", "127.0.0.36", MemberStatus.ALIVE, "svc=product1/web:80", "rack=r1"),
                Fixtures.member(
                    "test10", "2001:db8::10", MemberStatus.ALIVE, "svc=product1/web:80"),
                Fixtures.member("test11", "10.1.0.11", MemberStatus.FAILED)));
    View view = catalog.view(Subscription.of(List.of("product1", "product2"), List.of()));
    Held held =
        new Held("product1", "web", view.instances("product1", "web").get(2), Instant.EPOCH);
    return new Snapshot(
        "test2",
        catalog,
        new View(view.products(), List.of(held)),
        Map.of("test10", 0.5, "test11", 12.0));
  }

  /** One of a single node with one service, {@code p/s}. */
  static Snapshot one(String node, String tag) {
    Member member =
        Fixtures.member(node, "10.0.0.1", MemberStatus.ALIVE, "svc=p/s:1", "note=" + tag);
    Catalog catalog = Catalog.of(List.of(member));
    return new Snapshot(
        node, catalog, catalog.view(Subscription.of(List.of("p"), List.of())), Map.of());
  }

  static String text(Renderer renderer, Snapshot snapshot) {
    Utf8Buffer out = new Utf8Buffer();
    renderer.render(snapshot, out);
    return StandardCharsets.UTF_8.decode(out.bytes()).toString();
  }
}
