package io.github.serfhandler.handlertest;

import io.github.serfhandler.catalog.GuardSettings;
import io.github.serfhandler.catalog.Names;
import io.github.serfhandler.catalog.Subscription;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.ProtocolVersions;
import io.github.serfhandler.discovery.Discovery;
import io.github.serfhandler.discovery.Interest;
import io.github.serfhandler.discovery.PassResult;
import io.github.serfhandler.handler.LocalNode;
import io.github.serfhandler.handler.Self;
import io.github.serfhandler.output.FileSpec;
import io.github.serfhandler.render.HostsRenderer;
import io.github.serfhandler.render.JsonRenderer;
import io.github.serfhandler.render.YamlRenderer;
import io.github.serfhandler.store.FileStore;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The node of a {@link TestNode} as its handlers see it. Confined to the test's thread. */
final class FakeNode implements LocalNode {
  private static final ProtocolVersions PROTOCOL = ProtocolVersions.UNKNOWN;
  private static final int SLOTS = 4;

  private final String name;
  private final Map<String, String> tags = new TreeMap<>();
  private final Map<String, Member> others = new TreeMap<>();
  private final List<String> log = new ArrayList<>();
  private List<String> observed = List.of();
  private @Nullable Self acting;
  private @Nullable Path confDir;
  private @Nullable Discovery discovery;

  FakeNode(String name) {
    this.name = name;
  }

  static Member member(String name, String addr, MemberStatus status, String... pairs) {
    Map<String, String> tags = new TreeMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("a tag is NAME=VALUE, but this is '" + pair + "'");
      }
      tags.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return new Member(name, address(addr), 7946, tags, status, PROTOCOL);
  }

  /** Only literal addresses: a test must not ask a name server. */
  private static InetAddress address(String text) {
    if (!text.matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
      throw new IllegalArgumentException("an address is one as 10.0.0.7, not '" + text + "'");
    }
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an address: '" + text + "'", e);
    }
  }

  void tag(String key, String value) {
    tags.put(key, value);
  }

  void observes(List<String> products) {
    observed = List.copyOf(products);
  }

  void confDir(Path folder) {
    confDir = folder;
  }

  void put(Member member) {
    others.put(member.name(), member);
  }

  void remove(String member) {
    others.remove(member);
  }

  /** Everything that was logged so far, {@code LEVEL text} each. */
  List<String> log() {
    return List.copyOf(log);
  }

  /** Until further notice it is that one; null for itself. */
  void actsAs(@Nullable Self other) {
    acting = other;
  }

  @Override
  public Self self() {
    Self other = acting;
    return other == null ? Self.of(name, tags) : other;
  }

  @Override
  public List<Member> members() {
    List<Member> members = new ArrayList<>(others.values());
    if (!others.containsKey(name)) {
      members.add(new Member(name, address("127.0.0.1"), 7946, tags, MemberStatus.ALIVE, PROTOCOL));
    }
    return members;
  }

  @Override
  public PassResult refreshFiles() {
    Discovery known = discovery;
    if (known == null) {
      known =
          new Discovery(
              confDir(),
              new Interest(Optional.empty(), observed),
              FileSpec.plain(
                  confDir(), new JsonRenderer(), new YamlRenderer(), new HostsRenderer(SLOTS)),
              GuardSettings.OFF,
              new FileStore(Clock.systemUTC(), text -> log(System.Logger.Level.WARNING, text)),
              Clock.systemUTC(),
              text -> log(System.Logger.Level.WARNING, text));
      discovery = known;
    }
    return known.pass(name, members());
  }

  @Override
  public Path confDir() {
    Path folder = confDir;
    if (folder == null) {
      throw new IllegalStateException(
          "the handler writes files; give the test node a directory with confDir(...)");
    }
    return folder;
  }

  @Override
  public Subscription subscription() {
    List<String> products = new ArrayList<>();
    for (String product : self().products()) {
      if (Names.isLegal(product)) {
        products.add(product);
      }
    }
    return Subscription.of(products, observed);
  }

  @Override
  public void log(System.Logger.Level level, String text) {
    log.add(level.getName() + " " + text);
  }
}
