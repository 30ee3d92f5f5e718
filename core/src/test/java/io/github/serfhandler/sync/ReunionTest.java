package io.github.serfhandler.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReunionTest {
  private final Reunion reunion = new Reunion();

  @Test
  void comparesAtTheStartAndAfterALoss() {
    assertThat(reunion.seen(5)).isTrue();
    assertThat(reunion.seen(5)).isFalse();
    reunion.lost();
    assertThat(reunion.seen(5)).isTrue();
  }

  @Test
  void comparesOnTheSmallerSideOfASplit() {
    assertThat(reunion.seen(100)).isTrue();
    assertThat(reunion.seen(10)).isFalse();
    for (int alive = 11; alive < 15; alive++) {
      assertThat(reunion.seen(alive)).isFalse();
    }
    assertThat(reunion.seen(15)).isTrue();
    assertThat(reunion.seen(100)).isTrue();
  }

  @Test
  void comparesInASmallClusterWhenOneReturns() {
    assertThat(reunion.seen(3)).isTrue();
    assertThat(reunion.seen(2)).isFalse();
    assertThat(reunion.seen(3)).isTrue();
    assertThat(reunion.seen(1)).isFalse();
    assertThat(reunion.seen(2)).isTrue();
  }

  @Test
  void staysQuietWhileALargeFleetIsRestartedNodeByNode() {
    assertThat(reunion.seen(1000)).isTrue();
    for (int i = 0; i < 1000; i++) {
      assertThat(reunion.seen(999)).isFalse();
      assertThat(reunion.seen(1000)).isFalse();
    }
  }
}
