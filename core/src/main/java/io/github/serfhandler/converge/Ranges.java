package io.github.serfhandler.converge;

import io.github.serfhandler.config.Revision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this node holds of a product, by the hash of the key, with the sum of any prefix in a few
 * steps. Confined to one thread. A tree of 16 branches a level, whose ends hold up to {@link #END}
 * keys; a change adjusts the sums on its way down. Two names with one hash (some 2^32 trials find
 * such a pair) can not be told apart: the smaller name takes part, on every node.
 */
final class Ranges {
  /** The most keys of an end that could be divided further. */
  static final int END = 16;

  /** A part of the tree: either it has branches, or it is an end with keys. */
  private static final class Part {
    private long hash;
    private int count;
    private @Nullable Part @Nullable [] branches;
    private List<Held> end = new ArrayList<>(1);
  }

  private final Part root = new Part();

  /** Of all. */
  Sum sum() {
    return new Sum(root.hash, root.count);
  }

  /** Of those under a prefix. */
  Sum sum(Prefix prefix) {
    Part part = root;
    for (int depth = 0; depth < prefix.digits(); depth++) {
      @Nullable Part[] branches = part.branches;
      if (branches == null) {
        return sumOfEnd(part, prefix);
      }
      Part next = branches[Prefix.digit(prefix.bits(), depth)];
      if (next == null) {
        return Sum.NONE;
      }
      part = next;
    }
    return new Sum(part.hash, part.count);
  }

  /** What is held under a prefix, in the order of the keys' hashes without sign. */
  List<Held> within(Prefix prefix) {
    List<Held> found = new ArrayList<>();
    Part part = root;
    int depth = 0;
    while (part.branches != null && depth < prefix.digits()) {
      Part next = part.branches[Prefix.digit(prefix.bits(), depth)];
      if (next == null) {
        return found;
      }
      part = next;
      depth++;
    }
    ArrayDeque<Part> open = new ArrayDeque<>();
    open.push(part);
    while (!open.isEmpty()) {
      Part one = open.pop();
      for (Held held : one.end) {
        if (prefix.holds(held.line().key())) {
          found.add(held);
        }
      }
      if (one.branches != null) {
        for (Part branch : one.branches) {
          if (branch != null) {
            open.push(branch);
          }
        }
      }
    }
    found.sort(Comparator.comparing(held -> held.line().key(), Long::compareUnsigned));
    return found;
  }

  /** What is held of a key's hash. */
  @Nullable Held find(long key) {
    Part part = root;
    for (int depth = 0; part.branches != null; depth++) {
      Part next = part.branches[Prefix.digit(key, depth)];
      if (next == null) {
        return null;
      }
      part = next;
    }
    for (Held held : part.end) {
      if (held.line().key() == key) {
        return held;
      }
    }
    return null;
  }

  /** Adds one whose key is not held yet. */
  void add(Held held) {
    long key = held.line().key();
    Part part = root;
    int depth = 0;
    count(part, held.hash(), 1);
    while (part.branches != null) {
      part = branch(part.branches, Prefix.digit(key, depth));
      count(part, held.hash(), 1);
      depth++;
    }
    part.end.add(held);
    // Of the branches of an end that has just become too large, only one can be too large again.
    while (part.count > END && depth < Prefix.MAX_DIGITS) {
      part = branch(divide(part, depth), Prefix.digit(key, depth));
      depth++;
    }
  }

  /** Gives one another revision. */
  void become(Held held, Revision revision) {
    long before = held.hash();
    held.become(revision);
    adjust(held.line().key(), held.hash() - before, 0);
  }

  /** Takes one out that is held. */
  void remove(Held held) {
    Part end = adjust(held.line().key(), -held.hash(), -1);
    end.end.remove(held);
  }

  private Part adjust(long key, long hash, int count) {
    Part part = root;
    count(part, hash, count);
    for (int depth = 0; part.branches != null; depth++) {
      part = branch(part.branches, Prefix.digit(key, depth));
      count(part, hash, count);
    }
    return part;
  }

  private static void count(Part part, long hash, int count) {
    part.hash += hash;
    part.count += count;
  }

  private static Part branch(@Nullable Part[] branches, int digit) {
    Part branch = branches[digit];
    if (branch == null) {
      branch = new Part();
      branches[digit] = branch;
    }
    return branch;
  }

  private static @Nullable Part[] divide(Part part, int depth) {
    @Nullable Part[] branches = new Part[Prefix.FANOUT];
    for (Held held : part.end) {
      Part branch = branch(branches, Prefix.digit(held.line().key(), depth));
      count(branch, held.hash(), 1);
      branch.end.add(held);
    }
    part.end = List.of();
    part.branches = branches;
    return branches;
  }

  private static Sum sumOfEnd(Part part, Prefix prefix) {
    long hash = 0;
    int count = 0;
    for (Held held : part.end) {
      if (prefix.holds(held.line().key())) {
        hash += held.hash();
        count++;
      }
    }
    return new Sum(hash, count);
  }
}
