package io.github.serfhandler.store;

import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: what a file looks like from outside. Two equal stamps of one path mean that nobody has
 * written to it or replaced it in between, unless with care to hide it.
 */
public final class Stamp {
  private final @Nullable Object key;
  private final long size;
  private final FileTime modified;

  Stamp(@Nullable Object key, long size, FileTime modified) {
    this.key = key;
    this.size = size;
    this.modified = modified;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Stamp that
        && size == that.size
        && modified.equals(that.modified)
        && Objects.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, size, modified);
  }

  @Override
  public String toString() {
    return size + " bytes of " + modified;
  }
}
