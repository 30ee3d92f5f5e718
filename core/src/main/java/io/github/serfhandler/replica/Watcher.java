package io.github.serfhandler.replica;

import io.github.serfhandler.config.Announcement;
import io.github.serfhandler.config.Revision;

/**
 * Hears what happens to this node's copy. Called on the thread that brought it, by several at once;
 * must not throw, and must not block in a process that stays.
 */
public interface Watcher {
  /** An update of the key was on the network, whatever became of it here; it is trusted. */
  default void heard(String product, String key, Revision revision) {}

  /**
   * The copy has changed: the revision is in the key's file, or the file is gone. Told by whoever
   * changed it, and by who finds it changed in the files, so that it can be told twice.
   */
  default void changed(String product, String key, Revision revision) {}

  /**
   * There is a version which is too long for gossip; it is trusted, and newer than what is held.
   *
   * @return whether this one sees to it that it is fetched
   */
  default boolean announced(Announcement announcement) {
    return false;
  }

  /** A product is kept here from now on, see {@link Replica#keep}. */
  default void kept() {}

  /** Another node told what it holds. */
  default void digest(byte[] payload) {}
}
