package io.github.serfhandler.peer;

import java.time.Duration;

/**
 * Immutable: how long a peer may take.
 *
 * @param connect to take a connection
 * @param request to answer one request, connecting and all
 * @param pull to give all that it has newer of one product
 */
public record PeerLimits(Duration connect, Duration request, Duration pull) {
  /** 3 s, 10 s, 5 minutes. */
  public static final PeerLimits DEFAULT =
      new PeerLimits(Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofMinutes(5));

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException where one is not positive
   */
  public PeerLimits {
    if (connect.compareTo(Duration.ZERO) <= 0
        || request.compareTo(Duration.ZERO) <= 0
        || pull.compareTo(Duration.ZERO) <= 0) {
      throw new IllegalArgumentException("limits of " + connect + ", " + request + ", " + pull);
    }
  }
}
