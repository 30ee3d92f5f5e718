package io.github.serfhandler.testkit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: a member for the fake agent's answers. Defaults: status {@code alive}, address
 * 127.0.0.1, port 7946, no tags, the protocol versions of Serf 0.9.4. For members that no real
 * agent sends, change the map that {@link #toMap} gives.
 *
 * @param name the node's name
 * @param addr a literal IPv4 or IPv6 address
 * @param port the gossip port
 * @param tags the tags
 * @param status one of Serf's words
 */
public record FakeMember(
    String name, String addr, int port, Map<String, String> tags, String status) {

  /** A member with the defaults. */
  public static FakeMember named(String name) {
    return new FakeMember(name, "127.0.0.1", 7946, Map.of(), "alive");
  }

  /** The same with another address. */
  public FakeMember withAddr(String other) {
    return new FakeMember(name, other, port, tags, status);
  }

  /** The same with another gossip port. */
  public FakeMember withPort(int other) {
    return new FakeMember(name, addr, other, tags, status);
  }

  /** The same with one more tag. */
  public FakeMember withTag(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(tags);
    more.put(key, value);
    return withTags(more);
  }

  /** The same with these tags and no others. */
  public FakeMember withTags(Map<String, String> other) {
    return new FakeMember(name, addr, port, Map.copyOf(other), status);
  }

  /** The same with another status: alive, leaving, left, failed, none, or a word of tomorrow. */
  public FakeMember withStatus(String other) {
    return new FakeMember(name, addr, port, tags, other);
  }

  /** As it goes over the wire. The map and its tags may be changed. */
  public Map<String, @Nullable Object> toMap() {
    return Wire.map(
        "Name",
        name,
        "Addr",
        bytes(),
        "Port",
        port,
        "Tags",
        new LinkedHashMap<>(tags),
        "Status",
        status,
        "ProtocolMin",
        1,
        "ProtocolMax",
        5,
        "ProtocolCur",
        2,
        "DelegateMin",
        2,
        "DelegateMax",
        5,
        "DelegateCur",
        4);
  }

  // AddressSelection: a literal address never needs a name server, and has one address.
  @SuppressWarnings("AddressSelection")
  private byte[] bytes() {
    if (!addr.matches("[0-9a-fA-F.:]+")) {
      throw new IllegalArgumentException(addr + " is not a literal address");
    }
    try {
      return InetAddress.getByName(addr).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(addr + " is not a literal address", e);
    }
  }
}
