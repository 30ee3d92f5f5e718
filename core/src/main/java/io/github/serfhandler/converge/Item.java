package io.github.serfhandler.converge;

import io.github.serfhandler.json.JsonArray;
import io.github.serfhandler.json.JsonValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Immutable: what a digest tells of one prefix: the sum of the keys, and perhaps each of them.
 *
 * @param prefix which keys
 * @param sum their sum
 * @param lines all of them, in the order of the keys' hashes without sign; empty where it tells the
 *     sum alone
 */
record Item(Prefix prefix, Sum sum, Optional<List<Line>> lines) {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** Tells the sum alone. */
  static Item ofSum(Prefix prefix, Sum sum) {
    return new Item(prefix, sum, Optional.empty());
  }

  /** Tells each. */
  static Item ofLines(Prefix prefix, List<Line> lines) {
    long hash = 0;
    for (Line line : lines) {
      hash += line.hash();
    }
    return new Item(prefix, new Sum(hash, lines.size()), Optional.of(List.copyOf(lines)));
  }

  /** How it stands in a message, see {@link Digest}. */
  JsonArray json() {
    JsonValue name = JsonValue.of(prefix.toString());
    if (lines.isEmpty()) {
      return JsonArray.of(
          name, JsonValue.of(base64(sum.hash(), Long.SIZE)), JsonValue.of(sum.count()));
    }
    List<JsonValue> out = new ArrayList<>();
    for (Line line : lines.get()) {
      List<JsonValue> parts = new ArrayList<>();
      parts.add(JsonValue.of(base64(line.key(), Long.SIZE)));
      parts.add(JsonValue.of(line.version()));
      if (!line.deleted()) {
        parts.add(JsonValue.of(base64(line.content(), Line.CONTENT_BITS)));
      }
      out.add(JsonArray.of(parts));
    }
    return JsonArray.of(name, JsonArray.of(out));
  }

  private static String base64(long value, int bits) {
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(value << (Long.SIZE - bits)).array();
    return BASE64.encodeToString(Arrays.copyOf(bytes, bits / Byte.SIZE));
  }
}
