package io.github.serfhandler.config;

import io.github.serfhandler.config.PendingWrite.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One phase of the writes of a batch on a few threads, which end with it: a disk syncs several
 * files in little more time than one. Thread-safe; each write is done by one thread.
 */
final class ParallelWrites {
  private static final String NAME = "config-write";

  private final List<PendingWrite> writes;
  private final Phase phase;
  private final ConfigFiles files;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();

  ParallelWrites(List<PendingWrite> writes, Phase phase, ConfigFiles files) {
    this.writes = writes;
    this.phase = phase;
    this.files = files;
  }

  /**
   * Does all of them, whatever becomes of each, and waits for the threads, even where the caller is
   * interrupted. What a write threw is thrown then, the first of it.
   *
   * @param most how many threads at most
   * @return whether the caller was interrupted meanwhile; its interrupt status is cleared
   */
  boolean run(int most) {
    List<Thread> threads = new ArrayList<>(most);
    boolean interrupted = false;
    try {
      while (threads.size() < Math.min(most, writes.size())) {
        Thread thread = new Thread(this::workAlways, NAME);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
      }
    } catch (OutOfMemoryError e) {
      interrupted =
          work(); // The system gives no more threads: then with those that there are, and this one.
    }
    for (Thread thread : threads) {
      interrupted |= await(thread);
    }
    if (fault.get() != null) {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      rethrow(fault.get());
    }
    return interrupted;
  }

  private void workAlways() {
    boolean unused = work(); // Nobody asks these threads to end: they do soon.
  }

  /** Whether it was interrupted, and goes on. */
  private boolean work() {
    boolean interrupted = false;
    for (int i = next.getAndIncrement(); i < writes.size(); i = next.getAndIncrement()) {
      interrupted |= Thread.interrupted(); // An interrupt costs one write, not the following.
      try {
        writes.get(i).run(phase, files);
      } catch (RuntimeException | Error e) {
        if (!fault.compareAndSet(null, e)) {
          keep(e);
        }
      }
    }
    return interrupted;
  }

  private void keep(Throwable another) {
    Throwable first = fault.get();
    if (first != null && first != another) {
      first.addSuppressed(another);
    }
  }

  private static boolean await(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  private static void rethrow(@Nullable Throwable fault) {
    if (fault instanceof Error error) {
      throw error;
    }
    if (fault instanceof RuntimeException exception) {
      throw exception;
    }
  }
}
