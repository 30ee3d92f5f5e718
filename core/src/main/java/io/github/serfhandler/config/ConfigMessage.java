package io.github.serfhandler.config;

import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonLimits;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonText;
import io.github.serfhandler.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Immutable: the payload of a message about a key, read as far as the product, so that a node that
 * is not interested need not judge the rest. Of {@code config_updated}:
 *
 * <pre>{@code
 * {"p": "product1", "k": "security", "v": 12, "c": {"user": "myUser"}, "s": "SIGNATURE"}
 * }</pre>
 *
 * <p>{@code s} is there where it is signed, {@code q} where no answer is wanted. {@code
 * config_deleted} has no {@code c}, {@code config_announced} has {@code h}, {@code n} and {@code f}
 * instead, see {@link Announcement}. Other members are ignored, so that a newer publisher can add
 * some.
 */
public final class ConfigMessage {
  /** Longer payloads are refused: 64 KiB. What gossip can carry is far shorter. */
  public static final int MAX_BYTES = 64 * 1024;

  private static final JsonLimits LIMITS = new JsonLimits(MAX_BYTES, JsonLimits.DEFAULT.maxDepth());

  /** There where a query is sent for its room alone, and thousands of answers would be in vain. */
  private static final String QUIET = "q";

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

  /**
   * The payload that tells of an update: {@code config_updated}, or {@code config_deleted} of a
   * deletion.
   */
  public static byte[] of(ConfigUpdate update) {
    return bytes(about(update));
  }

  /** The same for a query to which no answer is wanted. */
  public static byte[] quiet(ConfigUpdate update) {
    return bytes(about(update).put(QUIET, true));
  }

  /** The payload of {@code config_announced}. */
  public static byte[] of(Announcement announcement) {
    JsonObject.Builder message =
        JsonObject.builder()
            .put("p", announcement.product())
            .put("k", announcement.key())
            .put("v", announcement.revision().version())
            .put("h", announcement.revision().sha256())
            .put("n", announcement.size())
            .put("f", announcement.holder());
    if (announcement.signature().isPresent()) {
      message.put("s", announcement.signature().get());
    }
    return bytes(message);
  }

  private static JsonObject.Builder about(ConfigUpdate update) {
    JsonObject.Builder message =
        JsonObject.builder()
            .put("p", update.product())
            .put("k", update.key())
            .put("v", update.version());
    if (update.content().isPresent()) {
      message.put("c", update.content().get());
    }
    if (update.signature().isPresent()) {
      message.put("s", update.signature().get());
    }
    return message;
  }

  private static byte[] bytes(JsonObject.Builder message) {
    return message.build().compact().getBytes(StandardCharsets.UTF_8);
  }

  /** Whether the sender waits for answers, where it is a query. */
  public boolean wantsAnswer() {
    return members.member(QUIET).isEmpty();
  }

  /** The product that it is about. */
  public String product() {
    return product;
  }

  /**
   * All of a {@code config_updated}.
   *
   * @throws RejectedException where something is missing or is not what it should be
   */
  public ConfigUpdate update() {
    String key = key();
    long version = ConfigUpdate.versionOf("v", members);
    JsonValue content = members.member("c").orElse(null);
    if (content == null) {
      throw new RejectedException("c is missing");
    }
    if (!(content instanceof JsonObject object)) {
      throw new RejectedException("c is not an object");
    }
    return new ConfigUpdate(product, key, version, Optional.of(object), signature());
  }

  /**
   * All of a {@code config_deleted}.
   *
   * @throws RejectedException where something is missing or is not what it should be
   */
  public ConfigUpdate deletion() {
    String key = key();
    long version = ConfigUpdate.versionOf("v", members);
    return new ConfigUpdate(product, key, version, Optional.empty(), signature());
  }

  /**
   * All of a {@code config_announced}.
   *
   * @throws RejectedException where something is missing or is not what it should be
   */
  public Announcement announcement() {
    String key = key();
    long version = ConfigUpdate.versionOf("v", members);
    Revision revision = new Revision(version, false, text("h", members));
    long size = ConfigUpdate.versionOf("n", members);
    return new Announcement(product, key, revision, size, signature(), text("f", members));
  }

  private String key() {
    return ConfigUpdate.requireName("key", text("k", members));
  }

  private Optional<String> signature() {
    return members.member("s").isEmpty() ? Optional.empty() : Optional.of(text("s", members));
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
