package io.github.serfhandler.etcd;

import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Immutable: the keys that are in a range.
 *
 * @param header what it begins with
 * @param found the keys, in order
 * @param more whether there are more behind the limit
 */
record RangeAnswer(Header header, List<KeyValue> found, boolean more) {
  static RangeAnswer of(JsonObject json) {
    return new RangeAnswer(Header.of(json), found(json), Fields.flag(json, "more"));
  }

  /** The keys of the answer to a range, which may stand in that to a transaction. */
  static List<KeyValue> found(JsonObject json) {
    List<KeyValue> found = new ArrayList<>();
    for (JsonValue one : Fields.list(json, "kvs")) {
      found.add(KeyValue.of(one.asObject()));
    }
    return List.copyOf(found);
  }
}
