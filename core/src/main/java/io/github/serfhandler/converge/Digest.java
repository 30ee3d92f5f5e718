package io.github.serfhandler.converge;

import io.github.serfhandler.json.JsonArray;
import io.github.serfhandler.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Immutable: a message about what its sender holds of a product, the payload of {@code
 * config_digest}:
 *
 * <pre>{@code
 * {"f": 1, "p": "product1", "n": "node7", "i": [["", "6FJmZ3Y1mhs", 2000]]}
 * {"f": 1, "p": "product1", "i": [["3f", [["P0aXB1-3IOg", 12, "x3Iu0n9A"], ["P-LLgYfTzQY", 9]]]]}
 * }</pre>
 *
 * <p>{@code f} is the format, {@code p} the product, {@code n} the sender where it serves pulls. Of
 * the items {@code i} each begins with a prefix of key hashes in hexadecimal. Sum and number of the
 * keys follow, or a list of them all: the hash of the key, its version, and of its content the
 * beginning of the SHA-256 (a deletion has none). Hashes are in base64url. Who reads it ignores
 * members that it does not know.
 *
 * @param product the product
 * @param node the sender where it serves pulls, else {@code ""}
 * @param items what it tells; no prefix twice
 */
record Digest(String product, String node, List<Item> items) {
  /** The format that is written, and the only one that is read. */
  static final long FORMAT = 1;

  /** The longest name of a node: that of Serf. */
  static final int MAX_NODE = 128;

  Digest {
    items = List.copyOf(items);
  }

  /** The payload. */
  byte[] payload() {
    JsonObject.Builder out = JsonObject.builder().put("f", FORMAT).put("p", product);
    if (!node.isEmpty()) {
      out.put("n", node);
    }
    JsonArray all = JsonArray.of(items.stream().map(Item::json).toList());
    return out.put("i", all).build().compact().getBytes(StandardCharsets.UTF_8);
  }

  /** How long a payload without items is, in bytes. */
  static int emptyLength(String product, String node) {
    return new Digest(product, node, List.of()).payload().length;
  }

  /** How much an item adds to it, with its comma. */
  static int length(Item item) {
    // All ASCII.
    return item.json().compact().length() + 1;
  }
}
