package io.github.serfhandler.converge;

import static io.github.serfhandler.converge.Revisions.revision;
import static io.github.serfhandler.converge.Simulation.PRODUCT;
import static io.github.serfhandler.converge.Simulation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A node that comes with nothing, or with much that differs, into a fleet with 2,000 keys. */
class ManyKeysTest {
  private static final int KEYS = 2000;

  @Test
  void aNodeThatReturnsWithNothingGetsAllAtThePaceOfGossip() {
    Simulation simulation = fleet(10, false);
    simulation.gossip = new Gossip(0.05, 0.05);
    SimNode empty = simulation.add(false);
    simulation.start(empty);
    long start = simulation.now;
    int before = 0;
    int rate = ConvergeSettings.DEFAULT.rate();
    long most = 0;
    long messages = simulation.messages();
    while (!simulation.converged() && simulation.now < start + 900 * SECOND) {
      simulation.runTo(simulation.now + 10 * SECOND);
      // Nothing is ever lost again, and the fleet as a whole stays near the rate.
      int held = empty.disk.getOrDefault(PRODUCT, Map.of()).size();
      assertThat(held).isGreaterThanOrEqualTo(before);
      before = held;
      most = Math.max(most, simulation.messages() - messages);
      messages = simulation.messages();
    }
    assertThat(simulation.converged()).isTrue();
    assertThat(simulation.now - start).isLessThan(3 * KEYS / rate * SECOND);
    assertThat(most).isLessThanOrEqualTo(10L * rate * 3 / 2);
    assertThat(simulation.repairs).isLessThan(KEYS * 3 / 2);
    for (SimNode node : simulation.nodes) {
      assertThat(node.busiestSecond()).isLessThanOrEqualTo(rate + 1);
    }
  }

  @Test
  void aNodeThatMayPullDoesSoAndGossipIsSpared() {
    Simulation simulation = fleet(10, true);
    SimNode empty = simulation.add(true);
    simulation.start(empty);
    long repairs = simulation.repairs;
    assertThat(simulation.runUntil(simulation::converged, SECOND, simulation.now + 60 * SECOND))
        .isTrue();
    assertThat(simulation.repairs - repairs).isLessThan(20);
    assertThat(simulation.pulls).isBetween(1L, 4L);
  }

  @Test
  void aNodeThatMayPullFromNobodyIsHealedByGossip() {
    Simulation simulation = fleet(10, true);
    simulation.pullsFail = true;
    SimNode empty = simulation.add(true);
    simulation.start(empty);
    assertThat(simulation.runUntil(simulation::converged, SECOND, simulation.now + 600 * SECOND))
        .isTrue();
  }

  @Test
  void oneOfManyKeysIsFoundInFewMessages() {
    Simulation simulation = fleet(50, false);
    simulation.runTo(simulation.now + 300 * SECOND);
    long messages = simulation.messages();
    long start = simulation.now;
    SimNode publisher = simulation.nodes.get(7);
    simulation.expect(PRODUCT, "key77", revision(2, "new"));
    publisher.take(PRODUCT, "key77", revision(2, "new"), simulation.now);
    simulation.wake(publisher);
    assertThat(simulation.runUntil(simulation::converged, SECOND / 10, start + 60 * SECOND))
        .isTrue();
    assertThat(simulation.now - start).isLessThan(30 * SECOND);
    assertThat(simulation.messages() - messages).isLessThan(40);
  }

  private static Simulation fleet(int nodes, boolean pulls) {
    Simulation simulation = new Simulation(nodes, Set.of(PRODUCT));
    for (int i = 0; i < nodes; i++) {
      SimNode node = simulation.add(pulls);
      for (int k = 0; k < KEYS; k++) {
        simulation.store(node, PRODUCT, "key" + k, Fleet.REVISIONS[k]);
      }
    }
    simulation.startAll();
    simulation.runTo(60 * SECOND);
    return simulation;
  }
}
