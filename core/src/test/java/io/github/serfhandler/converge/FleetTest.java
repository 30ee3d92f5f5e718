package io.github.serfhandler.converge;

import static io.github.serfhandler.converge.Simulation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a fleet of any size costs its network, and how long it takes. */
class FleetTest {
  /** Digests of a fleet that agrees, in each Imax. */
  private static final int SETTLED = 4;

  /** Broadcasts of one lost update: repairs, and digests until all are quiet again. */
  private static final int REPAIRS = 16;

  private static final int DIGESTS = 120;

  @ParameterizedTest
  @ValueSource(ints = {10, 100, 1000, 10_000})
  void costsTheSameWhateverItsSize(int nodes) {
    Fleet fleet = Fleet.settled(nodes, 8, nodes);

    assertThat(fleet.digestsPerImax(10)).isLessThanOrEqualTo(SETTLED);
    assertThat(fleet.isSettled(1)).isTrue();

    Fleet.Healed one = fleet.lose(1);
    assertThat(one.repairs()).isBetween(1L, (long) REPAIRS);
    assertThat(one.digests()).isLessThanOrEqualTo(DIGESTS);

    // A change that 30 % miss: in so many delays of gossip, which itself takes a number of rounds
    // that grows with the logarithm.
    Fleet.Healed many = fleet.lose(nodes * 3 / 10);
    double delays = many.seconds() * SECOND / delay(nodes);
    assertThat(delays).isLessThan(8 * (1 + Math.log(nodes)));
    assertThat(many.repairs()).isBetween(1L, (long) REPAIRS);
    assertThat(many.digests()).isLessThanOrEqualTo(DIGESTS);
  }

  private static long delay(int nodes) {
    return new Windows(ConvergeSettings.DEFAULT, nodes, new Random(1)).delay();
  }
}
