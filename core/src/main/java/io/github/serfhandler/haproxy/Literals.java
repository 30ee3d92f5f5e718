package io.github.serfhandler.haproxy;

import io.github.serfhandler.catalog.Addresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Stateless: addresses and ports from their literals. A name is never looked up. */
final class Literals {
  private static final int LONGEST_IPV6 = 45;
  private static final int MAX_PORT = 65535;

  private Literals() {}

  /** A port, 1 to 65535 without leading zeros or signs; -1 for all else. */
  static int port(String text) {
    int port = number(text, MAX_PORT);
    return port == 0 ? -1 : port;
  }

  /** A number from 0 up without leading zeros or signs; -1 for all else. */
  static int number(String text, int most) {
    int length = text.length();
    if (length == 0 || length > 9 || (length > 1 && text.charAt(0) == '0')) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + c - '0';
    }
    return number > most ? -1 : number;
  }

  /** An IPv4 address as this program writes it; null for all else. */
  static @Nullable String ipv4(String text) {
    int parts = 0;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == '.') {
        if (number(text.substring(start, i), 255) < 0) {
          return null;
        }
        parts++;
        start = i + 1;
      }
    }
    return parts == 4 ? text : null;
  }

  /** An IPv6 address without brackets as {@link Addresses#text} writes it; null for all else. */
  static @Nullable String ipv6(String text) {
    if (text.length() > LONGEST_IPV6 || text.indexOf(':') < 0) {
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 'f' || (Character.digit(c, 16) < 0 && c != ':' && c != '.')) {
        return null;
      }
    }
    try {
      // In brackets Java takes it for a literal or refuses.
      return Addresses.text(InetAddress.getByName("[" + text + "]"));
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
