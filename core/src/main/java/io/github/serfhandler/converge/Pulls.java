package io.github.serfhandler.converge;

import org.jspecify.annotations.Nullable;

/**
 * When to fetch a product from another node instead of searching by gossip. Confined to one thread.
 *
 * <p>Gossip heals everybody who lacks a key with one message, a pull heals one node; so few keys go
 * by gossip and many by a pull. Who holds fewer keys than the sender is behind, and pulls soon. Who
 * can not tell waits until the others of its state have said so: the sender hears that, and pulls
 * from them. A pull, or having left it to others, that changed nothing here is not tried again for
 * a while, so that gossip gets its turn.
 */
final class Pulls {
  /** So many prefixes of one message that differ are many keys. */
  static final int MANY = 4;

  private static final long NEVER = Long.MAX_VALUE;
  private static final long SECOND = 1_000_000_000L;

  /** How long a pull gets before anything else is tried. */
  private static final long AGAIN = 10 * SECOND;

  /** How long a pull without effect is remembered. */
  private static final long REMEMBER = 120 * SECOND;

  private final String product;
  private final Voice voice;
  private long at = NEVER;
  private String node = "";
  private @Nullable Sum theirs;
  private boolean behind;
  private long triedAt = NEVER;
  private Sum triedWith = Sum.NONE;

  Pulls(String product, Voice voice) {
    this.product = product;
    this.voice = voice;
  }

  /** When {@link #run} has something to do. */
  long next() {
    return at;
  }

  /**
   * Whether a difference is left to a pull, which is scheduled or under way.
   *
   * @param sender who said something else
   * @param all the sum of all that it holds; null where it did not tell
   * @param mine that of all that this node holds
   * @param more how many keys the sender holds more, as far as it told; below 0 for less
   * @param differing how many prefixes differ
   */
  boolean take(String sender, @Nullable Sum all, Sum mine, long more, int differing, long now) {
    Network network = voice.network();
    if (sender.isEmpty() || sender.equals(network.self()) || !network.canPull(sender)) {
      return false;
    }
    if (at != NEVER) {
      return true;
    }
    if (triedAt != NEVER && now - triedAt < AGAIN) {
      return true;
    }
    if (triedAt != NEVER && now - triedAt < REMEMBER && triedWith.equals(mine)) {
      return false;
    }
    if (Math.abs(more) <= voice.settings().leaf() && differing < MANY) {
      return false;
    }
    Windows windows = voice.windows();
    node = sender;
    theirs = all;
    behind = more > 0;
    // Those behind each need their own pull: spread them. The others need to be one at most.
    at =
        behind
            ? now + windows.alone(2 * windows.window())
            : now + 4 * windows.window() + windows.among();
    return true;
  }

  /** Another said exactly what this node would say. */
  void agreed(Sum mine, long now) {
    if (at != NEVER && !behind) {
      tried(mine, now);
    }
  }

  /** Starts what is due. */
  void run(Sum mine, long now) {
    if (now < at) {
      return;
    }
    if (mine.equals(theirs)) {
      at = NEVER;
      return;
    }
    tried(mine, now);
    voice.counters().pullsStarted++;
    voice.network().pull(product, node);
  }

  private void tried(Sum mine, long now) {
    at = NEVER;
    triedAt = now;
    triedWith = mine;
  }
}
