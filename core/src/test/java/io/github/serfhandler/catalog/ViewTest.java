package io.github.serfhandler.catalog;

import static io.github.serfhandler.catalog.Fixtures.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ViewTest {
  private static View view(String product, String service, List<Instance> instances) {
    return new View(
        new TreeMap<>(Map.of(product, new TreeMap<>(Map.of(service, instances)))), List.of());
  }

  @Test
  void sortsAndDropsDoubles() {
    Instance a = instance("a", "10.0.0.1", 1);
    Instance b = instance("b", "10.0.0.1", 1);
    View view = view("p", "web", List.of(b, a, b));
    assertThat(view.instances("p", "web")).containsExactly(a, b);
    assertThat(view).isEqualTo(view("p", "web", List.of(a, b)));
    assertThat(view).isNotEqualTo(view("p", "web", List.of(a)));
  }

  @Test
  void doesNotChangeAfterwards() {
    List<Instance> instances = new ArrayList<>(List.of(instance("a", "10.0.0.1", 1)));
    SortedMap<String, SortedMap<String, List<Instance>>> products =
        new TreeMap<>(Map.of("p", new TreeMap<>(Map.of("web", instances))));
    View view = new View(products, List.of());
    instances.clear();
    products.clear();
    assertThat(view.size()).isEqualTo(1);
    assertThatThrownBy(() -> view.products().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> view.services("p").clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> view.instances("p", "web").clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void dropsServicesWithoutInstancesAndKeepsTheProduct() {
    View view = view("p", "web", List.of());
    assertThat(view.products()).containsOnlyKeys("p");
    assertThat(view.services("p")).isEmpty();
    assertThat(view.services("q")).isEmpty();
    assertThat(view.instances("q", "web")).isEmpty();
  }

  @Test
  void refusesNamesThatCouldBreakAFile() {
    assertThatThrownBy(() -> view("p\n", "web", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> view("p", "w b", List.of(instance("a", "10.0.0.1", 1))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
