package io.github.serfhandler.converge;

import static io.github.serfhandler.converge.Revisions.revision;
import static io.github.serfhandler.converge.Simulation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.config.Revision;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Whatever happens to a fleet, some time after it has ended all hold the newest of everything. */
class ConvergencePropertyTest {
  /** How long all kinds of things happen, in seconds. */
  private static final int TROUBLED = 120;

  /** How long it may take until all have recovered from them, in seconds. */
  private static final int BOUND = 600;

  private static final List<String> PRODUCTS = List.of("product1", "product2");

  @Property(tries = 15, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void allEndWithTheNewestByGossipAlone(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 300) int nodes,
      @ForAll @IntRange(min = 1, max = 60) int keys,
      @ForAll @DoubleRange(max = 0.5) double loss) {
    converges(seed, nodes, keys, loss, 0);
  }

  @Property(tries = 25, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void allEndWithTheNewestWhereSomeServePulls(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 300) int nodes,
      @ForAll @IntRange(min = 1, max = 60) int keys,
      @ForAll @DoubleRange(max = 0.5) double loss,
      @ForAll @DoubleRange(min = 0.1, max = 1) double pulls) {
    converges(seed, nodes, keys, loss, pulls);
  }

  private static void converges(long seed, int nodes, int keys, double loss, double pulls) {
    Simulation simulation = new Simulation(seed, Set.copyOf(PRODUCTS));
    simulation.gossip = new Gossip(loss, 0.2);
    SplittableRandom random = simulation.random;
    for (int i = 0; i < nodes; i++) {
      SimNode node = simulation.add(random.nextDouble() < pulls);
      if (random.nextInt(5) == 0) {
        joinLate(simulation, node);
      } else {
        simulation.start(node);
      }
    }
    int published = Math.max(5, keys * 2);
    for (int i = 0; i < published; i++) {
      simulation.at(sometime(random), () -> publish(simulation, keys));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      divide(simulation);
    }
    for (int i = random.nextInt(nodes / 4 + 1); i > 0; i--) {
      restart(simulation, simulation.nodes.get(random.nextInt(nodes)));
    }
    simulation.runTo(TROUBLED * SECOND);
    // The network goes on to lose, to repeat and to mix up; nothing else happens any more.
    for (SimNode node : simulation.nodes) {
      node.part = 0;
      node.convergence().disturbed(simulation.now);
      simulation.wake(node);
    }
    boolean converged =
        simulation.runUntil(simulation::converged, 2 * SECOND, simulation.now + BOUND * SECOND);
    assertThat(converged).as("%d of %d nodes lack something", simulation.lacking(), nodes).isTrue();
  }

  private static long sometime(SplittableRandom random) {
    return random.nextLong(TROUBLED * SECOND);
  }

  /**
   * Any node publishes any version of any key: a new one, an old one, another content, no content.
   */
  private static void publish(Simulation simulation, int keys) {
    SplittableRandom random = simulation.random;
    SimNode node = simulation.nodes.get(random.nextInt(simulation.nodes.size()));
    if (node.up) {
      long version = 1 + random.nextLong(6);
      Revision revision =
          random.nextInt(5) == 0
              ? Revision.ofDeletion(version)
              : revision(version, "content" + random.nextInt(3));
      String product = PRODUCTS.get(random.nextInt(PRODUCTS.size()));
      simulation.publish(node, product, "key" + random.nextInt(keys), revision);
    }
  }

  private static void joinLate(Simulation simulation, SimNode node) {
    node.up = false;
    simulation.at(sometime(simulation.random), () -> simulation.start(node));
  }

  private static void divide(Simulation simulation) {
    simulation.at(
        sometime(simulation.random),
        () -> {
          for (SimNode node : simulation.nodes) {
            node.part = simulation.random.nextInt(2);
          }
        });
    simulation.at(
        sometime(simulation.random), () -> simulation.nodes.forEach(node -> node.part = 0));
  }

  private static void restart(Simulation simulation, SimNode node) {
    long down = sometime(simulation.random);
    simulation.at(down, () -> node.up = false);
    simulation.at(
        Math.min(TROUBLED * SECOND - 1, down + simulation.random.nextInt(40) * SECOND),
        () -> simulation.start(node));
  }
}
