package io.github.serfhandler.source;

import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonLimits;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * How the values of a store are read as configuration, which is a JSON object. Each is in UTF-8 and
 * at most {@link ConfigUpdate#MAX_FILE_BYTES} long. Thread-safe.
 */
public enum ValueFormat {
  /** A JSON object. */
  JSON,
  /**
   * One YAML document that is a mapping, with texts as its keys. Read by the JSON schema of YAML
   * 1.2: {@code null}, {@code true}, {@code false}, nothing at all and what JSON takes as a number
   * are that, every other plain word is a text. Aliases are written out; tags, merge keys and keys
   * that stand twice are refused.
   */
  YAML,
  /** Any text, which becomes the member {@code value} of an object, as it is. */
  TEXT;

  /** The member that holds a text. */
  private static final String TEXT_MEMBER = "value";

  private static final JsonLimits LIMITS =
      new JsonLimits(ConfigUpdate.MAX_FILE_BYTES, JsonValue.MAX_DEPTH);

  /**
   * Reads a value.
   *
   * @throws RejectedException where it is none of this format; the reason holds nothing of it
   */
  public JsonObject parse(byte[] bytes) {
    if (this == YAML) {
      // A class of its own, so that no library is loaded where there is no YAML.
      return YamlReader.read(text(bytes));
    }
    if (this == TEXT) {
      return JsonObject.builder().put(TEXT_MEMBER, text(bytes)).build();
    }
    try {
      if (JsonValue.parse(bytes, LIMITS) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonException e) {
      throw new RejectedException("not JSON: " + e.getMessage());
    }
    throw new RejectedException("not a JSON object");
  }

  private static String text(byte[] bytes) {
    if (bytes.length > ConfigUpdate.MAX_FILE_BYTES) {
      throw new RejectedException(
          "of "
              + bytes.length
              + " bytes; at most "
              + ConfigUpdate.MAX_FILE_BYTES
              + " can be configuration");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new RejectedException("not UTF-8");
    }
  }
}
