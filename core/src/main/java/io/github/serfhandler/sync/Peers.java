package io.github.serfhandler.sync;

import io.github.serfhandler.catalog.Catalog;
import io.github.serfhandler.catalog.Node;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Immutable: which members serve their peers, where, and which products they have. */
final class Peers {
  /**
   * The tag that tells where: {@code PORT} at the member's own address, or {@code ADDR:PORT}, an
   * IPv6 address in brackets.
   */
  static final String TAG = "config_peer";

  static final Peers NONE = new Peers(Map.of(), Map.of());

  private static final int LONGEST_ADDRESS = 48;

  private final Map<String, InetSocketAddress> addresses;
  private final Map<String, List<String>> byProduct;

  private Peers(Map<String, InetSocketAddress> addresses, Map<String, List<String>> byProduct) {
    this.addresses = addresses;
    this.byProduct = byProduct;
  }

  /** Those among the members that are alive, without the node itself. */
  static Peers of(List<Member> members, String self) {
    Map<String, InetSocketAddress> addresses = new HashMap<>();
    Map<String, List<String>> byProduct = new HashMap<>();
    List<Member> serving = new ArrayList<>();
    for (Member member : members) {
      boolean other = member.status() == MemberStatus.ALIVE && !member.name().equals(self);
      InetSocketAddress address = other ? addressOf(member) : null;
      if (address != null) {
        addresses.put(member.name(), address);
        serving.add(member);
      }
    }
    for (Node node : serving.isEmpty() ? List.<Node>of() : Catalog.of(serving).nodes()) {
      for (String product : node.products()) {
        byProduct.computeIfAbsent(product, p -> new ArrayList<>()).add(node.name());
      }
    }
    return new Peers(addresses, byProduct);
  }

  /** Where a node serves; empty where it does not. */
  Optional<InetSocketAddress> address(String node) {
    return Optional.ofNullable(addresses.get(node));
  }

  /** Whether one serves where none did before. */
  boolean addsTo(Peers before) {
    return !before.addresses.entrySet().containsAll(addresses.entrySet());
  }

  /** The nodes that serve and are subscribed to the product by their tags. */
  List<String> of(String product) {
    return byProduct.getOrDefault(product, List.of());
  }

  /** What the tag of a node says that listens there. */
  static String tagOf(InetSocketAddress listening) {
    InetAddress address = listening.getAddress();
    if (address == null || address.isAnyLocalAddress()) {
      return Integer.toString(listening.getPort());
    }
    String host = address.getHostAddress();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + listening.getPort();
  }

  /** Where a member's tag says that it serves; null where it does not, or the tag is none. */
  private static @Nullable InetSocketAddress addressOf(Member member) {
    String text = member.tag(TAG);
    if (text.isEmpty() || text.length() > LONGEST_ADDRESS) {
      return null;
    }
    int colon = text.lastIndexOf(':');
    int port = portOf(text.substring(colon + 1));
    if (port < 0) {
      return null;
    }
    InetAddress own = member.addr();
    InetAddress address = colon < 0 ? own : literal(text.substring(0, colon));
    if (address == null || (isOnlyHere(address) && !address.equals(own))) {
      return null;
    }
    return new InetSocketAddress(address, port);
  }

  /** One that means another machine on each node: a member must not send others to themselves. */
  private static boolean isOnlyHere(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress();
  }

  private static int portOf(String text) {
    int port = text.isEmpty() ? -1 : 0;
    for (int i = 0; i < text.length() && port >= 0 && port <= 65535; i++) {
      char c = text.charAt(i);
      port = c >= '0' && c <= '9' ? port * 10 + (c - '0') : -1;
    }
    return port >= 1 && port <= 65535 ? port : -1;
  }

  /** Only a literal address: a name from a tag must not be looked up. */
  private static @Nullable InetAddress literal(String host) {
    boolean v6 = host.startsWith("[") && host.endsWith("]");
    if (!(v6 ? isInBrackets(host) : isV4(host))) {
      return null;
    }
    try {
      // Java looks nothing up that is four numbers, or stands in brackets.
      return InetAddress.getByName(host);
    } catch (java.net.UnknownHostException e) {
      // Not an address after all, as [1:2].
      return null;
    }
  }

  private static boolean isInBrackets(String host) {
    for (int i = 1; i < host.length() - 1; i++) {
      char c = host.charAt(i);
      boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
      if (!hex && c != ':' && c != '.') {
        return false;
      }
    }
    return host.indexOf(':') >= 0;
  }

  /** Four numbers up to 255: anything else may be a name to Java, or to some resolvers. */
  private static boolean isV4(String text) {
    int numbers = 0;
    int number = -1;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : '.';
      if (c >= '0' && c <= '9') {
        number = 10 * Math.max(0, number) + (c - '0');
      } else if (c == '.' && number >= 0) {
        numbers++;
        number = -1;
      } else {
        return false;
      }
      if (number > 255) {
        return false;
      }
    }
    return numbers == 4;
  }
}
