package io.github.serfhandler.client.internal;

import java.net.InetSocketAddress;
import java.time.Duration;

/** Stateless: texts from elsewhere made fit for a message of one line. */
public final class Texts {
  private static final int LONGEST = 2000;

  private Texts() {}

  /**
   * What the agent said in one line: lines are joined by {@code "; "}, indents and Go's list marks
   * dropped, other control characters escaped, at most 2000 characters.
   */
  public static String folded(String text) {
    StringBuilder out = new StringBuilder();
    boolean head = false;
    for (String line : text.split("[\r\n]+", -1)) {
      String part = line.strip();
      if (part.startsWith("* ")) {
        part = part.substring(2);
      }
      if (part.isEmpty()) {
        continue;
      }
      if (out.length() > 0) {
        out.append(head ? " " : "; ");
      }
      out.append(escaped(part));
      head = part.endsWith(":");
    }
    return clipped(out);
  }

  /**
   * The text with control characters, and what is invisible or turns text around, as {@code
   * \\uXXXX}.
   */
  public static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int type = Character.getType(c);
      boolean plain =
          type != Character.CONTROL
              && type != Character.FORMAT
              && type != Character.LINE_SEPARATOR
              && type != Character.PARAGRAPH_SEPARATOR;
      if (plain) {
        out.append(c);
      } else {
        String hex = Integer.toHexString(c);
        out.append("\\u").append("0000", 0, 4 - hex.length()).append(hex);
      }
    }
    return clipped(out);
  }

  /** Bytes as quoted ASCII; what is not printable as {@code .}. */
  static String ascii(byte[] bytes) {
    StringBuilder out = new StringBuilder("'");
    for (byte b : bytes) {
      out.append(b >= ' ' && b < 0x7f ? (char) b : '.');
    }
    return out.append("'").toString();
  }

  /** {@code 127.0.0.1:7373}, {@code [::1]:7373}, {@code host:7373}; never looks a name up. */
  public static String address(InetSocketAddress address) {
    String host = address.getHostString();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /** {@code 3 s}, {@code 250 ms}. */
  static String duration(Duration duration) {
    long millis = Deadline.nanos(duration) / 1_000_000;
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }

  private static String clipped(StringBuilder out) {
    if (out.length() > LONGEST) {
      out.setLength(LONGEST);
      out.append("...");
    }
    return out.toString();
  }
}
