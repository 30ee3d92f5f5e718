package io.github.serfhandler.output;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Immutable: how the files stand that share a reload.
 *
 * @param files each of them, in order
 * @param reloadOwed whether their readers have yet to reload
 * @param lastReload how the last reload ended, in a few words; empty where there was none
 * @param reloadedAt when it ended
 * @param problem why the reload or the telling of a running program fails, one line; empty where
 *     they do not
 * @param counters what was done since the start
 */
public record GroupStatus(
    List<FileStatus> files,
    boolean reloadOwed,
    String lastReload,
    Optional<Instant> reloadedAt,
    String problem,
    Counters counters) {

  /**
   * Immutable: what was done since the start.
   *
   * @param updates files that were replaced
   * @param checksFailed new files that a check did not let through, each attempt
   * @param reloads reloads that succeeded
   * @param reloadsFailed reloads that did not, each attempt
   * @param liveUpdates times that a running program was told of changes
   */
  public record Counters(
      long updates, long checksFailed, long reloads, long reloadsFailed, long liveUpdates) {
    /** Nothing yet. */
    public static final Counters NONE = new Counters(0, 0, 0, 0, 0);

    /** Both together. */
    public Counters and(Counters other) {
      return new Counters(
          updates + other.updates,
          checksFailed + other.checksFailed,
          reloads + other.reloads,
          reloadsFailed + other.reloadsFailed,
          liveUpdates + other.liveUpdates);
    }
  }

  /** Copies. */
  public GroupStatus {
    files = List.copyOf(files);
  }
}
