package io.github.serfhandler.rule;

import io.github.serfhandler.json.JsonObject;
import java.nio.file.Path;

/**
 * Immutable: a piece of configuration has changed.
 *
 * @param product its product
 * @param key its key
 * @param version the version that it has now
 * @param deleted whether it was deleted
 * @param file its file, which is not there where it was deleted
 */
public record Change(String product, String key, long version, boolean deleted, Path file) {
  /** It has a new content. */
  public static Change updated(String product, String key, long version, Path file) {
    return new Change(product, key, version, false, file);
  }

  /** It was deleted. */
  public static Change deleted(String product, String key, long version, Path file) {
    return new Change(product, key, version, true, file);
  }

  /** What happened, in one word. */
  public String word() {
    return deleted ? "deleted" : "updated";
  }

  JsonObject json() {
    return JsonObject.builder()
        .put("change", word())
        .put("key", key)
        .put("product", product)
        .put("version", version)
        .build();
  }

  @Override
  public String toString() {
    return product + "/" + key + " version " + version + " " + word();
  }
}
