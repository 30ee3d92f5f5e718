package io.github.serfhandler.config;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: what {@link ConfigIndex} knows of a key. Two are equal where they tell the same; how
 * the files looked from outside is no part of that.
 */
public final class IndexEntry {
  private static final byte[] NONE = {};

  private final long version;
  private final boolean managed;
  private final boolean deleted;
  private final byte[] sha256;
  private final int size;
  private final @Nullable String signature;
  private final @Nullable Drift drift;
  private final @Nullable FileLook record;
  private final @Nullable FileLook file;

  private IndexEntry(
      @Nullable Head head,
      @Nullable Drift drift,
      @Nullable FileLook record,
      @Nullable FileLook file) {
    this.managed = head != null;
    this.version = head == null ? 0 : head.revision().version();
    this.deleted = head != null && head.revision().deleted();
    this.sha256 =
        head == null || deleted ? NONE : HexFormat.of().parseHex(head.revision().sha256());
    this.size = head == null ? 0 : head.bytes();
    this.signature = head == null ? null : head.signature().orElse(null);
    this.drift = drift;
    this.record = record;
    this.file = file;
  }

  static IndexEntry of(KeyState state, @Nullable FileLook record, @Nullable FileLook file) {
    return new IndexEntry(state.newest().orElse(null), state.drift().orElse(null), record, file);
  }

  /** The revision that counts; empty where there is a file without a record. */
  public Optional<Revision> revision() {
    return managed
        ? Optional.of(
            new Revision(version, deleted, deleted ? "" : HexFormat.of().formatHex(sha256)))
        : Optional.empty();
  }

  /** The signature of that revision. */
  public Optional<String> signature() {
    return Optional.ofNullable(signature);
  }

  /** The bytes of its content in canonical form; 0 where it has none. */
  public int size() {
    return size;
  }

  /** How the file differs from the record; empty where it does not. */
  public Optional<Drift> drift() {
    return Optional.ofNullable(drift);
  }

  /** How the record looked before it was read; null where it may have changed unseen since. */
  @Nullable FileLook record() {
    return record;
  }

  /** The same of the file. */
  @Nullable FileLook file() {
    return file;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof IndexEntry that
        && version == that.version
        && managed == that.managed
        && deleted == that.deleted
        && size == that.size
        && drift == that.drift
        && Arrays.equals(sha256, that.sha256)
        && Objects.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sha256) * 31 + Long.hashCode(version);
  }

  @Override
  public String toString() {
    return (managed ? "version " + version : "unmanaged") + (drift == null ? "" : " " + drift);
  }
}
