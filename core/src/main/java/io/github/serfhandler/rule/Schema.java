package io.github.serfhandler.rule;

import io.github.serfhandler.json.JsonArray;
import io.github.serfhandler.json.JsonBool;
import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonLimits;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Schema (draft 2020-12) from a file. Thread-safe; validations take turns.
 *
 * <p>The file is read once, and that needs no more than our own reader of JSON; the library that
 * validates is loaded when a content is to be validated, because most processes that Serf forks
 * never come to that.
 *
 * <p>What a {@code $ref} names must stand in the file: nothing is fetched from anywhere. {@code
 * format} is a remark and demands nothing, as the draft has it.
 */
public final class Schema {
  /** The longest file. */
  public static final int MAX_BYTES = 256 * 1024;

  private static final JsonLimits LIMITS = new JsonLimits(MAX_BYTES, 64);

  private final Path file;
  private final JsonValue value;
  private @Nullable CompiledSchema compiled;
  private @Nullable SchemaException unusable;

  private Schema(Path file, JsonValue value) {
    this.file = file;
    this.value = value;
  }

  /**
   * Reads one.
   *
   * @throws SchemaException where the file can not be read, is too long, is no JSON, or names
   *     something outside of itself
   */
  public static Schema read(Path file) {
    JsonValue value;
    try {
      value = JsonValue.parse(bytes(file), LIMITS);
    } catch (JsonException e) {
      throw new SchemaException(file, "not JSON: " + e.getMessage() + "; mend it there", e);
    }
    if (!(value instanceof JsonObject) && !(value instanceof JsonBool)) {
      throw new SchemaException(
          file, value.kind() + ", where a schema is an object; write one as {\"type\":\"object\"}");
    }
    new References(file, value).check();
    return new Schema(file, value);
  }

  private static byte[] bytes(Path file) {
    // Opening a pipe would wait for its other end.
    if (!Files.isRegularFile(file)) {
      throw new SchemaException(
          file,
          Files.exists(file)
              ? "not a regular file; name a file with a JSON Schema"
              : "there is no such file; check the path");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw new SchemaException(
          file, "cannot be read (" + e + "); let serf-handler's user read it", e);
    }
    if (bytes.length > MAX_BYTES) {
      throw new SchemaException(
          file, "longer than " + MAX_BYTES + " bytes; make it smaller, or use a check instead");
    }
    return bytes;
  }

  /** Where it was read from. */
  public Path file() {
    return file;
  }

  /**
   * Makes sure that contents can be validated, which loads the library. For a process that stays,
   * at its start; else the first content does it.
   *
   * @throws SchemaException where it is no schema of draft 2020-12
   */
  public void prepare() {
    CompiledSchema unused = compiled();
  }

  /**
   * Why a content does not fit, in one line of at most 200 characters: the places and the keywords
   * that they violate, {@code /port: type; /: required host}, three of them at most. Empty where it
   * fits. Nothing of the content stands there but names that the schema itself has.
   *
   * @throws SchemaException where it is no schema of draft 2020-12
   * @throws InterruptedException where the thread was interrupted
   */
  public Optional<String> misfit(JsonObject content) throws InterruptedException {
    return compiled().misfit(content);
  }

  private synchronized CompiledSchema compiled() {
    CompiledSchema known = compiled;
    if (known != null) {
      return known;
    }
    SchemaException fault = unusable;
    if (fault != null) {
      throw fault;
    }
    try {
      known = CompiledSchema.of(file, value);
    } catch (SchemaException e) {
      unusable = e;
      throw e;
    }
    compiled = known;
    return known;
  }

  /** The file. */
  @Override
  public String toString() {
    return file.toString();
  }

  static boolean isPlainData(String keyword) {
    return switch (keyword) {
      case "const", "enum", "default", "examples" -> true;
      default -> false;
    };
  }

  /** Elements of an array; none of anything else. */
  static Iterable<JsonValue> elements(JsonValue value) {
    return value instanceof JsonArray array ? array : JsonArray.EMPTY;
  }
}
