package io.github.serfhandler.converge;

import java.util.random.RandomGenerator;

/**
 * How this node speaks: the network, with its pace, its windows, its echoes and its counters.
 * Confined to one thread; shared by the conversations about all products.
 */
final class Voice {
  private final ConvergeSettings settings;
  private final Network network;
  private final RandomGenerator random;
  private final Counters counters = new Counters();
  private final Pace pace;
  private final Echoes echoes = new Echoes();
  private Windows windows;

  Voice(ConvergeSettings settings, Network network, RandomGenerator random) {
    this.settings = settings;
    this.network = network;
    this.random = random;
    this.pace = new Pace(settings.rate());
    this.windows = new Windows(settings, 1, random);
  }

  ConvergeSettings settings() {
    return settings;
  }

  Network network() {
    return network;
  }

  RandomGenerator random() {
    return random;
  }

  Counters counters() {
    return counters;
  }

  Pace pace() {
    return pace;
  }

  Windows windows() {
    return windows;
  }

  /** So many nodes could say the same. */
  void fleet(int nodes) {
    windows = new Windows(settings, nodes, random);
  }

  /**
   * When to try to speak again; {@code now} where it may be done now.
   *
   * @param talking whether this node is the one that talks already; others wait for a window more,
   *     so that they do not all begin in the moment in which the pace allows it
   */
  long mayAt(long now, boolean talking) {
    if (pace.ownAt() > now) {
      return pace.ownAt();
    }
    long shared = pace.sharedAt(now, windows);
    if (shared <= now) {
      return now;
    }
    return shared + (talking ? windows.alone(windows.delay()) : windows.among());
  }

  void digest(byte[] payload, long now) {
    echoes.sent(payload, now);
    pace.sent(now);
    counters.digestsSent++;
    network.digest(payload);
  }

  void repair(String product, String key, long now) {
    pace.sent(now);
    counters.repairsSent++;
    network.repair(product, key);
  }

  /** Whether a digest that was heard is an own one; else it counts as another's. */
  boolean hearsItself(byte[] payload, long now) {
    if (echoes.isEcho(payload, now)) {
      return true;
    }
    pace.heard(now);
    counters.digestsHeard++;
    return false;
  }
}
