package io.github.serfhandler.etcd;

import java.util.Arrays;

/**
 * Up to where the feed knows everything. Confined to the thread of the source.
 *
 * <p>Each prefix has a watch of its own, and one may be further than another.
 */
final class Position {
  private final String lineage;
  private final long lease;
  private final long[] last;

  /**
   * After a listing.
   *
   * @param lineage of which store
   * @param lease the lease of the leader that listed; 0 where there is no lock
   * @param revision of the listing
   */
  Position(String lineage, long lease, long revision, int prefixes) {
    this.lineage = lineage;
    this.lease = lease;
    this.last = new long[prefixes];
    Arrays.fill(last, revision);
  }

  /** Whether what comes after it can be told without a listing. */
  boolean isGood(String store, long leader, long revision) {
    return lineage.equals(store) && lease == leader && revision >= newest();
  }

  /** The last revision that is known for a prefix. */
  long last(int prefix) {
    return last[prefix];
  }

  /** The last one that is known for any. */
  long newest() {
    return Arrays.stream(last).max().orElse(0);
  }

  /** All of a prefix up to this revision is known. */
  void reached(int prefix, long revision) {
    last[prefix] = Math.max(last[prefix], revision);
  }
}
