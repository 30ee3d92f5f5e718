package io.github.serfhandler.json;

/**
 * Immutable: how much a reader takes. Reading takes time and memory in proportion to the length: at
 * most some 50 bytes of memory for each byte.
 *
 * @param maxBytes the longest text, in bytes of UTF-8; at least 1
 * @param maxDepth the deepest nesting of arrays and objects, 1 to {@link JsonValue#MAX_DEPTH}
 */
public record JsonLimits(int maxBytes, int maxDepth) {
  /** 1 MiB, 64 deep. */
  public static final JsonLimits DEFAULT = new JsonLimits(1024 * 1024, 64);

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException where one is out of its range
   */
  public JsonLimits {
    if (maxBytes < 1 || maxDepth < 1 || maxDepth > JsonValue.MAX_DEPTH) {
      throw new IllegalArgumentException("limits of " + maxBytes + " bytes and depth " + maxDepth);
    }
  }
}
