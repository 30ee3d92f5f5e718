package io.github.serfhandler.converge;

import io.github.serfhandler.catalog.Names;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.config.Revision;
import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonLimits;
import io.github.serfhandler.json.JsonValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads messages of anybody who can send a user event; see {@link Digest} for their form. */
final class DigestReader {
  /** The most items of a message, and the most lines of all its lists together. */
  static final int MAX_ITEMS = 64;

  /** An object, its items, an item, its list, a line. */
  private static final JsonLimits LIMITS = new JsonLimits(ConvergeSettings.MAX_PAYLOAD, 5);

  private final Set<Prefix> prefixes = new HashSet<>();
  private int lines;

  private DigestReader() {}

  /**
   * Reads a payload.
   *
   * @return empty for one of another format
   * @throws RejectedException where it is malformed
   */
  static Optional<Digest> read(byte[] payload) {
    try {
      JsonValue message = JsonValue.parse(payload, LIMITS).asObject();
      if (message.required("f").asLong() != Digest.FORMAT) {
        return Optional.empty();
      }
      return Optional.of(new DigestReader().digest(message));
    } catch (JsonException | IllegalArgumentException e) {
      throw new RejectedException("config_digest: " + e.getMessage());
    }
  }

  private Digest digest(JsonValue message) {
    String product = Names.requireLegal("product", message.required("p").asText());
    String node = message.member("n").map(JsonValue::asText).orElse("");
    if (node.length() > Digest.MAX_NODE) {
      throw new RejectedException("config_digest: n is longer than " + Digest.MAX_NODE);
    }
    List<JsonValue> all = message.required("i").asArray().elements();
    requireAtMost(MAX_ITEMS, all.size(), "items");
    List<Item> items = new ArrayList<>(all.size());
    for (JsonValue one : all) {
      items.add(item(one.asArray().elements()));
    }
    return new Digest(product, node, items);
  }

  private Item item(List<JsonValue> parts) {
    if (parts.size() != 2 && parts.size() != 3) {
      throw new RejectedException("config_digest: an item of " + parts.size() + " parts");
    }
    Prefix prefix = Prefix.parse(parts.get(0).asText());
    if (!prefixes.add(prefix)) {
      throw new RejectedException("config_digest: a prefix stands twice");
    }
    if (parts.size() == 3) {
      long count = parts.get(2).asLong();
      if (count < 0 || count > Integer.MAX_VALUE) {
        throw new RejectedException("config_digest: a number of keys that is none");
      }
      return Item.ofSum(prefix, new Sum(bits(parts.get(1).asText(), Long.SIZE), (int) count));
    }
    List<JsonValue> all = parts.get(1).asArray().elements();
    lines += all.size();
    requireAtMost(MAX_ITEMS, lines, "lines");
    List<Line> list = new ArrayList<>(all.size());
    for (JsonValue one : all) {
      Line line = line(one.asArray().elements());
      boolean inOrder =
          list.isEmpty() || Long.compareUnsigned(list.get(list.size() - 1).key(), line.key()) < 0;
      if (!inOrder || !prefix.holds(line.key())) {
        throw new RejectedException("config_digest: a list out of order or of another prefix");
      }
      list.add(line);
    }
    return Item.ofLines(prefix, list);
  }

  private static Line line(List<JsonValue> parts) {
    if (parts.size() != 2 && parts.size() != 3) {
      throw new RejectedException("config_digest: a line of " + parts.size() + " parts");
    }
    long key = bits(parts.get(0).asText(), Long.SIZE);
    long version = Revision.ofDeletion(parts.get(1).asLong()).version();
    boolean deleted = parts.size() == 2;
    long content = deleted ? 0 : bits(parts.get(2).asText(), Line.CONTENT_BITS);
    return new Line(key, version, deleted, content);
  }

  /** The number that base64url writes so. */
  private static long bits(String text, int bits) {
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    if (bytes.length != bits / Byte.SIZE) {
      throw new RejectedException("config_digest: a hash of " + bytes.length + " bytes");
    }
    return ByteBuffer.allocate(Long.BYTES).put(bytes).getLong(0) >>> (Long.SIZE - bits);
  }

  private static void requireAtMost(int most, int number, String what) {
    if (number > most) {
      throw new RejectedException("config_digest: more than " + most + " " + what);
    }
  }
}
