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

  /** One that tells this one first, and then the other. */
  default FollowListener andThen(FollowListener next) {
    FollowListener first = this;
    return new FollowListener() {
      @Override
      public void reached() {
        first.reached();
        next.reached();
      }

      @Override
      public void lost(SerfException reason, boolean wasReachable) {
        first.lost(reason, wasReachable);
        next.lost(reason, wasReachable);
      }

      @Override
      public void passed(PassResult result) {
        first.passed(result);
        next.passed(result);
      }
    };
  }
}
