package io.github.serfhandler.converge;

import java.time.Duration;

/**
 * Immutable: how often and how much nodes tell each other of what they hold. All nodes of a cluster
 * should have the same; where they differ they converge none the less.
 *
 * @param imin the shortest interval between two digests of a small cluster, which larger ones
 *     lengthen (see {@link Windows}); 100 ms to a minute; default 1 s
 * @param imax the longest, at least {@code imin} and at most a day; default 60 s
 * @param redundancy how many equal digests of others in an interval make one's own superfluous,
 *     Trickle's k; 1 to 10; default 1
 * @param rate how many messages a second are sent at most, 1 to 100; default 8
 * @param leaf of how many keys at most a message tells each, instead of one sum of all; 1 to 32;
 *     default 8
 * @param payload the longest payload of a digest, 256 to {@link #MAX_PAYLOAD} bytes; default 440
 */
public record ConvergeSettings(
    Duration imin, Duration imax, int redundancy, int rate, int leaf, int payload) {
  /** The longest payload that is read, whatever one's own are: 4 KiB. */
  public static final int MAX_PAYLOAD = 4096;

  // Before the defaults, which are checked against them.
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST_IMIN = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int SMALLEST_PAYLOAD = 256;

  /** The defaults. */
  public static final ConvergeSettings DEFAULT =
      new ConvergeSettings(Duration.ofSeconds(1), Duration.ofSeconds(60), 1, 8, 8, 440);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException for a value out of range; its message is one line
   */
  public ConvergeSettings {
    if (imin.compareTo(SHORTEST) < 0 || imin.compareTo(LONGEST_IMIN) > 0) {
      throw new IllegalArgumentException("imin " + imin + " is not 100 ms to 1 min");
    }
    if (imax.compareTo(imin) < 0 || imax.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("imax " + imax + " is not from imin to a day");
    }
    requireWithin("redundancy", redundancy, 1, 10);
    requireWithin("rate", rate, 1, 100);
    requireWithin("leaf", leaf, 1, 32);
    requireWithin("payload", payload, SMALLEST_PAYLOAD, MAX_PAYLOAD);
  }

  private static void requireWithin(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(what + " " + value + " is not " + least + " to " + most);
    }
  }
}
