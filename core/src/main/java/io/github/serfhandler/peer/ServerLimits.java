package io.github.serfhandler.peer;

import java.time.Duration;

/**
 * Immutable: what a {@link PeerServer} spends on those who ask.
 *
 * @param connections how many at once; one that comes when all are taken replaces the one that has
 *     not sent its request for the longest time
 * @param request how long a request may take to arrive
 * @param reply how long a reply may take to be read
 * @param linger how long the asker may take to close the connection after the reply
 */
record ServerLimits(int connections, Duration request, Duration reply, Duration linger) {
  static final ServerLimits DEFAULT =
      new ServerLimits(16, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(1));
}
