package io.github.serfhandler.converge;

import static io.github.serfhandler.converge.Revisions.revision;
import static io.github.serfhandler.converge.Simulation.PRODUCT;
import static io.github.serfhandler.converge.Simulation.SECOND;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Immutable: what one change costs a fleet of so many nodes, in several runs of the simulation. All
 * hold the same 8 keys and none serves pulls. From some time before the change on, each message
 * misses each node with a chance of 20 %, the change itself too. 5 % of the nodes, one at least,
 * are down when it is published and start a second later, when it has passed.
 *
 * @param round what counts as a round: Trickle's shortest interval at that size, in seconds
 */
record FleetSize(int nodes, double round, List<Run> runs) {
  /** The columns of {@link #line}. Messages are those of the whole fleet, but for one column. */
  static final String COLUMNS =
      "nodes,round_s,seconds_median,seconds_worst,rounds_median,rounds_worst"
          + ",messages_median,messages_worst,messages_per_node_median"
          + ",messages_until_quiet_median,idle_messages_per_minute,idle_messages_per_minute_lossy";

  private static final int RUNS = 11;
  private static final Gossip LOSSY = new Gossip(0.2, 0);
  private static final int MINUTES = 10;

  /**
   * One run.
   *
   * @param seconds from the publication until all hold the change
   * @param messages digests and repairs of the fleet in that time; the change itself is not counted
   * @param untilQuiet the same in ten minutes, less what the fleet says in ten minutes anyway
   * @param idle messages a minute while all agree and none is lost
   * @param idleLossy the same with the loss
   */
  record Run(double seconds, long messages, double untilQuiet, double idle, double idleLossy) {}

  static FleetSize of(int nodes) {
    Windows windows = new Windows(ConvergeSettings.DEFAULT, nodes, new Random(1));
    List<Run> runs = IntStream.range(0, RUNS).mapToObj(run -> run(nodes, run)).toList();
    return new FleetSize(nodes, (double) windows.imin() / SECOND, runs);
  }

  private static Run run(int nodes, int number) {
    Fleet fleet = Fleet.settled(nodes, 8, 1000L * nodes + number);
    Simulation simulation = fleet.simulation;
    double idle = fleet.digestsPerImax(MINUTES);
    simulation.gossip = LOSSY;
    double idleLossy = fleet.digestsPerImax(MINUTES);

    long start = simulation.now;
    for (SimNode away : simulation.nodes.subList(nodes - Math.max(1, nodes / 20), nodes)) {
      away.up = false;
      simulation.at(start + SECOND, () -> simulation.start(away));
    }
    simulation.publish(simulation.nodes.get(0), PRODUCT, "key0", revision(2, "new"));
    long before = simulation.messages();
    long end = start + MINUTES * 60 * SECOND;
    if (!simulation.runUntil(simulation::converged, SECOND / 10, end)) {
      throw new AssertionError(
          String.format(
              "Run %d: %d of %d nodes lack the change after %d minutes",
              number, simulation.lacking(), nodes, MINUTES));
    }
    double seconds = (double) (simulation.now - start) / SECOND;
    long messages = simulation.messages() - before;
    simulation.runTo(end);
    double untilQuiet = simulation.messages() - before - MINUTES * idleLossy;
    return new Run(seconds, messages, untilQuiet, idle, idleLossy);
  }

  double median(ToDoubleFunction<Run> figure) {
    return figures(figure).sorted().skip(RUNS / 2).findFirst().orElseThrow();
  }

  double worst(ToDoubleFunction<Run> figure) {
    return figures(figure).max().orElseThrow();
  }

  private double mean(ToDoubleFunction<Run> figure) {
    return figures(figure).average().orElseThrow();
  }

  private DoubleStream figures(ToDoubleFunction<Run> figure) {
    return runs.stream().mapToDouble(figure);
  }

  /** The figures as a line of the file, without its end. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%d,%.1f,%.1f,%.1f,%.1f,%.1f,%.0f,%.0f,%.3f,%.0f,%.1f,%.1f",
        nodes,
        round,
        median(Run::seconds),
        worst(Run::seconds),
        median(Run::seconds) / round,
        worst(Run::seconds) / round,
        median(Run::messages),
        worst(Run::messages),
        median(Run::messages) / nodes,
        median(Run::untilQuiet),
        mean(Run::idle),
        mean(Run::idleLossy));
  }
}
