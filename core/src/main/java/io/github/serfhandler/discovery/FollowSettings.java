package io.github.serfhandler.discovery;

import java.time.Duration;

/**
 * Immutable: how often to look.
 *
 * @param probe the pause between two looks at the {@link Pulse}; it bounds how late a change on the
 *     local agent is seen, and how often files are written in a storm
 * @param membersMin the shortest time between two full readings that no pulse asked for
 * @param membersMax the longest one
 * @param retryMax the longest pause between two tries while the agent is away or a file can not be
 *     written
 */
public record FollowSettings(
    Duration probe, Duration membersMin, Duration membersMax, Duration retryMax) {

  /** 75 ms, 500 ms, 30 s, 5 s: measured in ADR 0003. */
  public static final FollowSettings DEFAULTS =
      new FollowSettings(
          Duration.ofMillis(75),
          Duration.ofMillis(500),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5));

  /** A full reading may take this part of one core's time: a reading of 2 ms comes each 800 ms. */
  static final int COST_SHARE = 400;

  /**
   * So many times as long as the last reading, with what was written, rests who was asked by pulse
   * after pulse: with 10,000 members a reading takes a tenth of a second, and there is always
   * another change to read.
   */
  static final int STORM_REST = 3;

  /** And so long at most: a disk that hangs is no storm. */
  static final Duration STORM_REST_MAX = Duration.ofSeconds(2);
}
