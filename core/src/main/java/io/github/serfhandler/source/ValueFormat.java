package io.github.serfhandler.source;

import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonLimits;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;

/** How the values of a store are read as configuration, which is a JSON object. Thread-safe. */
public enum ValueFormat {
  /** A JSON object. */
  JSON,
  /** A YAML mapping. */
  YAML,
  /** Any text in UTF-8, which becomes the member {@code value} of an object. */
  TEXT;

  private static final JsonLimits LIMITS =
      new JsonLimits(ConfigUpdate.MAX_FILE_BYTES, JsonValue.MAX_DEPTH);

  /**
   * Reads a value.
   *
   * @throws RejectedException where it is none of this format; the reason holds nothing of it
   */
  public JsonObject parse(byte[] bytes) {
    try {
      if (JsonValue.parse(bytes, LIMITS) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonException e) {
      throw new RejectedException("not JSON: " + e.getMessage());
    }
    throw new RejectedException("not a JSON object");
  }
}
