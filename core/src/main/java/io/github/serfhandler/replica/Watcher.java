package io.github.serfhandler.replica;

import io.github.serfhandler.config.Announcement;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.Revision;

/**
 * Hears what happens to this node's copy. Called on the thread that brought it, by several at once;
 * must not block and must not throw.
 */
public interface Watcher {
  /** An update of the key was on the network, whatever became of it here; it is trusted. */
  default void heard(String product, String key, Revision revision) {}

  /** The copy has changed: the update is in its file, or its file is gone. */
  default void changed(ConfigUpdate update) {}

  /**
   * There is a version which is too long for gossip; it is trusted, and newer than what is held.
   */
  default void announced(Announcement announcement) {}

  /** Another node told what it holds. */
  default void digest(byte[] payload) {}
}
