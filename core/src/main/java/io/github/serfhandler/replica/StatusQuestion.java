package io.github.serfhandler.replica;

import io.github.serfhandler.catalog.Names;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonLimits;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Immutable: what a node is asked for, the payload of the query {@code config_status}: all its
 * products ({@code {}}), one ({@code {"p":"shop"}}), or one key ({@code {"p":"shop","k":"db"}}).
 *
 * @param product the product; empty for all
 * @param key the key; empty for all of the product
 */
public record StatusQuestion(Optional<String> product, Optional<String> key) {
  private static final JsonLimits LIMITS = new JsonLimits(1024, 8);

  /** Asks for all products. */
  public static final StatusQuestion ALL = new StatusQuestion(Optional.empty(), Optional.empty());

  /**
   * Checks the names.
   *
   * @throws RejectedException for an illegal one, or a key without a product
   */
  public StatusQuestion {
    if (product.isEmpty() && key.isPresent()) {
      throw new RejectedException("a key without its product");
    }
    if (!product.map(Names::isLegal).orElse(true) || !key.map(Names::isLegal).orElse(true)) {
      throw new RejectedException("p or k is no legal name");
    }
  }

  /** Asks for a product. */
  public static StatusQuestion of(String product) {
    return new StatusQuestion(Optional.of(product), Optional.empty());
  }

  /** Asks for a key. */
  public static StatusQuestion of(String product, String key) {
    return new StatusQuestion(Optional.of(product), Optional.of(key));
  }

  /**
   * Reads a payload.
   *
   * @throws RejectedException where it is none
   */
  public static StatusQuestion parse(byte[] payload) {
    try {
      JsonObject object =
          payload.length == 0 ? JsonObject.EMPTY : JsonValue.parse(payload, LIMITS).asObject();
      return new StatusQuestion(text("p", object), text("k", object));
    } catch (JsonException e) {
      throw new RejectedException("not a question for a status: " + e.getMessage());
    }
  }

  /** As {@link #parse} reads it. */
  public byte[] payload() {
    JsonObject.Builder object = JsonObject.builder();
    if (product.isPresent()) {
      object.put("p", product.get());
    }
    if (key.isPresent()) {
      object.put("k", key.get());
    }
    return object.build().compact().getBytes(StandardCharsets.UTF_8);
  }

  private static Optional<String> text(String name, JsonObject object) {
    return object.member(name).map(JsonValue::asText);
  }
}
