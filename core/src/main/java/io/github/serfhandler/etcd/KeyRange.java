package io.github.serfhandler.etcd;

import io.github.serfhandler.json.JsonObject;
import java.util.Arrays;

/**
 * A range of etcd's keys, its arrays as they came.
 *
 * @param from the first key that may be in it; a single NUL for the first of all
 * @param end the first key behind it; a single NUL where it has no end, empty where it is {@code
 *     from} alone
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record KeyRange(byte[] from, byte[] end) {
  private static final byte[] NUL = new byte[1];
  private static final byte[] NONE = new byte[0];

  /** One key. */
  static KeyRange of(byte[] key) {
    return new KeyRange(key, NONE);
  }

  /** All keys that begin so. */
  static KeyRange below(byte[] prefix) {
    return new KeyRange(prefix.length == 0 ? NUL : prefix, end(prefix));
  }

  /** What of it comes after a key. */
  KeyRange after(byte[] key) {
    return new KeyRange(Arrays.copyOf(key, key.length + 1), end);
  }

  /** Whether a key is in it. */
  boolean holds(byte[] key) {
    if (end.length == 0) {
      return Arrays.equals(from, key);
    }
    boolean endless = Arrays.equals(end, NUL);
    return Arrays.compareUnsigned(from, key) <= 0
        && (endless || Arrays.compareUnsigned(key, end) < 0);
  }

  /** The members that ask for it. */
  JsonObject.Builder json() {
    JsonObject.Builder json = JsonObject.builder().put("key", Fields.base64(from));
    return end.length == 0 ? json : json.put("range_end", Fields.base64(end));
  }

  /** The first key behind all that begin so: the last byte that can grow, grown. */
  private static byte[] end(byte[] prefix) {
    for (int i = prefix.length - 1; i >= 0; i--) {
      if (prefix[i] != (byte) 0xff) {
        byte[] end = Arrays.copyOf(prefix, i + 1);
        end[i]++;
        return end;
      }
    }
    return NUL;
  }
}
