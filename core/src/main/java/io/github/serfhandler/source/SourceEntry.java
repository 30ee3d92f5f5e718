package io.github.serfhandler.source;

import io.github.serfhandler.catalog.Names;
import io.github.serfhandler.client.Payload;
import java.util.Optional;

/**
 * Immutable: what a store holds of one key, or that it holds it no more. {@link #toString()} tells
 * nothing of the value, which may be secret.
 *
 * @param product the product that it belongs to
 * @param key its name
 * @param revision a number that grows with each change of the store, which then is the version that
 *     the fleet gets; 0 where the store has no such number
 * @param value what is stored, as it is; empty where it was deleted
 * @param format how the value is to be read
 */
public record SourceEntry(
    String product, String key, long revision, Optional<Payload> value, ValueFormat format) {

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException for an illegal name or a negative revision; {@link KeyLayout}
   *     gives legal ones only
   */
  public SourceEntry {
    String unused = Names.requireLegal("product", product);
    unused = Names.requireLegal("key", key);
    if (revision < 0) {
      throw new IllegalArgumentException("a revision of " + revision + "; 0 where there is none");
    }
  }

  /** A value. */
  public static SourceEntry of(
      String product, String key, long revision, ValueFormat format, byte[] value) {
    return new SourceEntry(product, key, revision, Optional.of(Payload.of(value)), format);
  }

  /** That the store holds it no more. */
  public static SourceEntry deleted(String product, String key, long revision) {
    return new SourceEntry(product, key, revision, Optional.empty(), ValueFormat.JSON);
  }

  /** {@code PRODUCT/KEY}. */
  public String name() {
    return product + "/" + key;
  }

  KeyLayout.Place place() {
    return new KeyLayout.Place(product, key);
  }

  /** Whether the store holds it no more. */
  public boolean isDeletion() {
    return value.isEmpty();
  }

  @Override
  public String toString() {
    return name() + " revision " + revision + (isDeletion() ? " (deleted)" : "");
  }
}
