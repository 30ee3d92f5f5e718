package io.github.serfhandler.config;

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
 * Immutable: the first line of a record, a JSON object. The contents follow, a line for each
 * version in the same order, in canonical form; the line of a deletion is empty.
 *
 * @param versions the newest first; one at least
 * @param replaces the {@link VisibleFile#fingerprint} of the file that the newest version was about
 *     to replace, where none of the versions gives that file; {@code ""} otherwise
 */
record RecordHead(List<Head> versions, String replaces) {
  /** The longest line: that of 101 versions with the longest origins. */
  static final int MAX_BYTES = 256 * 1024;

  static final int LONGEST_ORIGIN = 128;

  private static final long FORMAT = 1;
  private static final JsonLimits LIMITS = new JsonLimits(MAX_BYTES, 8);

  /**
   * Reads the line.
   *
   * @throws BrokenRecordException where it is none
   */
  static RecordHead parse(byte[] line) throws BrokenRecordException {
    try {
      JsonObject object = JsonValue.parse(line, LIMITS).asObject();
      if (object.required("format").asLong() != FORMAT) {
        throw new BrokenRecordException("it has another format than " + FORMAT);
      }
      List<Head> versions = new ArrayList<>();
      for (JsonValue version : object.required("versions").asArray().elements()) {
        Head head = head(version.asObject());
        if (!versions.isEmpty()
            && !versions.get(versions.size() - 1).revision().isNewerThan(head.revision())) {
          throw new BrokenRecordException("its versions are in disorder");
        }
        versions.add(head);
      }
      if (versions.isEmpty()) {
        throw new BrokenRecordException("it has no version");
      }
      return new RecordHead(List.copyOf(versions), text("replaces", object));
    } catch (JsonException | RejectedException e) {
      throw new BrokenRecordException(String.valueOf(e.getMessage()));
    }
  }

  private static Head head(JsonObject object) throws BrokenRecordException {
    long version = object.required("version").asLong();
    boolean deleted = object.member("deleted").isPresent();
    long bytes = object.required("bytes").asLong();
    if (deleted ? bytes != 0 : bytes < 2 || bytes > ConfigUpdate.MAX_FILE_BYTES) {
      throw new BrokenRecordException("a length is none");
    }
    Optional<String> signature = Optional.empty();
    if (object.member("signature").isPresent()) {
      signature = Optional.of(text("signature", object));
      if (!Signatures.isWellFormed(signature.get())) {
        throw new BrokenRecordException("a signature is none");
      }
    }
    return new Head(
        new Revision(version, deleted, text("sha256", object)),
        text("time", object),
        text("origin", object),
        signature,
        (int) bytes);
  }

  private static String text(String name, JsonObject object) {
    Optional<JsonValue> member = object.member(name);
    return member.isEmpty() ? "" : member.get().asText();
  }

  /** The line without its end. */
  byte[] line() {
    List<JsonValue> listed = new ArrayList<>(versions.size());
    for (Head head : versions) {
      JsonObject.Builder version =
          JsonObject.builder()
              .put("version", head.revision().version())
              .put("time", head.time())
              .put("origin", head.origin())
              .put("bytes", head.bytes());
      if (head.revision().deleted()) {
        version.put("deleted", true);
      } else {
        version.put("sha256", head.revision().sha256());
      }
      if (head.signature().isPresent()) {
        version.put("signature", head.signature().get());
      }
      listed.add(version.build());
    }
    JsonObject.Builder object =
        JsonObject.builder().put("format", FORMAT).put("versions", JsonArray.of(listed));
    if (!replaces.isEmpty()) {
      object.put("replaces", replaces);
    }
    return object.build().compact().getBytes(StandardCharsets.UTF_8);
  }

  Head newest() {
    return versions.get(0);
  }

  /** Which version is of that revision; -1 where none is. */
  int indexOf(Revision revision) {
    for (int i = 0; i < versions.size(); i++) {
      if (versions.get(i).revision().equals(revision)) {
        return i;
      }
    }
    return -1;
  }

  /** The same after the file was replaced. */
  RecordHead replaced() {
    return new RecordHead(versions, "");
  }

  /** How long a record is whose first line has so many bytes without its end. */
  long fileBytes(int lineBytes) {
    long bytes = lineBytes + 1L;
    for (Head head : versions) {
      bytes += head.bytes() + 1L;
    }
    return bytes;
  }

  /** An origin as a record takes it: one line of plain characters, not too long. */
  static String originOf(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && i < LONGEST_ORIGIN; i++) {
      char c = text.charAt(i);
      out.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
    }
    return out.toString();
  }
}
