package io.github.serfhandler.converge;

import io.github.serfhandler.config.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A fleet in virtual time, on one thread. The same seed gives the same run. */
final class Simulation {
  static final long SECOND = 1_000_000_000L;
  static final String PRODUCT = "product1";

  private static final long TO_ITSELF = 400_000;

  /** Something happens at a node, or where that is null, to the fleet. */
  private record Happening(long at, long order, @Nullable SimNode node, @Nullable Runnable what)
      implements Comparable<Happening> {
    @Override
    public int compareTo(Happening other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
    }
  }

  final ConvergeSettings settings;
  final SplittableRandom random;
  final List<SimNode> nodes = new ArrayList<>();
  final Set<String> products;

  /** The newest that was ever published, or was there at the start. */
  final Map<String, Map<String, Revision>> newest = new HashMap<>();

  Gossip gossip = Gossip.PERFECT;
  long now;
  long digests;
  long repairs;
  long pulls;

  /** Whether every pull ends with nothing. */
  boolean pullsFail;

  private final PriorityQueue<Happening> happenings = new PriorityQueue<>();
  private long order;

  Simulation(long seed, Set<String> products) {
    this(seed, products, ConvergeSettings.DEFAULT);
  }

  Simulation(long seed, Set<String> products, ConvergeSettings settings) {
    this.random = new SplittableRandom(seed);
    this.products = products;
    this.settings = settings;
  }

  static String name(int number) {
    return "node" + number;
  }

  SimNode node(String name) {
    return nodes.get(Integer.parseInt(name.substring("node".length())));
  }

  /** A node that is on the network from {@link #start} on. */
  SimNode add(boolean servesPulls) {
    SimNode node = new SimNode(this, nodes.size(), servesPulls);
    nodes.add(node);
    return node;
  }

  /** Puts a revision on a node's disk, before its start. */
  void store(SimNode node, String product, String key, Revision revision) {
    node.disk.computeIfAbsent(product, any -> new HashMap<>(16)).put(key, revision);
    expect(product, key, revision);
  }

  void expect(String product, String key, Revision revision) {
    newest
        .computeIfAbsent(product, any -> new HashMap<>())
        .merge(key, revision, (a, b) -> a.isNewerThan(b) ? a : b);
  }

  /** Starts a node, or all at once. */
  void start(SimNode node) {
    node.start(products, nodes.size(), now);
    wake(node);
  }

  void startAll() {
    for (SimNode node : nodes) {
      start(node);
    }
  }

  void at(long time, Runnable what) {
    happenings.add(new Happening(time, order++, null, what));
  }

  /** A node publishes: it and whoever hears it have it. */
  void publish(SimNode node, String product, String key, Revision revision) {
    expect(product, key, revision);
    broadcast(node, Message.update(product, key, revision));
  }

  void broadcast(SimNode sender, Message message) {
    if (message.isDigest()) {
      digests++;
    } else {
      repairs++;
    }
    deliver(sender, message, now + TO_ITSELF);
    for (SimNode node : nodes) {
      if (node != sender && node.part == sender.part) {
        for (int i = gossip.arrivals(random); i > 0; i--) {
          deliver(node, message, now + Gossip.delay(nodes.size(), random));
        }
      }
    }
  }

  private void deliver(SimNode node, Message message, long at) {
    happenings.add(
        new Happening(
            at,
            order++,
            node,
            () -> {
              if (node.up) {
                message.reach(node, now);
              }
            }));
  }

  void pull(SimNode node, String product, SimNode from) {
    pulls++;
    at(
        now + SECOND / 5,
        () -> {
          if (node.up && from.up && node.part == from.part && !pullsFail) {
            Map.copyOf(from.disk.getOrDefault(product, Map.of()))
                .forEach((key, revision) -> node.take(product, key, revision, now));
            wake(node);
          }
        });
  }

  /** Lets the node run when its next deadline has come. */
  void wake(SimNode node) {
    if (!node.up) {
      return;
    }
    long next = Math.max(now, node.convergence().nextDeadline());
    if (next < node.wakesAt) {
      node.wakesAt = next;
      happenings.add(new Happening(next, order++, node, null));
    }
  }

  /** Lets time pass until then. */
  void runTo(long end) {
    while (!happenings.isEmpty() && happenings.element().at() <= end) {
      Happening one = happenings.remove();
      now = one.at();
      SimNode node = one.node();
      if (one.what() != null) {
        one.what().run();
      } else if (node != null && node.wakesAt == now) {
        node.wakesAt = Long.MAX_VALUE;
        if (node.up && node.convergence().nextDeadline() <= now) {
          node.convergence().run(now);
        }
      }
      if (node != null) {
        wake(node);
      }
    }
    now = end;
  }

  /** Lets time pass until it is so, or to the end; whether it is so. */
  boolean runUntil(BooleanSupplier so, long step, long end) {
    while (now < end && !so.getAsBoolean()) {
      runTo(Math.min(end, now + step));
    }
    return so.getAsBoolean();
  }

  /** Whether all hold the newest of everything. */
  boolean converged() {
    return lacking() == 0;
  }

  /** How many nodes lack something. */
  int lacking() {
    int lacking = 0;
    for (SimNode node : nodes) {
      lacking += node.disk.equals(newest) ? 0 : 1;
    }
    return lacking;
  }

  /** What was broadcast until now. */
  long messages() {
    return digests + repairs;
  }
}
