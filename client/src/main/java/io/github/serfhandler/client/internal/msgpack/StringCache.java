package io.github.serfhandler.client.internal.msgpack;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Confined to one thread: gives one {@link String} for short ASCII texts that come again and again,
 * such as field names, tag keys and roles. Ten thousand members repeat a few hundred of them.
 *
 * <p>Direct-mapped and of fixed size, so that hostile input can make it useless but never big.
 */
final class StringCache {
  static final int MAX_LENGTH = 64;
  private static final int SLOTS = 1024;

  private final @Nullable String[] slots = new String[SLOTS];

  /** The bytes as text; malformed UTF-8 becomes U+FFFD. */
  String get(byte[] bytes, int from, int length) {
    if (length == 0) {
      return "";
    }
    int hash = 0;
    int signs = 0;
    for (int i = from; i < from + length; i++) {
      byte b = bytes[i];
      signs |= b;
      hash = 31 * hash + b;
    }
    if (signs < 0) {
      return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
    int slot = (hash ^ (hash >>> 10)) & (SLOTS - 1);
    String known = slots[slot];
    if (known != null && same(known, bytes, from, length)) {
      return known;
    }
    String text = new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    slots[slot] = text;
    return text;
  }

  private static boolean same(String text, byte[] bytes, int from, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != bytes[from + i]) {
        return false;
      }
    }
    return true;
  }
}
