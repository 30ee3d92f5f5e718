package io.github.serfhandler.source;

import io.github.serfhandler.source.KeyLayout.Place;
import java.util.List;
import java.util.Set;

/**
 * Whom a {@link ConfigSource} tells what its store holds. Its methods may wait, for the disk and
 * for other sources: a source that reads ahead must bound what it keeps meanwhile. To be called on
 * the thread of {@link ConfigSource#follow} alone.
 */
public interface SourceFeed {
  /**
   * Begins to tell everything that the store holds now; ended by {@link SourceListing#end}, and of
   * no effect beyond what was found where that is never called.
   *
   * @param lineage names this very store: another text than before says that it was rebuilt from
   *     nothing, and then what is missing in it does not count as deleted. {@code ""} where the
   *     store has no such name
   */
  SourceListing list(String lineage) throws InterruptedException;

  /**
   * That this source goes on exactly where it stopped: nothing was missed, no listing is needed.
   */
  void resumed();

  /**
   * What was changed or deleted since, the oldest first. Of several changes of one key the last one
   * counts, so give together what came together.
   */
  void changed(List<SourceEntry> entries) throws InterruptedException;

  /**
   * That something in the store can not be configuration: told and counted, once as long as it
   * stays so.
   *
   * @param name what the store calls it; may hold any characters
   * @param reason why, one line without anything of the value
   */
  void skipped(String name, String reason);

  /**
   * That the store has these keys, whose values will be told later: this node's copy has their
   * products from now on as the other nodes have them, and a key that is missing then counts as
   * deleted.
   *
   * @param lineage as of {@link #list}
   */
  default void expects(String lineage, Set<Place> keys) throws InterruptedException {}

  /**
   * That this source stays quiet, as when another one publishes in its place: nothing is compared
   * or published for it until its next listing.
   *
   * @param reason one line for people, as {@code node2 publishes}
   */
  void standby(String reason);
}
