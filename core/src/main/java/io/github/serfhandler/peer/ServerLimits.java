package io.github.serfhandler.peer;

import java.time.Duration;

/**
 * Immutable: what a {@link PeerServer} spends on those who ask.
 *
 * @param connections how many at once; one that comes when all are taken replaces the one that has
 *     not sent its request, or read nothing of its reply, for the longest time
 * @param request how long a request may take to arrive
 * @param reply how long a reply may take to be read
 * @param stall after how long without reading anything one that gets its reply may have to make
 *     room
 * @param linger how long the asker may take to close the connection after the reply
 */
record ServerLimits(
    int connections, Duration request, Duration reply, Duration stall, Duration linger) {
  static final ServerLimits DEFAULT =
      new ServerLimits(
          16,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));
}
