package io.github.serfhandler.replica;

import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.json.JsonArray;
import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonLimits;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Immutable: what a node tells of its copy, short enough for the answer to a query.
 *
 * @param products its products where it was asked for all or for one
 * @param more whether there are more than fit into an answer
 * @param key the key where it was asked for one that it holds; a deletion is held too
 */
public record StatusAnswer(List<ProductStatus> products, boolean more, Optional<KeyStatus> key) {
  private static final JsonLimits LIMITS = new JsonLimits(16 * 1024, 8);
  private static final int MOST_BYTES = 850;

  public StatusAnswer {
    products = List.copyOf(products);
  }

  /**
   * Immutable: a product in a node's copy.
   *
   * @param product its name
   * @param keys how many keys it holds, without those deleted
   * @param digest 16 hexadecimal digits, the same on all nodes that hold the same
   * @param drifted how many files a person has changed
   */
  public record ProductStatus(String product, int keys, String digest, int drifted) {}

  /**
   * Immutable: a key in a node's copy.
   *
   * @param version its version; {@link #NONE} where it is not held, and only a refusal is told
   * @param deleted whether it is deleted
   * @param hash the first 16 hexadecimal digits of its content's SHA-256; {@code ""} where deleted
   * @param drift how a person has changed its file, as {@code edited}; empty where nobody has
   * @param refused the newer version that this node was sent and refused; empty where there is none
   */
  public record KeyStatus(
      long version, boolean deleted, String hash, String drift, Optional<Long> refused) {
    /** The version of what is not held. */
    public static final long NONE = -1;

    /** Of a node that was sent this version, refused it, and holds no other. */
    static KeyStatus ofRefusal(long version) {
      return new KeyStatus(NONE, false, "", "", Optional.of(version));
    }

    /** Whether the key is held, or held as deleted. */
    public boolean isHeld() {
      return version != NONE;
    }
  }

  /** The answer of a node that was asked for products. */
  public static StatusAnswer ofProducts(List<ProductStatus> products) {
    return new StatusAnswer(products, false, Optional.empty());
  }

  /** The answer of a node that was asked for a key. */
  public static StatusAnswer ofKey(Optional<KeyStatus> key) {
    return new StatusAnswer(List.of(), false, key);
  }

  /** As {@link #parse} reads it; products that do not fit are left out, and that is said. */
  public byte[] payload() {
    JsonObject.Builder object = JsonObject.builder();
    if (key.isPresent()) {
      object.put("key", json(key.get()));
    }
    List<JsonValue> rows = new ArrayList<>();
    int room = MOST_BYTES;
    boolean left = more;
    for (ProductStatus status : products) {
      JsonValue row =
          JsonArray.of(
              List.of(
                  JsonValue.of(status.product()),
                  JsonValue.of(status.keys()),
                  JsonValue.of(status.digest()),
                  JsonValue.of(status.drifted())));
      room -= row.compact().length() + 1;
      left |= room < 0;
      if (room >= 0) {
        rows.add(row);
      }
    }
    object.put("products", JsonArray.of(rows));
    if (left) {
      object.put("more", true);
    }
    return object.build().compact().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonObject json(KeyStatus key) {
    JsonObject.Builder object =
        JsonObject.builder()
            .put("v", key.version())
            .put("deleted", key.deleted())
            .put("hash", key.hash())
            .put("drift", key.drift());
    if (key.refused().isPresent()) {
      object.put("refused", key.refused().get());
    }
    return object.build();
  }

  /**
   * Reads an answer.
   *
   * @throws RejectedException where it is none, as an error of the node
   */
  public static StatusAnswer parse(byte[] payload) {
    try {
      JsonObject object = JsonValue.parse(payload, LIMITS).asObject();
      List<ProductStatus> products = new ArrayList<>();
      for (JsonValue row : object.required("products").asArray().elements()) {
        List<JsonValue> cells = row.asArray().elements();
        if (cells.size() < 4) {
          throw new RejectedException("not a status: a product with too little");
        }
        products.add(
            new ProductStatus(
                cells.get(0).asText(),
                Math.toIntExact(cells.get(1).asLong()),
                cells.get(2).asText(),
                Math.toIntExact(cells.get(3).asLong())));
      }
      return new StatusAnswer(
          products, object.member("more").isPresent(), object.member("key").map(StatusAnswer::key));
    } catch (JsonException | ArithmeticException e) {
      throw new RejectedException("not a status: " + e.getMessage());
    }
  }

  private static KeyStatus key(JsonValue value) {
    return new KeyStatus(
        value.required("v").asLong(),
        value.required("deleted").asBoolean(),
        value.required("hash").asText(),
        value.member("drift").map(JsonValue::asText).orElse(""),
        value.member("refused").map(JsonValue::asLong));
  }
}
