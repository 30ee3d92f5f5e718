package io.github.serfhandler.catalog;

import static io.github.serfhandler.catalog.Fixtures.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceTest {
  @Test
  void ordersByNodeThenPortThenAddress() {
    List<Instance> inOrder =
        List.of(
            instance("a2", "10.0.0.9", 9),
            instance("a10", "10.0.0.1", 1),
            instance("a10", "10.0.0.1", 80),
            instance("a10", "10.0.0.2", 80),
            instance("a10", "200.0.0.1", 80),
            instance("a10", "::1", 443),
            instance("b", "::1", 1));
    for (int i = 0; i < inOrder.size(); i++) {
      for (int j = 0; j < inOrder.size(); j++) {
        assertThat(Integer.signum(inOrder.get(i).compareTo(inOrder.get(j))))
            .isEqualTo(Integer.compare(i, j));
        assertThat(inOrder.get(i).equals(inOrder.get(j))).isEqualTo(i == j);
      }
    }
  }

  @Test
  void equalsItsTwin() {
    assertThat(instance("a", "::1", 1))
        .isEqualTo(instance("a", "::1", 1))
        .hasSameHashCodeAs(instance("a", "::1", 1))
        .hasToString("a ::1 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65_536})
  void refusesWhatIsNoPort(int port) {
    assertThatThrownBy(() -> instance("a", "::1", port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(String.valueOf(port));
  }
}
