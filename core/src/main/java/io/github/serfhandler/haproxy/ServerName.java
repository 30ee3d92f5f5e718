package io.github.serfhandler.haproxy;

import io.github.serfhandler.catalog.Instance;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Stateless: what a server is called in HAProxy's file, {@code NODE:PORT}, whatever its node is
 * called.
 *
 * <p>HAProxy takes {@code A-Z a-z 0-9 . : _ -} ({@code invalid_char()} in its tools.c). Any other
 * character and the colon itself are written as {@code :HHHH}, its UTF-16 code in hexadecimal, so
 * that a name can be read back: the last colon stands before the port, each one before it begins
 * five characters. A name that would be longer than {@value #MOST} is cut and goes on with two
 * colons and half a SHA-256 of the whole.
 */
final class ServerName {
  /** The longest name of a node, as written. */
  static final int MOST = 200;

  private static final HexFormat HEX = HexFormat.of();
  private static final int HASH = 16;
  private static final int CUT = MOST - 2 * HASH - 2 - 5;

  private ServerName() {}

  static String of(Instance instance) {
    String node = instance.node();
    StringBuilder out = new StringBuilder(node.length() + 6);
    for (int i = 0; i < node.length() && out.length() <= MOST; i++) {
      char c = node.charAt(i);
      if (isPlain(c)) {
        out.append(c);
      } else {
        out.append(':').append(HEX.toHexDigits(c));
      }
    }
    if (out.length() > MOST) {
      cut(out, node);
    }
    return out.append(':').append(instance.port()).toString();
  }

  private static void cut(StringBuilder out, String node) {
    int end = CUT;
    for (int i = end - 4; i < end; i++) {
      if (out.charAt(i) == ':') {
        end = i; // Not within an escaped character.
        break;
      }
    }
    out.setLength(end);
    byte[] hash = sha256(utf16(node));
    out.append("::").append(HEX.formatHex(hash, 0, HASH));
  }

  /** Not by a charset: that would take all lone surrogates for one character. */
  private static byte[] utf16(String text) {
    byte[] bytes = new byte[2 * text.length()];
    for (int i = 0; i < text.length(); i++) {
      bytes[2 * i] = (byte) (text.charAt(i) >> 8);
      bytes[2 * i + 1] = (byte) text.charAt(i);
    }
    return bytes;
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }
}
