package io.github.serfhandler.output;

import io.github.serfhandler.render.RenderException;
import java.nio.ByteBuffer;

/** Stateless: puts a block among the other bytes of a file. */
interface BlockMerge {
  /** The one of the program. */
  BlockMerge MANAGED =
      (existing, block) -> {
        throw new RenderException("a block of a file cannot be written by this version");
      };

  /**
   * The whole file.
   *
   * @param existing its bytes now, none where there is no file
   * @throws RenderException where the block has no place in them
   */
  byte[] merge(byte[] existing, ByteBuffer block);
}
