package io.github.serfhandler.converge;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The keys of a product that another lacks and that this node will broadcast. Confined to one
 * thread. Keys and not messages: what is sent is what is held then, and there can not be more than
 * are held. They go in random order, so that two nodes at it do not send the same.
 */
final class Repairs {
  private final List<Held> waiting = new ArrayList<>(0);

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int size() {
    return waiting.size();
  }

  void add(Held held) {
    if (held.waiting == Held.NOT_WAITING) {
      held.waiting = waiting.size();
      waiting.add(held);
    }
  }

  /** Takes it out; whether it was among them. */
  boolean remove(Held held) {
    if (held.waiting == Held.NOT_WAITING) {
      return false;
    }
    Held last = waiting.remove(waiting.size() - 1);
    if (last != held) {
      waiting.set(held.waiting, last);
      last.waiting = held.waiting;
    }
    held.waiting = Held.NOT_WAITING;
    return true;
  }

  void clear() {
    for (Held held : waiting) {
      held.waiting = Held.NOT_WAITING;
    }
    waiting.clear();
  }

  /** Takes any out; there must be one. */
  Held take(RandomGenerator random) {
    Held held = waiting.get(random.nextInt(waiting.size()));
    if (!remove(held)) {
      throw new IllegalStateException("a repair that does not wait");
    }
    return held;
  }
}
