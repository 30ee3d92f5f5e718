package io.github.serfhandler.peer;

import io.github.serfhandler.catalog.Names;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.config.Revision;
import io.github.serfhandler.json.JsonArray;
import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonLimits;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Immutable: what one peer asks another, as JSON inside the seal. */
sealed interface Question {
  /** The version of the protocol. */
  int VERSION = 1;

  /** The longest, in bytes: {@link #MAX_WANTED} of the longest names fit. */
  int MAX_BYTES = 64 * 1024;

  /** How many contents may be asked for at once. */
  int MAX_WANTED = 256;

  /** The product that it is about. */
  String product();

  /**
   * Which keys do you hold?
   *
   * @param after where to go on: the last key that is known; {@code ""} for the first page
   */
  record OfHeld(String product, String after) implements Question {}

  /**
   * A part of one content.
   *
   * @param offset how many bytes of it the asker has
   */
  record OfContent(String product, Wanted wanted, int offset) implements Question {}

  /** Several small contents, whole. */
  record OfContents(String product, List<Wanted> wanted) implements Question {}

  /** As the bytes to be sealed. */
  default byte[] bytes() {
    JsonObject.Builder out = JsonObject.builder().put("v", VERSION).put("product", product());
    if (this instanceof OfHeld held) {
      out.put("op", "held").put("after", held.after);
    } else if (this instanceof OfContent content) {
      out.put("op", "content").put("wanted", json(content.wanted)).put("offset", content.offset);
    } else if (this instanceof OfContents contents) {
      List<JsonValue> wanted = new ArrayList<>();
      for (Wanted one : contents.wanted) {
        wanted.add(json(one));
      }
      out.put("op", "contents").put("wanted", JsonArray.of(wanted));
    }
    return out.build().compact().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads one.
   *
   * @throws RefusedQuestion where it is none, or of another version of the protocol
   */
  static Question parse(byte[] bytes) throws RefusedQuestion {
    try {
      JsonValue in = JsonValue.parse(bytes, new JsonLimits(MAX_BYTES, 4));
      if (in.required("v").asLong() != VERSION) {
        throw new RefusedQuestion(Fault.VERSION);
      }
      return parse(Names.requireLegal("product", in.required("product").asText()), in);
    } catch (JsonException | IllegalArgumentException | RejectedException e) {
      throw new RefusedQuestion(Fault.QUESTION);
    }
  }

  private static Question parse(String product, JsonValue in) throws RefusedQuestion {
    switch (in.required("op").asText()) {
      case "held" -> {
        String after = in.required("after").asText();
        return new OfHeld(product, after.isEmpty() ? after : Names.requireLegal("key", after));
      }
      case "content" -> {
        long offset = in.required("offset").asLong();
        if (offset < 0 || offset >= Held.MAX_SIZE) {
          throw new RefusedQuestion(Fault.QUESTION);
        }
        return new OfContent(product, wanted(in.required("wanted")), (int) offset);
      }
      case "contents" -> {
        JsonArray elements = in.required("wanted").asArray();
        if (elements.size() > MAX_WANTED) {
          throw new RefusedQuestion(Fault.QUESTION);
        }
        List<Wanted> wanted = new ArrayList<>(elements.size());
        for (JsonValue element : elements) {
          wanted.add(wanted(element));
        }
        return new OfContents(product, wanted);
      }
      default -> throw new RefusedQuestion(Fault.QUESTION);
    }
  }

  private static JsonValue json(Wanted wanted) {
    return JsonObject.builder()
        .put("key", wanted.key())
        .put("version", wanted.revision().version())
        .put("sha256", wanted.revision().sha256())
        .build();
  }

  private static Wanted wanted(JsonValue in) {
    return new Wanted(
        Names.requireLegal("key", in.required("key").asText()),
        new Revision(in.required("version").asLong(), false, in.required("sha256").asText()));
  }
}
