package io.github.serfhandler.catalog;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Addresses as text, the way Serf itself prints them, and what counts as usable. */
public final class Addresses {
  private static final int GROUPS = 8;

  private Addresses() {}

  /**
   * The address as text: dotted IPv4, or IPv6 in the canonical form of RFC 5952 ({@code ::1}, lower
   * case, no scope). Java's own {@code getHostAddress} writes {@code 0:0:0:0:0:0:0:1}, which is
   * legal but neither what Serf prints nor what people compare with.
   */
  public static String text(InetAddress address) {
    byte[] bytes = address.getAddress();
    StringBuilder out = new StringBuilder(bytes.length == 4 ? 15 : 39);
    if (bytes.length == 4) {
      for (int i = 0; i < 4; i++) {
        out.append(i == 0 ? "" : ".").append(bytes[i] & 0xff);
      }
    } else {
      appendIpv6(out, bytes);
    }
    return out.toString();
  }

  /** Whether a client could connect to it: there, and neither a wildcard nor multicast. */
  static boolean isUsable(@Nullable InetAddress address) {
    return address != null && !address.isAnyLocalAddress() && !address.isMulticastAddress();
  }

  private static void appendIpv6(StringBuilder out, byte[] bytes) {
    int gap = -1;
    int gapLength = 1; // A single zero group is not shortened (RFC 5952, 4.2.2).
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && group(bytes, end) == 0) {
        end++;
      }
      if (end - i > gapLength) {
        gap = i;
        gapLength = end - i;
      }
      i = Math.max(i, end);
    }
    for (int i = 0; i < GROUPS; i++) {
      if (i == gap) {
        out.append("::");
        i += gapLength - 1;
        continue;
      }
      if (i > 0 && i != gap + gapLength) {
        out.append(':');
      } else if (i > 0 && gap < 0) {
        out.append(':');
      }
      out.append(Integer.toHexString(group(bytes, i)));
    }
  }

  private static int group(byte[] bytes, int index) {
    return (bytes[2 * index] & 0xff) << 8 | (bytes[2 * index + 1] & 0xff);
  }
}
