package io.github.serfhandler.converge;

import static io.github.serfhandler.converge.Revisions.revision;
import static io.github.serfhandler.converge.Simulation.PRODUCT;
import static io.github.serfhandler.converge.Simulation.SECOND;

import io.github.serfhandler.config.Revision;
import java.util.HashSet;
import java.util.Set;

/** A fleet that agrees, and what it costs it to heal. */
final class Fleet {
  /** What the loss of one update took. */
  record Healed(double seconds, long repairs, long digests) {}

  final Simulation simulation;
  private int version = 1;

  private Fleet(Simulation simulation) {
    this.simulation = simulation;
  }

  /** So many nodes that hold the same keys, ten times Imax after all started at once. */
  static Fleet settled(int nodes, int keys, long seed) {
    Simulation simulation = new Simulation(seed, Set.of(PRODUCT));
    for (int i = 0; i < nodes; i++) {
      SimNode node = simulation.add(false);
      for (int k = 0; k < keys; k++) {
        simulation.store(node, PRODUCT, "key" + k, REVISIONS[k]);
      }
    }
    simulation.startAll();
    simulation.runTo(600 * SECOND);
    return new Fleet(simulation);
  }

  /** Digests of the whole fleet in an Imax. */
  double digestsPerImax(int intervals) {
    long before = simulation.messages();
    simulation.runTo(simulation.now + intervals * imax());
    return (double) (simulation.messages() - before) / intervals;
  }

  /** Publishes an update that so many of the others miss, and waits until all have it. */
  Healed lose(int missing) {
    version++;
    Revision update = revision(version, "lost");
    simulation.expect(PRODUCT, "key0", update);
    Set<Integer> without = new HashSet<>();
    while (without.size() < missing) {
      without.add(1 + simulation.random.nextInt(simulation.nodes.size() - 1));
    }
    long start = simulation.now;
    for (SimNode node : simulation.nodes) {
      if (!without.contains(node.number)) {
        long arrives = start + Gossip.delay(simulation.nodes.size(), simulation.random);
        simulation.at(
            arrives,
            () -> {
              Message.update(PRODUCT, "key0", update).reach(node, simulation.now);
              simulation.wake(node);
            });
      }
    }
    long repairs = simulation.repairs;
    long digests = simulation.digests;
    boolean healed = simulation.runUntil(simulation::converged, SECOND / 10, start + 10 * imax());
    double seconds = (double) (simulation.now - start) / SECOND;
    // With all that follows until the fleet is as quiet as before.
    simulation.runTo(start + 10 * imax());
    if (!healed) {
      throw new AssertionError("not healed within ten times Imax");
    }
    return new Healed(seconds, simulation.repairs - repairs, simulation.digests - digests);
  }

  /** Publishes an update that all hear, in vain where a node refuses it; then time passes. */
  void publish(int intervals) {
    version++;
    Revision update = revision(version, "refused");
    simulation.expect(PRODUCT, "key0", update);
    for (SimNode node : simulation.nodes) {
      Message.update(PRODUCT, "key0", update).reach(node, simulation.now);
      simulation.wake(node);
    }
    simulation.runTo(simulation.now + intervals * imax());
  }

  /** Waits until all hold the same. */
  boolean agrees(int intervals) {
    return simulation.runUntil(
        simulation::converged, SECOND / 10, simulation.now + intervals * imax());
  }

  /** Whether a node knows that it agrees with all that it heard. */
  boolean isSettled(int node) {
    return simulation.nodes.get(node).convergence().products().values().stream()
        .allMatch(ProductStatus::settled);
  }

  private long imax() {
    return simulation.settings.imax().toNanos();
  }

  static final Revision[] REVISIONS = revisions(2000);

  private static Revision[] revisions(int number) {
    Revision[] all = new Revision[number];
    for (int i = 0; i < number; i++) {
      all[i] = revision(1, "content" + i);
    }
    return all;
  }
}
