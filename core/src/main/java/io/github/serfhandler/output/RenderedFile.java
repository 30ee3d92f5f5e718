package io.github.serfhandler.output;

import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.render.RenderException;
import io.github.serfhandler.render.Utf8Buffer;
import io.github.serfhandler.store.Batch;
import io.github.serfhandler.store.Candidate;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.Outcome;
import io.github.serfhandler.store.Stamp;
import io.github.serfhandler.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A {@link FileSpec#isPlain plain} file that shows the snapshot. Confined to one thread.
 *
 * <p>An idle pass costs one look at the file from outside: rendering and comparing is only worth
 * while when the snapshot is another one, or somebody touched the file.
 */
public final class RenderedFile {
  private final FileSpec spec;
  private final FileStore store;
  private final FileBytes bytes;
  private @Nullable Snapshot shown;
  private Optional<Stamp> stamp = Optional.empty();

  /** A file that nothing is known of yet. */
  public RenderedFile(FileSpec spec, FileStore store) {
    this(spec, store, BlockMerge.MANAGED);
  }

  RenderedFile(FileSpec spec, FileStore store, BlockMerge merge) {
    this.spec = spec;
    this.store = store;
    this.bytes = new FileBytes(spec, store, merge);
  }

  /** Where it is. */
  public Path path() {
    return spec.path();
  }

  /**
   * Makes the file show the snapshot.
   *
   * @param buffer space to render into
   * @throws RenderException where it can not be rendered
   * @throws StoreException where it can not be written
   */
  public Outcome show(Snapshot snapshot, Utf8Buffer buffer) {
    Batch batch = store.batch();
    Outcome outcome = show(snapshot, buffer, batch);
    batch.sync();
    return outcome;
  }

  /** The same; its name is durable once the batch is synced. */
  public Outcome show(Snapshot snapshot, Utf8Buffer buffer, Batch batch) {
    if (shown != null
        && stamp.isPresent()
        && stamp.equals(store.stamp(spec.path()))
        && spec.renderer().stands(shown, snapshot)) {
      return Outcome.UNCHANGED;
    }
    shown = null;
    for (int attempt = 0; attempt < FileBytes.ATTEMPTS; attempt++) {
      Optional<Stamp> before = store.stamp(spec.path());
      ByteBuffer whole = bytes.of(snapshot, buffer);
      Optional<Candidate> staged = store.stage(spec.path(), whole, spec.access(), false);
      if (staged.isEmpty()) {
        stamp = before;
        shown = snapshot;
        return Outcome.UNCHANGED;
      }
      try (Candidate candidate = staged.get()) {
        // The other bytes are somebody else's, who may have changed them since they were read.
        if (!spec.isBlock() || store.stamp(spec.path()).equals(before)) {
          stamp = batch.commit(candidate);
          shown = snapshot;
          return Outcome.UPDATED;
        }
      }
    }
    throw new RenderException(bytes.restless());
  }
}
