package io.github.serfhandler.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Stateless: ends a process and all that it started, politely first. What made itself a daemon
 * before that (whose parent ended) can not be found and stays.
 */
public final class ProcessTree {
  /** From SIGTERM to SIGKILL. */
  public static final Duration PATIENCE = Duration.ofSeconds(2);

  /** From the first SIGKILL to giving up. */
  public static final Duration AFTER_KILL = Duration.ofSeconds(1);

  private static final int MOST_ROUNDS = 5;
  private static final long POLL_MILLIS = 10;

  private ProcessTree() {}

  /**
   * SIGTERM to all, SIGKILL after two seconds to what is left; at once when the caller's thread is
   * interrupted again. Returns after {@link #PATIENCE} and {@link #AFTER_KILL} at the latest.
   */
  static void end(Process root) {
    // Before the root ends: afterwards its children belong to somebody else.
    List<ProcessHandle> tree = new ArrayList<>();
    tree.add(root.toHandle());
    addDescendants(root.toHandle(), tree);
    for (ProcessHandle process : tree) {
      process.destroy();
    }
    try {
      awaitEnd(tree, PATIENCE);
    } catch (InterruptedException e) {
      // Somebody is in a hurry; the caller is being interrupted as it is.
      tree.removeIf(process -> !process.isAlive());
    }
    for (int round = 0; round < MOST_ROUNDS && !tree.isEmpty(); round++) {
      List<ProcessHandle> all = new ArrayList<>(tree);
      for (ProcessHandle process : tree) {
        addDescendants(process, all);
      }
      for (ProcessHandle process : all) {
        process.destroyForcibly();
      }
      tree = all;
      try {
        awaitEnd(tree, AFTER_KILL.dividedBy(MOST_ROUNDS));
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static void addDescendants(ProcessHandle process, List<ProcessHandle> tree) {
    Iterator<ProcessHandle> all = process.descendants().iterator();
    while (all.hasNext()) {
      ProcessHandle descendant = all.next();
      if (!tree.contains(descendant)) {
        tree.add(descendant);
      }
    }
  }

  /** Takes out of the list what has ended, until it is empty or the time is over. */
  private static void awaitEnd(List<ProcessHandle> tree, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    tree.removeIf(process -> !process.isAlive());
    while (!tree.isEmpty() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      tree.removeIf(process -> !process.isAlive());
    }
  }
}
