package io.github.serfhandler.output;

/** Counts what a group does. Confined to one thread. */
final class Tally {
  long updates;
  long checksFailed;
  long reloads;
  long reloadsFailed;
  long liveUpdates;

  GroupStatus.Counters counters() {
    return new GroupStatus.Counters(updates, checksFailed, reloads, reloadsFailed, liveUpdates);
  }
}
