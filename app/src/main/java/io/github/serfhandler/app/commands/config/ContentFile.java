package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.cli.FailedException;
import io.github.serfhandler.app.cli.Failures;
import io.github.serfhandler.app.cli.Output;
import io.github.serfhandler.app.cli.StandardStreams;
import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonLimits;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Stateless: reads the content that someone publishes. */
final class ContentFile {
  /** Stands for standard input. */
  static final String STANDARD_INPUT = "-";

  private static final int MAX_BYTES = ConfigUpdate.MAX_FILE_BYTES;

  private ContentFile() {}

  /**
   * The JSON object in a file.
   *
   * @param file a path, or {@link #STANDARD_INPUT}
   * @param err where it is said what is expected when a terminal is read
   * @throws FailedException where there is none; the message names file, line and column
   */
  static JsonObject read(String file, Output err) {
    String name = file.equals(STANDARD_INPUT) ? "standard input" : Printable.of(file);
    byte[] bytes = bytes(file, name, err);
    if (bytes.length > MAX_BYTES) {
      throw new FailedException(
          name + ": is longer than " + MAX_BYTES + " bytes; is it the right file?");
    }
    if (new String(bytes, java.nio.charset.StandardCharsets.UTF_8).isBlank()) {
      throw new FailedException(
          name + ": is empty; a JSON object is expected, as {\"user\": \"me\"}");
    }
    JsonValue value;
    try {
      value = JsonValue.parse(bytes, new JsonLimits(MAX_BYTES, JsonValue.MAX_DEPTH));
    } catch (JsonException e) {
      throw new FailedException(name + ": not JSON: " + e.getMessage(), e);
    }
    if (!(value instanceof JsonObject object)) {
      throw new FailedException(
          name + ": line 1: holds " + value.kind() + "; a JSON object is expected, { ... }");
    }
    if (object.member(ConfigUpdate.VERSION).isPresent()) {
      throw new FailedException(
          name
              + ": holds "
              + ConfigUpdate.VERSION
              + ", as the files on the nodes do; take it out, or begin with the output of:"
              + " serf-handler config get");
    }
    return object;
  }

  private static byte[] bytes(String file, String name, Output err) {
    boolean standardInput = file.equals(STANDARD_INPUT);
    if (standardInput && StandardStreams.inIsTerminal()) {
      err.lineNow("Type a JSON object, then ctrl-d; or end this with ctrl-c and name a FILE");
    }
    // Buffered: Java 17's own stream of a file asks for the position, which a pipe does not have.
    try (InputStream in =
        standardInput
            ? new BufferedInputStream(StandardStreams.in())
            : Files.newInputStream(Path.of(file))) {
      return in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw new FailedException("cannot read " + name + ": " + Failures.describe(e), e);
    } catch (java.nio.file.InvalidPathException e) {
      throw new FailedException("cannot read " + name + ": it is no path", e);
    }
  }
}
