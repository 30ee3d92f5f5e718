package io.github.serfhandler.converge;

import io.github.serfhandler.catalog.Names;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.config.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Brings all nodes of a cluster to the same newest configuration, as one of them. Confined to one
 * thread.
 *
 * <p>It is told what this node holds and what it hears, and it tells the {@link Network} what to
 * send. It has no clock: each call says what time it is, in nanoseconds from any origin, which
 * never goes back. Whoever drives it calls {@link #run} when {@link #nextDeadline} has come, and
 * asks for that anew after any other call.
 *
 * <p>Nothing that is heard makes it throw, hold more than in proportion to what this node itself
 * holds, or send more than {@link ConvergeSettings#rate}.
 */
public final class Convergence {
  private final Voice voice;
  private final SortedMap<String, Conversation> products = new TreeMap<>();
  private int first;

  /**
   * Takes part in nothing yet, in a fleet of one.
   *
   * @param random where chance comes from; another one on each node
   */
  public Convergence(ConvergeSettings settings, Network network, RandomGenerator random) {
    this.voice = new Voice(settings, network, random);
  }

  /**
   * The products that this node takes part in; all others are forgotten.
   *
   * @throws IllegalArgumentException for an illegal name; nothing is changed then
   */
  public void subscribe(Set<String> names, long now) {
    for (String name : names) {
      String ignored = Names.requireLegal("product", name);
    }
    products.keySet().retainAll(names);
    for (String name : names) {
      if (!products.containsKey(name)) {
        products.put(name, new Conversation(name, voice, now));
      }
    }
    first = 0;
    settle();
  }

  /** How many members are alive, this one included: the more, the longer each waits for others. */
  public void fleet(int nodes) {
    voice.fleet(nodes);
  }

  /**
   * What this node holds of a key from now on: at the start for all that it holds, then at each
   * change, wherever it came from. Of a product that it does not take part in: ignored.
   */
  public void holds(String product, String key, Revision revision, long now) {
    Conversation conversation = products.get(product);
    if (conversation != null) {
      conversation.holds(key, revision, now);
      settle();
    }
  }

  /** This node holds nothing of a key any more, not even that it is deleted. */
  public void dropped(String product, String key, long now) {
    Conversation conversation = products.get(product);
    if (conversation != null) {
      conversation.dropped(key, now);
      settle();
    }
  }

  /**
   * An update or a deletion was seen on the network, whatever became of it here; so nobody needs to
   * broadcast it again.
   */
  public void heard(String product, String key, Revision revision, long now) {
    Conversation conversation = products.get(product);
    if (conversation == null || !conversation.heard(key, revision, now)) {
      voice.pace().heard(now);
      voice.counters().updatesHeard++;
    }
    postpone(now);
  }

  /**
   * A {@code config_digest} was seen on the network.
   *
   * @param payload what it said; where it can not be read that is counted
   */
  public void heardDigest(byte[] payload, long now) {
    if (voice.hearsItself(payload, now)) {
      return;
    }
    Optional<Digest> digest;
    try {
      digest = DigestReader.read(payload);
    } catch (RejectedException e) {
      voice.counters().malformed++;
      return;
    }
    if (digest.isEmpty()) {
      voice.counters().unknownFormat++;
      return;
    }
    heard(digest.get(), now);
  }

  /** The same with a payload that was read already, for a simulation of many nodes. */
  void heardDigest(byte[] payload, Digest digest, long now) {
    if (!voice.hearsItself(payload, now)) {
      heard(digest, now);
    }
  }

  private void heard(Digest digest, long now) {
    Conversation conversation = products.get(digest.product());
    if (conversation != null) {
      conversation.heard(digest, now);
    }
    postpone(now);
  }

  private void postpone(long now) {
    settle();
    boolean waits = false;
    for (Conversation conversation : products.values()) {
      waits |= conversation.waits();
    }
    if (!waits) {
      return;
    }
    long until = voice.pace().sharedAt(now, voice.windows());
    if (until > now) {
      for (Conversation conversation : products.values()) {
        conversation.postpone(until, now);
      }
    }
  }

  /** A start, a reconnection, a member that returned: let everybody say soon what it holds. */
  public void disturbed(long now) {
    for (Conversation conversation : products.values()) {
      conversation.disturbed(now);
    }
  }

  /** When {@link #run} has something to do; {@link Long#MAX_VALUE} for never. */
  public long nextDeadline() {
    long next = Long.MAX_VALUE;
    for (Conversation conversation : products.values()) {
      next = Math.min(next, conversation.next());
    }
    return next;
  }

  /** Does what is due: broadcasts one message at most, and may start pulls. */
  public void run(long now) {
    List<Conversation> due = new ArrayList<>(1);
    for (Conversation conversation : products.values()) {
      if (conversation.next() <= now) {
        due.add(conversation);
      }
    }
    // Each begins in turn: the first may take all that the pace allows.
    for (int i = 0; i < due.size(); i++) {
      due.get((first + i) % due.size()).run(now);
    }
    first = (first + 1) % Math.max(1, products.size());
    settle();
  }

  private void settle() {
    for (Conversation conversation : products.values()) {
      if (conversation.waits()) {
        return;
      }
    }
    voice.pace().idle();
  }

  /** What it did since its start. */
  public Status status() {
    return Status.of(voice.counters());
  }

  /** How each product stands that this node takes part in, by name. */
  public SortedMap<String, ProductStatus> products() {
    SortedMap<String, ProductStatus> all = new TreeMap<>();
    products.forEach((name, conversation) -> all.put(name, conversation.status()));
    return all;
  }
}
