package io.github.serfhandler.converge;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.converge.Quarrels.Standing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuarrelsTest {
  private static final Sum THEIRS = new Sum(7, 3);

  private final Quarrels quarrels = new Quarrels(60);

  @Test
  void answersADifferenceThatStaysSeldom() {
    for (int i = 0; i < Quarrels.PATIENCE; i++) {
      assertThat(quarrels.heard(THEIRS, i)).isEqualTo(Standing.OPEN);
    }
    assertThat(quarrels.stand()).isFalse();
    long last = Quarrels.PATIENCE - 1;
    assertThat(quarrels.heard(THEIRS, last + 59)).isEqualTo(Standing.QUIET);
    assertThat(quarrels.stand()).isTrue();
    assertThat(quarrels.heard(THEIRS, last + 60)).isEqualTo(Standing.DUE);
    assertThat(quarrels.heard(THEIRS, last + 61)).isEqualTo(Standing.QUIET);
    assertThat(quarrels.heard(new Sum(8, 3), last + 62)).isEqualTo(Standing.OPEN);
  }

  @Test
  void beginsAnewWhenWhatIsHeldChanges() {
    for (int i = 0; i <= Quarrels.PATIENCE; i++) {
      var ignored = quarrels.heard(THEIRS, 0);
    }
    quarrels.reset();
    assertThat(quarrels.stand()).isFalse();
    assertThat(quarrels.heard(THEIRS, 1)).isEqualTo(Standing.OPEN);
  }

  @Test
  void knowsOnlySoManyWhateverIsTold() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(quarrels.heard(new Sum(i, 1), i)).isEqualTo(Standing.OPEN);
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 8", "10, 8", "100, 8", "1000, 8", "10, 200", "100, 200"})
  void aRefusalKeepsNoFleetBusyAndHealsWhenItEnds(int nodes, int keys) {
    Fleet fleet = Fleet.settled(nodes, keys, nodes);
    fleet.simulation.nodes.get(1).refuses = true;
    fleet.publish(10);
    assertThat(fleet.digestsPerImax(10)).isBetween(1.0, 40.0);
    fleet.simulation.nodes.get(1).refuses = false;
    assertThat(fleet.agrees(3)).isTrue();
  }
}
