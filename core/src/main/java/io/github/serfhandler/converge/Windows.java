package io.github.serfhandler.converge;

import java.util.random.RandomGenerator;

/**
 * Immutable: how long nodes wait by chance, so that of all those that could say a thing only a few
 * do, before the rest have heard them.
 *
 * <p>Of N nodes that wait for a time which is uniform over T, about N·δ/T have sent before the
 * first is heard, δ later: hundreds. So the time is biased (Nonnenmacher and Biersack, Scalable
 * feedback for large groups): {@code t = T/λ · ln(1 + (e^λ - 1)·u)} with λ = ln N + 1. The number
 * of those who have sent grows as e^(λt/T), so that the first to send is followed by some e^(λδ/T)
 * before it is heard everywhere; with T in proportion to λδ that is a constant, for any N.
 *
 * <p>δ itself grows with the number of rounds that gossip needs, which is some ln N + 1 times 50 ms
 * (measured: 0.1 s for 3 nodes, half a second for 100). So T = δ·(ln N + 2) and the shortest
 * interval is twice that, of which Trickle waits through the first half: a second for up to 6
 * nodes, 3.7 s for 100, 7 s for 1,000, 11 s for 10,000.
 */
final class Windows {
  /** How many times the shortest interval of a small cluster goes into δ. */
  private static final double DELAYS = 20;

  /** More nodes than these make no difference. */
  private static final int MOST_NODES = 1_000_000;

  private final RandomGenerator random;
  private final int nodes;
  private final double bias;
  private final long delay;
  private final long window;
  private final long imin;

  Windows(ConvergeSettings settings, int nodes, RandomGenerator random) {
    this.random = random;
    this.nodes = Math.max(1, Math.min(nodes, MOST_NODES));
    double log = Math.log(this.nodes);
    this.bias = log + 1;
    long base = settings.imin().toNanos();
    long grown = (long) (base / DELAYS * (log + 1));
    long scaled = Math.max(base, (long) (2 * grown * (log + 2)));
    this.imin = Math.min(scaled, settings.imax().toNanos());
    this.window = imin / 2;
    this.delay = grown;
  }

  /** How many nodes these are for. */
  int nodes() {
    return nodes;
  }

  /** Trickle's shortest interval, in nanoseconds. */
  long imin() {
    return imin;
  }

  /** The window of an answer: T, in nanoseconds. */
  long window() {
    return window;
  }

  /** The time in which a message is about to reach all: δ, in nanoseconds. */
  long delay() {
    return delay;
  }

  /** How long to wait where many may wait for the same: 0 to {@link #window}, mostly late. */
  long among() {
    return among(window);
  }

  /** The same for a window of that length. */
  long among(long length) {
    return (long) (length / bias * Math.log1p(Math.expm1(bias) * random.nextDouble()));
  }

  /** How long to wait where nobody else waits for the same: uniform over that length. */
  long alone(long length) {
    return (long) (length * random.nextDouble());
  }
}
