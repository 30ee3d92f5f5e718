package io.github.serfhandler.converge;

import java.util.SplittableRandom;

/**
 * Immutable: what gossip does to a message on its way to one node. The delay grows with the
 * logarithm of the fleet, as measured with Serf on one machine (some 0.2 s for 3 nodes, all of 20
 * within 0.65 s, all of 100 within 1 s), and is 1 s at most; so messages overtake each other.
 */
record Gossip(double loss, double duplication) {
  static final Gossip PERFECT = new Gossip(0, 0);

  private static final double SECOND = 1e9;

  static long delay(int nodes, SplittableRandom random) {
    double rounds = 0.1 * Math.log(nodes) * random.nextDouble(0.2, 2);
    return (long) (SECOND * (0.05 + Math.min(0.95, rounds)));
  }

  /** How often the message arrives. */
  int arrivals(SplittableRandom random) {
    if (random.nextDouble() < loss) {
      return 0;
    }
    return random.nextDouble() < duplication ? 2 : 1;
  }
}
