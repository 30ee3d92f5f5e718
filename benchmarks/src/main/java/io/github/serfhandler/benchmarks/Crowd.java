package io.github.serfhandler.benchmarks;

import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.ProtocolVersions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Members of a made-up cluster as the client gives them: each runs one service, ten services a
 * product, twenty members a service. Each list is new down to its texts, as an answer of the agent
 * is. Confined to one thread.
 */
public final class Crowd {
  private static final int SERVICES = 10;
  private static final int INSTANCES = 20;

  private final int size;
  private int changes;

  /** Of so many members, none of which has left. */
  public Crowd(int size) {
    this.size = size;
  }

  /** The products, in no order. */
  public List<String> products() {
    List<String> products = new ArrayList<>();
    for (int i = 0; i < size / SERVICES / INSTANCES; i++) {
      products.add("product" + i);
    }
    return products;
  }

  /** The members as they were the last time. */
  public List<Member> same() {
    // The first of a service's members is seen in every file, the hosts files with their slots too.
    int touched = changes / 2 * 79 * INSTANCES % size;
    List<Member> members = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      members.add(member(i, i == touched && changes % 2 == 1));
    }
    return members;
  }

  /** The members after one of them left or came back. */
  public List<Member> changed() {
    changes++;
    return same();
  }

  private Member member(int i, boolean left) {
    int service = i / INSTANCES;
    String product = "product" + service / SERVICES;
    String name = "service" + service % SERVICES;
    return new Member(
        "node" + i,
        address(i),
        7946,
        Map.of(
            "role",
            "web",
            "products",
            product,
            "svc",
            product + "/" + name + ":8080",
            "zone",
            "z" + i % 3),
        left ? MemberStatus.LEFT : MemberStatus.ALIVE,
        ProtocolVersions.UNKNOWN);
  }

  private static InetAddress address(int i) {
    try {
      return InetAddress.getByAddress(new byte[] {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
