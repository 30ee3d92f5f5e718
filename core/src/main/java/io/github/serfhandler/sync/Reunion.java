package io.github.serfhandler.sync;

/**
 * Notices that this node sees nodes again from which it was cut off, by the number of members that
 * are alive. Confined to one thread.
 *
 * <p>After a split it is enough that the smaller side compares what it holds, and on the smaller
 * side the number grows by half at least. A node that joins a large cluster counts there for
 * nothing: it compares by itself, and a fleet that is restarted node by node stays quiet.
 */
final class Reunion {
  /** The fewest that were alive since the last time; 0 where nothing is known. */
  private int fewest;

  /** The agent could not be asked: what was missed meanwhile is not known. */
  void lost() {
    fewest = 0;
  }

  /**
   * So many members are alive now, this one too.
   *
   * @return whether it is time to compare
   */
  boolean seen(int alive) {
    boolean grown = fewest == 0 || (2 * alive >= 3 * fewest && alive > fewest);
    fewest = grown ? alive : Math.min(fewest, alive);
    return grown;
  }
}
