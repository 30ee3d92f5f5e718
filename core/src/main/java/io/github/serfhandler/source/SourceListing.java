package io.github.serfhandler.source;

import java.util.List;

/** A listing of all that a store holds, under way. Confined to the thread of its source. */
public interface SourceListing {
  /** Some of it; any number at once, none twice. */
  void found(List<SourceEntry> entries) throws InterruptedException;

  /**
   * That a key is there though its value can not be used: told and counted as by {@link
   * SourceFeed#skipped}; what the fleet has of it stays.
   */
  void unusable(String product, String key, String reason);

  /**
   * That there is more which can not be read for now: all is as with {@link #end}, but nothing that
   * is missing counts as deleted.
   *
   * @param revision as of {@link #end}
   */
  default void endIncomplete(long revision) throws InterruptedException {}

  /**
   * That this was all.
   *
   * @param revision the store's number at that time, which the deletion of what is missing gets; 0
   *     where it has none
   */
  void end(long revision) throws InterruptedException;
}
