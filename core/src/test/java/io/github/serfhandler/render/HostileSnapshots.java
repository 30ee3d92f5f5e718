package io.github.serfhandler.render;

import io.github.serfhandler.catalog.Catalog;
import io.github.serfhandler.catalog.Fixtures;
import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.catalog.Subscription;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.ProtocolVersions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;

/**
 * Clusters whose nodes have odd names and tags, and services whose legal names come near each
 * other.
 */
public final class HostileSnapshots implements ArbitrarySupplier<Snapshot> {
  /** Texts that would leave their place in one format or another. */
  static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\";}\n",
          "a\nserver 6.6.6.6:6;\n}\nupstream evil { server 6.6.6.6:6; }\n#",
          "x\"},{\"targets\":[\"6.6.6.6:6\"]},{\"labels\":{\"a\":\"",
          "$(touch pwned)`touch pwned`;touch pwned\n. ./x",
          "PATH=/tmp\nLD_PRELOAD=x.so",
          "\n6.6.6.6\tlocalhost\n",
          "# BEGIN serf-handler\n# END serf-handler\n",
          "{{ x }}{% y %}${z}%(w)s",
          "\u0000\r\t\u0007\u001b[2J\u007f\u0085\u2028\u2029\ufeff\uffff",
          "Zoë ✓ \uD83D\uDE00",
          "\uD800",
          "\uDC00x\uD83D",
          "\\",
          "\\\"",
          "'*?[a-z]~");

  private static final List<String> NAMES =
      List.of(
          "LD",
          "PRELOAD",
          "PATH",
          "a",
          "A",
          "a-a",
          "a.a",
          "a_a",
          "a__a",
          "a_",
          "web",
          "WEB",
          "web-addr",
          "web.count",
          "addr",
          "COUNT",
          "port",
          "1.0",
          "0",
          "x".repeat(63));

  private static final List<String> TAGS =
      List.of("role", "ro-le", "ro.le", "ro_le", "a.weight", "a.service_type", "9", "é", "\uD800");

  /** A cluster of one node for each of the texts, which is its name and stands in its tags. */
  static Snapshot ofTexts() {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < TEXTS.size(); i++) {
      String text = TEXTS.get(i);
      Map<String, String> tags = new LinkedHashMap<>();
      tags.put("svc", "LD/PRELOAD:" + (80 + i) + ",a/web:" + (90 + i) + ",A/WEB:1");
      tags.put("LD.PRELOAD.weight", i % 3 == 0 ? "0" : text);
      tags.put("a.web.check", text);
      tags.put("role", text);
      tags.put(text, text);
      members.add(member(text, i % 2 == 0 ? "127.0.0." + (i + 1) : "2001:db8::" + (i + 1), tags));
    }
    return snapshot(members);
  }

  static Snapshot snapshot(List<Member> members) {
    Catalog catalog = Catalog.of(members);
    return new Snapshot(
        "self", catalog, catalog.view(Subscription.of(catalog.products(), List.of())), Map.of());
  }

  static String text(Renderer renderer, Snapshot snapshot) {
    Utf8Buffer out = new Utf8Buffer();
    renderer.render(snapshot, out);
    return StandardCharsets.UTF_8.decode(out.bytes()).toString();
  }

  private static Member member(String name, String addr, Map<String, String> tags) {
    return new Member(
        name, Fixtures.addr(addr), 7946, tags, MemberStatus.ALIVE, ProtocolVersions.UNKNOWN);
  }

  @Override
  public Arbitrary<Snapshot> get() {
    Arbitrary<String> texts =
        Arbitraries.oneOf(
            Arbitraries.of(TEXTS),
            Arbitraries.strings().ofMaxLength(8),
            Arbitraries.strings()
                .withChars("{};\"'\\\n\r\t #$`=,[]:~\u0000\u2028\uD83D\uDE00a".toCharArray())
                .ofMaxLength(8));
    Arbitrary<String> names = Arbitraries.of(NAMES);
    Arbitrary<String> entries =
        Combinators.combine(names, names, Arbitraries.integers().between(1, 65_535))
            .as((product, service, port) -> product + "/" + service + ":" + port);
    Arbitrary<Map<String, String>> advice =
        Arbitraries.maps(
                Combinators.combine(names, names, Arbitraries.of(".weight", ".check"))
                    .as((product, service, kind) -> product + "." + service + kind),
                Arbitraries.oneOf(Arbitraries.of("0", "1", "100", "256", "257", "off"), texts))
            .ofMaxSize(6);
    Arbitrary<Map<String, String>> tags =
        Combinators.combine(
                entries.list().ofMinSize(1).ofMaxSize(6),
                advice,
                Arbitraries.maps(Arbitraries.oneOf(Arbitraries.of(TAGS), texts), texts)
                    .ofMaxSize(4))
            .as(
                (svc, ofServices, others) -> {
                  Map<String, String> all = new LinkedHashMap<>(others);
                  all.putAll(ofServices);
                  all.put("svc", String.join(",", svc));
                  return all;
                });
    Arbitrary<String> addresses =
        Arbitraries.of("10.0.0.1", "255.255.255.254", "::1", "2001:db8::7", "1:2:3:4:5:6:7:8");
    return Combinators.combine(texts, addresses, tags)
        .as(HostileSnapshots::member)
        .list()
        .ofMaxSize(6)
        .map(HostileSnapshots::snapshot);
  }
}
