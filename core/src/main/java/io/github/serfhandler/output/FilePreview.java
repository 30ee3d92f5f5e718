package io.github.serfhandler.output;

import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.render.Utf8Buffer;
import io.github.serfhandler.store.FileStore;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Immutable: a file as it is, and as it would be.
 *
 * @param path where it is
 * @param exists whether it is there
 * @param before its bytes; none where it is not there
 * @param after the bytes that it would have
 * @param accessChanges whether it would get another mode or owner
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record FilePreview(
    Path path, boolean exists, byte[] before, byte[] after, boolean accessChanges) {
  /** The longest file that is compared. */
  private static final int LONGEST = 64 * 1024 * 1024;

  /**
   * Looks at a file; nothing is written and nothing is run.
   *
   * @throws io.github.serfhandler.render.RenderException where it can not be rendered
   * @throws io.github.serfhandler.store.StoreException where it can not be read
   */
  public static FilePreview of(FileSpec spec, Snapshot snapshot, FileStore store) {
    ByteBuffer rendered =
        new FileBytes(spec, store, BlockMerge.MANAGED).of(snapshot, new Utf8Buffer());
    byte[] after = new byte[rendered.remaining()];
    rendered.get(after);
    Optional<byte[]> before = store.read(spec.path(), LONGEST);
    return new FilePreview(
        spec.path(),
        before.isPresent(),
        before.orElse(new byte[0]),
        after,
        !store.hasAccess(spec.path(), spec.access()));
  }

  /** Whether it would stay as it is. */
  public boolean isCurrent() {
    return holds() && !accessChanges;
  }

  /** Whether its bytes would stay as they are. */
  public boolean holds() {
    return exists && Arrays.equals(before, after);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
