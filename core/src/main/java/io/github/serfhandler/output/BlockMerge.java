package io.github.serfhandler.output;

import io.github.serfhandler.render.ManagedBlock;
import java.nio.ByteBuffer;

/** Stateless: puts a block among the other bytes of a file. */
interface BlockMerge {
  /** The one of the program. */
  // No lambda: one-shot commands come by here, mostly without a block, and it costs start-up time.
  BlockMerge MANAGED =
      new BlockMerge() {
        @Override
        public byte[] merge(byte[] existing, ByteBuffer block) {
          return ManagedBlock.merge(existing, block);
        }
      };

  /**
   * The whole file.
   *
   * @param existing its bytes now, none where there is no file
   * @throws io.github.serfhandler.render.RenderException where the block has no place in them
   */
  byte[] merge(byte[] existing, ByteBuffer block);
}
