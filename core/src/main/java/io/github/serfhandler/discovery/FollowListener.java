package io.github.serfhandler.discovery;

import io.github.serfhandler.client.SerfException;

/** Hears what a {@link Follower} meets. Called on the follower's thread; must not throw. */
public interface FollowListener {

  /** The agent answers, for the first time or again. Not called while it goes on answering. */
  void reached();

  /**
   * The agent could not be asked; the files stay as they are.
   *
   * @param wasReachable true for the first failure after a success, false for each further try
   */
  void lost(SerfException reason, boolean wasReachable);

  /** A full reading was turned into files. */
  void passed(PassResult result);
}
