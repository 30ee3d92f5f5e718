package io.github.serfhandler.catalog;

import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.ProtocolVersions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Members and addresses for tests. */
public final class Fixtures {
  private Fixtures() {}

  /** An address from its literal; no name is ever looked up. */
  public static InetAddress addr(String literal) {
    if (!literal.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      throw new IllegalArgumentException(literal);
    }
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }

  /** An instance at a literal address. */
  public static Instance instance(String node, String addr, int port) {
    return new Instance(node, addr(addr), port);
  }

  /** A member at 10.0.0.1; tags are {@code key=value}. */
  public static Member member(String name, MemberStatus status, String... tags) {
    return member(name, "10.0.0.1", status, tags);
  }

  /** A member at a literal address; tags are {@code key=value}. */
  public static Member member(String name, String addr, MemberStatus status, String... tags) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String tag : tags) {
      int equals = tag.indexOf('=');
      map.put(tag.substring(0, equals), tag.substring(equals + 1));
    }
    return new Member(name, addr(addr), 7946, map, status, ProtocolVersions.UNKNOWN);
  }
}
