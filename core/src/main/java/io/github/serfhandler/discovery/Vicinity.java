package io.github.serfhandler.discovery;

import io.github.serfhandler.catalog.Instance;
import io.github.serfhandler.catalog.View;
import io.github.serfhandler.client.Coordinate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.LongSupplier;

/**
 * How far away the nodes are that a view shows, by the coordinates that Serf's agents learn from
 * their gossip. Confined to one thread.
 *
 * <p>The agent tells one node's coordinate in each call, so they are asked for little by little: at
 * most {@link #MOST_AT_ONCE} in a pass that others follow, and each node again after 30 s, or later
 * where there are more than a thousand. Coordinates never rest; a distance that was told stays
 * until it is wrong by more than a quarter and 2 ms, or files that are ordered by it would change,
 * and load balancers reload, for nothing.
 */
public final class Vicinity {
  /** So many calls, of some 0.1 ms each, may delay a pass. */
  static final int MOST_AT_ONCE = 100;

  private static final Duration AGAIN = Duration.ofSeconds(30);
  private static final long AGAIN_FOR_EACH_NANOS = Duration.ofMillis(30).toNanos();
  private static final double CHANGE = 0.25;
  private static final double LEAST_CHANGE_MILLIS = 2;

  private final Agent agent;
  private final LongSupplier nanoTime;
  private final int mostAtOnce;
  private final Map<String, Double> distances = new HashMap<>();

  /** When each node was asked about last, the longest ago first. */
  private final LinkedHashMap<String, Long> asked = new LinkedHashMap<>();

  private Vicinity(Agent agent, LongSupplier nanoTime, int mostAtOnce) {
    this.agent = agent;
    this.nanoTime = nanoTime;
    this.mostAtOnce = mostAtOnce;
  }

  /**
   * For an agent that is followed.
   *
   * @param nanoTime a clock that never goes back, in nanoseconds, as {@code System::nanoTime}
   */
  public static Vicinity followed(Agent agent, LongSupplier nanoTime) {
    return new Vicinity(agent, nanoTime, MOST_AT_ONCE);
  }

  /** For one pass, in which all nodes are asked about. */
  public static Vicinity once(Agent agent) {
    return new Vicinity(agent, System::nanoTime, Integer.MAX_VALUE);
  }

  /**
   * The distances in milliseconds, by the names of nodes; those that the agent does not know, or
   * that were not asked about yet, lack.
   *
   * @throws io.github.serfhandler.client.SerfException where the agent can not be asked
   */
  Map<String, Double> of(String self, View view) {
    Set<String> shown = shown(view);
    shown.remove(self);
    asked.keySet().retainAll(shown);
    distances.keySet().retainAll(shown);
    List<String> due = due(shown);
    if (!due.isEmpty()) {
      Optional<Coordinate> own = self.isEmpty() ? Optional.empty() : agent.coordinate(self);
      for (String node : due) {
        ask(own, node);
      }
    }
    return Map.copyOf(distances);
  }

  private void ask(Optional<Coordinate> own, String node) {
    asked.remove(node);
    asked.put(node, nanoTime.getAsLong());
    Optional<Coordinate> there = own.isEmpty() ? own : agent.coordinate(node);
    if (there.isPresent() && there.get().vec().size() == own.get().vec().size()) {
      double millis = own.get().distanceTo(there.get()).toNanos() / 1e6;
      Double told = distances.get(node);
      if (told == null || Math.abs(millis - told) > Math.max(LEAST_CHANGE_MILLIS, told * CHANGE)) {
        distances.put(node, millis);
      }
    }
  }

  private List<String> due(Set<String> shown) {
    long pause = Math.max(AGAIN.toNanos(), shown.size() * AGAIN_FOR_EACH_NANOS);
    long now = nanoTime.getAsLong();
    List<String> due = new ArrayList<>();
    for (String node : shown) {
      if (due.size() < mostAtOnce && !asked.containsKey(node)) {
        due.add(node);
      }
    }
    for (Map.Entry<String, Long> entry : asked.entrySet()) {
      if (due.size() >= mostAtOnce || now - entry.getValue() < pause) {
        break; // The rest was asked about later.
      }
      due.add(entry.getKey());
    }
    return due;
  }

  private static Set<String> shown(View view) {
    Set<String> names = new HashSet<>();
    for (SortedMap<String, List<Instance>> services : view.products().values()) {
      for (List<Instance> instances : services.values()) {
        for (Instance instance : instances) {
          names.add(instance.node());
        }
      }
    }
    names.remove("");
    return names;
  }
}
