package io.github.serfhandler.oneshot;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Stateless: addresses from their literals. A name is never looked up. */
final class AddressText {
  private static final int MOST = 64;

  private AddressText() {}

  /** The address; null for text that is none, as Go's {@code <nil>}. */
  static @Nullable InetAddress parse(String text) {
    try {
      if (text.indexOf(':') < 0) {
        byte[] bytes = ipv4(text);
        return bytes == null ? null : InetAddress.getByAddress(bytes);
      }
      // With a colon, of these characters and beginning so, Java takes it for a literal or refuses.
      return isIpv6Like(text) ? InetAddress.getByName(text) : null;
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static byte @Nullable [] ipv4(String text) {
    byte[] bytes = new byte[4];
    int part = 0;
    int value = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        value = Math.max(value, 0) * 10 + (c - '0');
        if (value > 255) {
          return null;
        }
      } else if (c == '.' && value >= 0 && part < 3) {
        bytes[part++] = (byte) value;
        value = -1;
      } else {
        return null;
      }
    }
    if (part != 3 || value < 0) {
      return null;
    }
    bytes[3] = (byte) value;
    return bytes;
  }

  private static boolean isIpv6Like(String text) {
    if (text.length() > MOST || text.charAt(0) == '.') {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.digit(c, 16) < 0 && c != ':' && c != '.') {
        return false;
      }
      if (c > 'f') {
        return false;
      }
    }
    return true;
  }
}
