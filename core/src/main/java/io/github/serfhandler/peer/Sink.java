package io.github.serfhandler.peer;

import io.github.serfhandler.config.Revision;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link Puller} pulls into; implemented by who has the store. Called on the puller's
 * thread. What it throws ends the pull and goes to the caller.
 */
public interface Sink {
  /** Which state of a key this node holds; empty where it has none. */
  Optional<Revision> revision(String product, String key);

  /**
   * Takes states that are newer than what {@link #revision} told, some hundred at once and some 2
   * MiB at most.
   *
   * @return how many of them it refuses
   */
  int take(List<PulledItem> items) throws InterruptedException;
}
