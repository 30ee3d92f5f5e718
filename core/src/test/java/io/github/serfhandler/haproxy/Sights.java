package io.github.serfhandler.haproxy;

import io.github.serfhandler.catalog.Catalog;
import io.github.serfhandler.catalog.Fixtures;
import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.catalog.Subscription;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.render.Utf8Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Snapshots for tests, and what is rendered of them. */
final class Sights {
  private Sights() {}

  /** What a node sees that subscribes to {@code shop} and {@code blog}. */
  static Snapshot of(Member... members) {
    return of(List.of(members));
  }

  static Snapshot of(List<Member> members) {
    Catalog catalog = Catalog.of(members);
    Subscription all = Subscription.of(List.of("shop", "blog"), List.of());
    return new Snapshot("self", catalog, catalog.view(all), Map.of());
  }

  static Member alive(String name, String addr, String... tags) {
    return Fixtures.member(name, addr, MemberStatus.ALIVE, tags);
  }

  static Member left(String name, String addr, String... tags) {
    return Fixtures.member(name, addr, MemberStatus.LEFT, tags);
  }

  static Member failed(String name, String addr, String... tags) {
    return Fixtures.member(name, addr, MemberStatus.FAILED, tags);
  }

  static String render(HaproxySettings settings, Snapshot snapshot) {
    Utf8Buffer out = new Utf8Buffer();
    new HaproxyRenderer(settings).render(snapshot, out);
    return StandardCharsets.UTF_8.decode(out.bytes()).toString();
  }

  /** A cluster with something of everything. */
  static Snapshot mixed() {
    return of(
        alive("web1", "10.1.0.1", "svc=shop/web:8080", "shop.web.check=/health"),
        alive(
            "web2",
            "10.1.0.2",
            "svc=shop/web:8080",
            "shop.web.weight=50",
            "shop.web.check=/health"),
        alive("web10", "2001:db8::10", "svc=shop/web:80,shop/web:81", "shop.web.check=off"),
        alive("db 1;\n\"x\" #$\\ {é✓}:", "10.1.0.3", "svc=shop/my_sql:3306"),
        alive("batch", "10.1.0.4", "svc=blog/jobs:99", "blog.jobs.check=off"));
  }
}
