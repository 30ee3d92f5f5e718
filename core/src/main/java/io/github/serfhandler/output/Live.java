package io.github.serfhandler.output;

import io.github.serfhandler.catalog.Snapshot;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells a running program what changed, where it can be told, so that it need not reload. Confined
 * to the thread of its file's group.
 */
public interface Live {
  /**
   * Immutable: how the program stands.
   *
   * @param needsReload whether it must read its file anew to be in line
   * @param again in how long to call again though nothing changes, as connections are drained or
   *     the program may have been restarted
   * @param done what was changed, in a few words for the log; empty where nothing was
   */
  record Standing(boolean needsReload, Optional<Duration> again, String done) {}

  /**
   * Brings the running program in line with the snapshot, of which its file is rendered and in
   * place already. May be called at any time and with the same snapshot again.
   *
   * @throws LiveException where it can not be told, as it does not run; called again later
   * @throws InterruptedException where the thread was interrupted
   */
  Standing bring(Snapshot snapshot) throws LiveException, InterruptedException;
}
