package io.github.serfhandler.converge;

import io.github.serfhandler.config.Revision;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A node of a {@link Simulation}: its disk, which it never loses, and its convergence. */
final class SimNode implements Network {
  final int number;
  final boolean servesPulls;

  /** What is on its disk: the revision of each key of each product. */
  final Map<String, Map<String, Revision>> disk = new HashMap<>(2);

  /** Which part of a divided network it is in. */
  int part;

  /** Whether it refuses whatever is newer than version 1, as by a rule. */
  boolean refuses;

  boolean up = true;
  long wakesAt = Long.MAX_VALUE;

  private final ArrayDeque<Long> sentAt = new ArrayDeque<>(2);
  private int busiestSecond;

  private final Simulation simulation;
  private Convergence convergence;

  SimNode(Simulation simulation, int number, boolean servesPulls) {
    this.simulation = simulation;
    this.number = number;
    this.servesPulls = servesPulls;
    this.convergence = fresh();
  }

  private Convergence fresh() {
    return new Convergence(
        simulation.settings, this, new SplittableRandom(simulation.random.nextLong()));
  }

  Convergence convergence() {
    return convergence;
  }

  /** Loses all but its disk, and loads that. */
  void start(Set<String> products, int fleet, long now) {
    convergence = fresh();
    convergence.fleet(fleet);
    convergence.subscribe(products, now);
    disk.forEach(
        (product, keys) ->
            keys.forEach((key, revision) -> convergence.holds(product, key, revision, now)));
    up = true;
  }

  @Nullable Revision held(String product, String key) {
    Map<String, Revision> keys = disk.get(product);
    return keys == null ? null : keys.get(key);
  }

  /** Stores it where it is newer, as a node does that hears an update or fetched it. */
  void take(String product, String key, Revision revision, long now) {
    Revision held = held(product, key);
    if (refuses && revision.version() > 1) {
      return;
    }
    if (held == null || revision.isNewerThan(held)) {
      disk.computeIfAbsent(product, any -> new HashMap<>(16)).put(key, revision);
      convergence.holds(product, key, revision, now);
    }
  }

  /** The most messages that it sent within any second. */
  int busiestSecond() {
    return busiestSecond;
  }

  private void sends() {
    sentAt.add(simulation.now);
    while (simulation.now - sentAt.element() >= Simulation.SECOND) {
      long ignored = sentAt.remove();
    }
    busiestSecond = Math.max(busiestSecond, sentAt.size());
  }

  @Override
  public void digest(byte[] payload) {
    sends();
    simulation.broadcast(this, Message.digest(payload));
  }

  @Override
  public void repair(String product, String key) {
    Revision held = held(product, key);
    if (held != null) {
      sends();
      simulation.broadcast(this, Message.update(product, key, held));
    }
  }

  @Override
  public boolean canPull(String node) {
    return servesPulls && simulation.node(node).servesPulls;
  }

  @Override
  public void pull(String product, String node) {
    simulation.pull(this, product, simulation.node(node));
  }

  @Override
  public String self() {
    return servesPulls ? Simulation.name(number) : "";
  }
}
