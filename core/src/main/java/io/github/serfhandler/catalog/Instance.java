package io.github.serfhandler.catalog;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * Immutable: one place where a service can be reached. Ordered by the node's name in {@link
 * NaturalOrder}, then port, then address; that order agrees with {@code equals}.
 *
 * @param node the name of the node that runs it; any characters
 * @param addr the node's address, IPv4 or IPv6
 * @param port the service's port, 1 to 65535
 */
public record Instance(String node, InetAddress addr, int port) implements Comparable<Instance> {

  /**
   * Checks the port.
   *
   * @throws IllegalArgumentException for a port outside 1 to 65535
   */
  public Instance {
    if (port < 1 || port > Ports.MAX) {
      throw new IllegalArgumentException("port " + port + " is outside 1 to 65535");
    }
  }

  @Override
  public int compareTo(Instance other) {
    int order = NaturalOrder.INSTANCE.compare(node, other.node);
    if (order == 0) {
      order = Integer.compare(port, other.port);
    }
    if (order == 0 && !addr.equals(other.addr)) {
      order = Arrays.compareUnsigned(addr.getAddress(), other.addr.getAddress());
    }
    return order;
  }

  // Not the records' own ones: they go through invokedynamic and cost start-up time.
  @Override
  public boolean equals(Object other) {
    return other instanceof Instance that
        && port == that.port
        && node.equals(that.node)
        && addr.equals(that.addr);
  }

  @Override
  public int hashCode() {
    return (node.hashCode() * 31 + addr.hashCode()) * 31 + port;
  }

  @Override
  public String toString() {
    return node + " " + Addresses.text(addr) + " " + port;
  }
}
