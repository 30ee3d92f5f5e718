package io.github.serfhandler.etcd;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Stateless: what comes from etcd made fit for a message of one line. */
final class Printable {
  private static final int LONGEST = 200;
  private static final String HEX = "0123456789abcdef";

  private Printable() {}

  /** The text that these bytes are in UTF-8; empty where they are none. */
  static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** A key: its text, or what of it is not plain ASCII as {@code \xNN} where it is none. */
  static String key(byte[] key) {
    Optional<String> text = utf8(key);
    if (text.isPresent()) {
      return text(text.get());
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < key.length && out.length() < LONGEST; i++) {
      byte b = key[i];
      if (b > ' ' && b < 0x7f && b != '\\') {
        out.append((char) b);
      } else {
        out.append("\\x").append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
      }
    }
    return out.append(out.length() < LONGEST ? "" : "...").toString();
  }

  /** A text, 200 characters of it at most; what moves the cursor or hides itself is escaped. */
  static String text(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && out.length() < LONGEST; i++) {
      char c = text.charAt(i);
      switch (Character.getType(c)) {
        case Character.CONTROL,
            Character.FORMAT,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR,
            Character.SURROGATE,
            Character.PRIVATE_USE,
            Character.UNASSIGNED ->
            out.append(String.format("\\u%04x", (int) c));
        default -> out.append(c);
      }
    }
    return out.append(out.length() < LONGEST ? "" : "...").toString();
  }
}
