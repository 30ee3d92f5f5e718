package io.github.serfhandler.render;

import io.github.serfhandler.catalog.Addresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A growing run of UTF-8 bytes that is filled again and again, so that a pass over a large cluster
 * leaves no megabytes of garbage. Confined to one thread.
 */
public final class Utf8Buffer {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private byte[] bytes = new byte[8 * 1024];
  private int length;

  /** Empties it and keeps its space. */
  public void clear() {
    length = 0;
  }

  /** How many bytes are in it. */
  public int length() {
    return length;
  }

  /** The bytes in it; read-only, and good until the buffer changes. */
  public ByteBuffer bytes() {
    return ByteBuffer.wrap(bytes, 0, length).slice().asReadOnlyBuffer();
  }

  /** Appends the comment that files begin with where lines with a {@code #} are comments. */
  Utf8Buffer header() {
    return ascii("# written by serf-handler; changes are lost\n");
  }

  /** Appends ASCII text as it is. */
  public Utf8Buffer ascii(String text) {
    return ascii(text, 0, text.length());
  }

  /** Appends a part of a text that is ASCII, as it is. */
  @SuppressWarnings("deprecation") // It leaves out the upper half of a character: ASCII has none.
  private Utf8Buffer ascii(String text, int from, int end) {
    reserve(end - from);
    text.getBytes(from, end, bytes, length);
    length += end - from;
    return this;
  }

  /** Appends one ASCII character. */
  public Utf8Buffer ascii(char c) {
    reserve(1);
    bytes[length++] = (byte) c;
    return this;
  }

  /** Appends bytes as they are. */
  public Utf8Buffer raw(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  /** Appends an address as {@link Addresses#text} gives it. */
  public Utf8Buffer address(InetAddress address) {
    if (address instanceof Inet4Address) {
      byte[] parts = address.getAddress();
      number(parts[0] & 0xff).ascii('.').number(parts[1] & 0xff).ascii('.');
      return number(parts[2] & 0xff).ascii('.').number(parts[3] & 0xff);
    }
    return ascii(Addresses.text(address));
  }

  /** Appends an address with a port: {@code 10.0.0.1:80}, {@code [::1]:80}. */
  public Utf8Buffer endpoint(InetAddress address, int port) {
    if (address instanceof Inet4Address) {
      return address(address).ascii(':').number(port);
    }
    return ascii('[').address(address).ascii("]:").number(port);
  }

  /** Appends a number from 0 up, in decimal. */
  public Utf8Buffer number(int number) {
    int digits = 1;
    for (int rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    reserve(digits);
    int rest = number;
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  /**
   * Appends text in double quotes such that JSON and YAML parsers alike read back the very same
   * string. What people can read stays as it is; quotes, backslashes, control characters, line and
   * paragraph separators, the byte order mark, U+FFFE, U+FFFF and lone surrogates (which UTF-8
   * cannot hold) are escaped.
   */
  public Utf8Buffer quoted(String text) {
    ascii('"');
    int plain = 0; // Until here it is appended; the plain characters since then come at once.
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
        continue;
      }
      ascii(text, plain, i);
      if (c == '"' || c == '\\') {
        ascii('\\').ascii(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        codePoint(Character.toCodePoint(c, text.charAt(++i)));
      } else if (mustEscape(c)) {
        escape(c);
      } else {
        codePoint(c);
      }
      plain = i + 1;
    }
    return ascii(text, plain, text.length()).ascii('"');
  }

  /** Appends text as it is; a lone surrogate, which UTF-8 cannot hold, becomes U+FFFD. */
  public Utf8Buffer text(String text) {
    int plain = 0; // As above.
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        continue;
      }
      ascii(text, plain, i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        codePoint(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        codePoint(Character.isSurrogate(c) ? 0xfffd : c);
      }
      plain = i + 1;
    }
    return ascii(text, plain, text.length());
  }

  private static boolean mustEscape(char c) {
    return c < 0xa0
        || c == 0x2028
        || c == 0x2029
        || c == 0xfeff
        || c >= 0xfffe
        || Character.isSurrogate(c);
  }

  private void escape(char c) {
    switch (c) {
      case '\n' -> ascii("\\n");
      case '\r' -> ascii("\\r");
      case '\t' -> ascii("\\t");
      default -> {
        ascii("\\u");
        reserve(4);
        for (int shift = 12; shift >= 0; shift -= 4) {
          bytes[length++] = HEX[(c >> shift) & 0xf];
        }
      }
    }
  }

  private void codePoint(int c) {
    reserve(4);
    if (c < 0x800) {
      bytes[length++] = (byte) (0xc0 | c >> 6);
    } else if (c < 0x10000) {
      bytes[length++] = (byte) (0xe0 | c >> 12);
      bytes[length++] = (byte) (0x80 | (c >> 6 & 0x3f));
    } else {
      bytes[length++] = (byte) (0xf0 | c >> 18);
      bytes[length++] = (byte) (0x80 | (c >> 12 & 0x3f));
      bytes[length++] = (byte) (0x80 | (c >> 6 & 0x3f));
    }
    bytes[length++] = (byte) (0x80 | (c & 0x3f));
  }

  private void reserve(int more) {
    if (more > bytes.length - length) {
      // Half as much again at least; addExact so that 2 GiB fail loudly instead of wrapping.
      int needed = Math.addExact(length, more);
      bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length + (bytes.length >> 1)));
    }
  }
}
