package io.github.serfhandler.config;

/**
 * How many records there are, so that a flood of names ends somewhere. Used by whoever has the
 * lock. Other processes make records, too, so it is counted again from time to time.
 */
final class RecordCount {
  /** The most records of a store. */
  static final int MAX = 100_000;

  private static final int COUNT_AGAIN = 1000;

  private final ConfigPlaces places;
  private final int max;
  private int counted = -1;
  private int added;

  RecordCount(ConfigPlaces places, int max) {
    this.places = places;
    this.max = max;
  }

  /** Whether the next question is answered by what is on the disk. */
  boolean mustCount() {
    return counted < 0 || added >= COUNT_AGAIN || counted + added >= max;
  }

  boolean hasRoom() {
    if (mustCount()) {
      counted = places.countRecords();
      added = 0;
    }
    return counted < max;
  }

  void requireRoom(KeyPlace place) {
    if (!hasRoom()) {
      throw new RejectedException(
          place
              + " is one key too many: this node keeps at most "
              + max
              + " keys, deleted ones among them; remove products that are not needed any more from "
              + ConfigPlaces.RECORDS);
    }
  }

  void oneMore() {
    added++;
  }
}
