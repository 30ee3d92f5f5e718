package io.github.serfhandler.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.catalog.Instance;
import io.github.serfhandler.catalog.View;
import io.github.serfhandler.client.Coordinate;
import io.github.serfhandler.client.Member;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VicinityTest {
  /** Tells coordinates on a line, in milliseconds from its start. */
  private static final class Line implements Agent {
    final Map<String, Double> millis = new HashMap<>();
    final List<String> asked = new ArrayList<>();

    @Override
    public Pulse pulse() {
      throw new AssertionError("not asked for");
    }

    @Override
    public List<Member> members() {
      throw new AssertionError("not asked for");
    }

    @Override
    public Optional<Coordinate> coordinate(String node) {
      asked.add(node);
      Double at = millis.get(node);
      return at == null
          ? Optional.empty()
          : Optional.of(new Coordinate(List.of(at / 1000, 0.0), 0.1, 0, 0));
    }
  }

  private final Line agent = new Line();
  private long now;
  private final Vicinity vicinity = Vicinity.followed(agent, () -> now);

  private static View view(List<String> nodes) {
    List<Instance> instances = new ArrayList<>();
    for (String node : nodes) {
      instances.add(new Instance(node, loopback(), 80));
    }
    TreeMap<String, List<Instance>> services = new TreeMap<>(Map.of("web", instances));
    return new View(new TreeMap<>(Map.of("shop", services)), List.of());
  }

  private static InetAddress loopback() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static View view(String... nodes) {
    return view(List.of(nodes));
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void tellsTheTimesToTheNodesThatAreShown() {
    agent.millis.putAll(Map.of("self", 0.0, "a", 5.0, "b", 20.0, "hidden", 1.0));
    Map<String, Double> distances = vicinity.of("self", view("a", "b", "self", "stranger"));
    assertThat(distances).containsOnlyKeys("a", "b");
    assertThat(distances.get("a")).isEqualTo(5.0);
    assertThat(distances.get("b")).isEqualTo(20.0);
    assertThat(agent.asked).containsExactlyInAnyOrder("self", "a", "b", "stranger");
  }

  @Test
  void asksAgainAfterHalfAMinuteAndNotBefore() {
    agent.millis.putAll(Map.of("self", 0.0, "a", 5.0));
    Map<String, Double> unused = vicinity.of("self", view("a", "stranger"));
    agent.asked.clear();
    pass(Duration.ofSeconds(29));
    unused = vicinity.of("self", view("a", "stranger"));
    assertThat(agent.asked).isEmpty();
    pass(Duration.ofSeconds(1));
    agent.millis.put("a", 50.0);
    assertThat(vicinity.of("self", view("a", "stranger"))).isEqualTo(Map.of("a", 50.0));
    assertThat(agent.asked).contains("a", "stranger");
  }

  @Test
  void keepsADistanceUntilItIsWrongByMuch() {
    agent.millis.putAll(Map.of("self", 0.0, "near", 1.0, "far", 100.0));
    Map<String, Double> first = vicinity.of("self", view("near", "far"));
    pass(Duration.ofMinutes(1));
    agent.millis.putAll(Map.of("near", 2.9, "far", 124.0));
    assertThat(vicinity.of("self", view("near", "far"))).isEqualTo(first);
    pass(Duration.ofMinutes(1));
    agent.millis.putAll(Map.of("near", 3.1, "far", 126.0));
    assertThat(vicinity.of("self", view("near", "far")))
        .isEqualTo(Map.of("near", 3.1, "far", 126.0));
  }

  @Test
  void forgetsWhatIsNotShownAnyMore() {
    agent.millis.putAll(Map.of("self", 0.0, "a", 5.0, "b", 6.0));
    Map<String, Double> unused = vicinity.of("self", view("a", "b"));
    assertThat(vicinity.of("self", view("b"))).containsOnlyKeys("b");
    assertThat(vicinity.of("self", view())).isEmpty();
    agent.asked.clear();
    assertThat(vicinity.of("self", view("a"))).containsOnlyKeys("a");
    assertThat(agent.asked).contains("a");
  }

  @Test
  void delaysNoPassByMoreThanAFewCallsAndComesToAllNodes() {
    agent.millis.put("self", 0.0);
    List<String> nodes = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      nodes.add("n" + i);
      agent.millis.put("n" + i, i + 1.0);
    }
    int passes = 0;
    Map<String, Double> distances = Map.of();
    while (distances.size() < nodes.size()) {
      agent.asked.clear();
      distances = vicinity.of("self", view(nodes));
      assertThat(agent.asked).hasSizeLessThanOrEqualTo(Vicinity.MOST_AT_ONCE + 1);
      passes++;
    }
    assertThat(passes).isEqualTo(3);
    agent.asked.clear();
    assertThat(vicinity.of("self", view(nodes))).hasSize(250);
    assertThat(agent.asked).isEmpty();
  }

  @Test
  void asksForAllAtOnceWhereThereIsOnePassOnly() {
    agent.millis.put("self", 0.0);
    List<String> nodes = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      nodes.add("n" + i);
      agent.millis.put("n" + i, i + 1.0);
    }
    assertThat(Vicinity.once(agent).of("self", view(nodes))).hasSize(250);
  }

  @Test
  void asksForNothingMoreWhereTheOwnPlaceIsNotKnown() {
    agent.millis.put("a", 5.0);
    assertThat(vicinity.of("self", view("a"))).isEmpty();
    assertThat(agent.asked).containsExactly("self");
  }
}
