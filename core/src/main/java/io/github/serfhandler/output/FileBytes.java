package io.github.serfhandler.output;

import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.render.Utf8Buffer;
import io.github.serfhandler.store.FileStore;
import java.nio.ByteBuffer;

/** What a file is to hold: what is rendered, or that as a block of what it holds already. */
final class FileBytes {
  /** The longest file that a block is put into. */
  static final int LONGEST_WITH_BLOCK = 4 * 1024 * 1024;

  /** How often one begins again because somebody else edited the file meanwhile. */
  static final int ATTEMPTS = 5;

  private static final byte[] NONE = new byte[0];

  private final FileSpec spec;
  private final FileStore store;
  private final BlockMerge merge;

  FileBytes(FileSpec spec, FileStore store, BlockMerge merge) {
    this.spec = spec;
    this.store = store;
    this.merge = merge;
  }

  /** The bytes; good until the buffer changes. */
  ByteBuffer of(Snapshot snapshot, Utf8Buffer buffer) {
    buffer.clear();
    spec.renderer().render(snapshot, buffer);
    if (!spec.isBlock()) {
      return buffer.bytes();
    }
    byte[] existing = store.read(spec.path(), LONGEST_WITH_BLOCK).orElse(NONE);
    return ByteBuffer.wrap(merge.merge(existing, buffer.bytes()));
  }

  /** Why nothing came of the last attempt. */
  String restless() {
    return "cannot write "
        + spec.path()
        + ": somebody else changes it all the time; let one program alone write it";
  }
}
