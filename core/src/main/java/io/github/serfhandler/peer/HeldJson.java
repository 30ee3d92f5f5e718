package io.github.serfhandler.peer;

import io.github.serfhandler.catalog.Names;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.config.Revision;
import io.github.serfhandler.json.JsonArray;
import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The JSON form of a {@link HeldPage}. Stateless. */
final class HeldJson {
  /** More than an entry is without key, SHA-256 and signature, and more than what is around all. */
  private static final int AROUND = 96;

  private HeldJson() {}

  /** The first page of these, as long as a reply's object may be. */
  static JsonObject firstPage(SortedMap<String, Held> held) {
    List<JsonValue> keys = new ArrayList<>();
    int bytes = AROUND;
    boolean more = false;
    for (Map.Entry<String, Held> one : held.entrySet()) {
      bytes += length(one.getKey(), one.getValue());
      if (bytes > Reply.MAX_HEAD) {
        more = true;
        break;
      }
      keys.add(json(one.getKey(), one.getValue()));
    }
    return JsonObject.builder().put("keys", JsonArray.of(keys)).put("more", more).build();
  }

  private static int length(String key, Held held) {
    return AROUND
        + key.length()
        + held.revision().sha256().length()
        + held.signature().map(String::length).orElse(0);
  }

  private static JsonValue json(String key, Held held) {
    Revision revision = held.revision();
    JsonObject.Builder out =
        JsonObject.builder().put("key", key).put("version", revision.version());
    if (revision.deleted()) {
      out.put("deleted", true);
    } else {
      out.put("sha256", revision.sha256()).put("size", held.size());
    }
    if (held.signature().isPresent()) {
      out.put("signature", held.signature().get());
    }
    return out.build();
  }

  /**
   * Reads the page that follows a key.
   *
   * @throws JsonException where it is none
   * @throws IllegalArgumentException for an illegal name, signature or size, a wrong order, or a
   *     page that is empty though there is more; its message is one line
   * @throws RejectedException for an illegal revision
   */
  static HeldPage parse(JsonObject in, String after) {
    TreeMap<String, Held> keys = new TreeMap<>();
    String last = after;
    for (JsonValue one : in.required("keys").asArray()) {
      String key = Names.requireLegal("key", one.required("key").asText());
      if (key.compareTo(last) <= 0) {
        throw new IllegalArgumentException("keys out of order");
      }
      keys.put(key, held(one));
      last = key;
    }
    boolean more = in.required("more").asBoolean();
    if (more && keys.isEmpty()) {
      throw new IllegalArgumentException("an empty page that is not the last one");
    }
    return new HeldPage(keys, more);
  }

  private static Held held(JsonValue in) {
    long version = in.required("version").asLong();
    Optional<JsonValue> deleted = in.member("deleted");
    Optional<String> signature = in.member("signature").map(JsonValue::asText);
    if (deleted.isPresent() && deleted.get().asBoolean()) {
      return new Held(Revision.ofDeletion(version), signature, 0);
    }
    return new Held(
        new Revision(version, false, in.required("sha256").asText()),
        signature,
        in.required("size").asLong());
  }
}
