package io.github.serfhandler.json;

import java.util.Collection;

/** How deep values are nested; keeps everything that walks through them within its stack. */
final class Depth {
  private Depth() {}

  /** That of an array or object around these: 1 where it is empty or holds no other. */
  static int around(Collection<JsonValue> values) {
    int deepest = 0;
    for (JsonValue value : values) {
      int depth = 0;
      if (value instanceof JsonObject object) {
        depth = object.depth();
      } else if (value instanceof JsonArray array) {
        depth = array.depth();
      }
      deepest = Math.max(deepest, depth);
    }
    if (deepest >= JsonValue.MAX_DEPTH) {
      throw new IllegalArgumentException(
          "nested deeper than " + JsonValue.MAX_DEPTH + " arrays and objects");
    }
    return deepest + 1;
  }
}
