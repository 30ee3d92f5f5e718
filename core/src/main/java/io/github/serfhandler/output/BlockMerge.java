package io.github.serfhandler.output;

import io.github.serfhandler.render.ManagedBlock;
import java.nio.ByteBuffer;

/** Stateless: puts a block among the other bytes of a file. */
interface BlockMerge {
  /** The one of the program. */
  BlockMerge MANAGED = ManagedBlock::merge;

  /**
   * The whole file.
   *
   * @param existing its bytes now, none where there is no file
   * @throws io.github.serfhandler.render.RenderException where the block has no place in them
   */
  byte[] merge(byte[] existing, ByteBuffer block);
}
