package io.github.serfhandler.app.commands.etcd;

import io.github.serfhandler.config.RejectedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Confined to one thread: reads texts in the quotes of Go's {@code %q}, in which {@code etcdctl
 * watch} hands over keys and values. Bytes that are no UTF-8 stand there as {@code \xNN}, so that
 * every value comes through as it is.
 */
final class GoQuoted {
  private static final String RULE = "not in the quotes of etcdctl watch: ";

  private final byte[] text;
  private final ByteArrayOutputStream out;
  private int at = 1;

  private GoQuoted(byte[] text) {
    this.text = text;
    this.out = new ByteArrayOutputStream(text.length);
  }

  /**
   * What is within the quotes.
   *
   * @throws RejectedException where there are none, or something in them is no escape
   */
  static byte[] unquote(byte[] text) {
    if (text.length < 2 || text[0] != '"' || text[text.length - 1] != '"') {
      throw new RejectedException(RULE + "no \" at both ends");
    }
    return new GoQuoted(text).read();
  }

  private byte[] read() {
    int end = text.length - 1;
    while (at < end) {
      byte b = text[at++];
      if (b == '"') {
        throw new RejectedException(RULE + "a \" within");
      }
      if (b == '\\') {
        escape(end);
      } else {
        out.write(b);
      }
    }
    return out.toByteArray();
  }

  private void escape(int end) {
    if (at >= end) {
      throw new RejectedException(RULE + "it ends within an escape");
    }
    byte kind = text[at++];
    switch (kind) {
      case 'a' -> out.write(7);
      case 'b' -> out.write('\b');
      case 'f' -> out.write('\f');
      case 'n' -> out.write('\n');
      case 'r' -> out.write('\r');
      case 't' -> out.write('\t');
      case 'v' -> out.write(11);
      case '\\', '"', '\'' -> out.write(kind);
      case 'x' -> out.write(hex(2, end));
      case 'u' -> character(hex(4, end));
      case 'U' -> character(hex(8, end));
      default -> throw new RejectedException(RULE + "an escape that there is not");
    }
  }

  private void character(int codePoint) {
    if (!Character.isValidCodePoint(codePoint)
        || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)) {
      throw new RejectedException(RULE + "an escape of no character");
    }
    out.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
  }

  private int hex(int digits, int end) {
    if (end - at < digits) {
      throw new RejectedException(RULE + "it ends within an escape");
    }
    int value = 0;
    for (int i = 0; i < digits; i++) {
      byte c = text[at++];
      int digit = c < 0 ? -1 : Character.digit(c, 16);
      if (digit < 0) {
        throw new RejectedException(RULE + "an escape without its digits");
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
