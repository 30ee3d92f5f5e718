package io.github.serfhandler.config;

import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonLimits;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonText;
import io.github.serfhandler.json.JsonValue;

/**
 * Immutable: the payload of {@code config_updated}, read as far as the product, so that a node that
 * is not interested need not judge the rest:
 *
 * <pre>{@code
 * {"p": "product1", "k": "security", "v": 12, "c": {"user": "myUser"}}
 * }</pre>
 *
 * <p>Other members are ignored, so that a newer publisher can add some.
 */
public final class ConfigMessage {
  /** Longer payloads are refused: 64 KiB. What gossip can carry is far shorter. */
  public static final int MAX_BYTES = 64 * 1024;

  private static final JsonLimits LIMITS = new JsonLimits(MAX_BYTES, JsonLimits.DEFAULT.maxDepth());

  private final String product;
  private final JsonObject members;

  private ConfigMessage(String product, JsonObject members) {
    this.product = product;
    this.members = members;
  }

  /**
   * Reads a payload.
   *
   * @throws RejectedException where it is no JSON object that names a legal product
   */
  public static ConfigMessage parse(byte[] payload) {
    JsonValue value;
    try {
      value = JsonValue.parse(payload, LIMITS);
    } catch (JsonException e) {
      throw new RejectedException("not JSON: " + e.getMessage());
    }
    if (!(value instanceof JsonObject object)) {
      throw new RejectedException("not a JSON object with p, k, v and c");
    }
    return new ConfigMessage(ConfigUpdate.requireName("product", text("p", object)), object);
  }

  /** The product that it is about. */
  public String product() {
    return product;
  }

  /**
   * All of it.
   *
   * @throws RejectedException where something is missing or is not what it should be
   */
  public ConfigUpdate update() {
    String key = ConfigUpdate.requireName("key", text("k", members));
    long version = ConfigUpdate.versionOf("v", members);
    JsonValue content = members.member("c").orElse(null);
    if (content == null) {
      throw new RejectedException("c is missing");
    }
    if (!(content instanceof JsonObject object)) {
      throw new RejectedException("c is not an object");
    }
    return new ConfigUpdate(product, key, version, object);
  }

  private static String text(String name, JsonObject members) {
    JsonValue value = members.member(name).orElse(null);
    if (value == null) {
      throw new RejectedException(name + " is missing");
    }
    if (!(value instanceof JsonText text)) {
      throw new RejectedException(name + " is not a string");
    }
    return text.asText();
  }

  @Override
  public String toString() {
    return "a message for " + product;
  }
}
