package io.github.serfhandler.sync;

import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.client.TagChange;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Keeps the tag of the local agent that tells where this node serves its peers: a restarted agent
 * has lost it, and one that reloads its configuration (SIGHUP) forgets it. Confined to one thread
 * but for the agent's part of it, which can take seconds and has a thread of its own.
 */
final class PeerTag implements AutoCloseable {
  private static final long CLOSE_MILLIS = 1000;
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(10);

  private final SerfClient client;
  private final String value;
  private final LongSupplier nanoTime;
  private final Logger log;
  private final ExecutorService thread;
  private final AtomicBoolean underWay = new AtomicBoolean();
  private long next;
  private volatile String lastProblem = "";

  PeerTag(SerfClient client, String value, LongSupplier nanoTime, Logger log) {
    this.client = client;
    this.value = value;
    this.nanoTime = nanoTime;
    this.log = log;
    this.next = nanoTime.getAsLong();
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread made = new Thread(null, work, "config-peer-tag", 256 * 1024);
              made.setDaemon(true);
              return made;
            });
  }

  /** The tag has this value now. */
  void seen(String now) {
    long time = nanoTime.getAsLong();
    if (now.equals(value) || time - next < 0 || !underWay.compareAndSet(false, true)) {
      return;
    }
    next = time + BETWEEN_TRIES.toNanos();
    thread.execute(this::set);
  }

  private void set() {
    try {
      client.setTags(TagChange.none().set(Peers.TAG, value));
      lastProblem = "";
    } catch (SerfException e) {
      String problem = String.valueOf(e.getMessage());
      log.log(
          problem.equals(lastProblem) ? Level.DEBUG : Level.ERROR,
          "peers can not find this node: cannot set its tag "
              + Peers.TAG
              + "="
              + value
              + ": "
              + problem);
      lastProblem = problem;
    } finally {
      underWay.set(false);
    }
  }

  /** Takes the tag away, so that nobody looks for this node in vain; waits a second at most. */
  @Override
  public void close() {
    thread.execute(this::remove);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        var unused = thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void remove() {
    try {
      client.setTags(TagChange.none().delete(Peers.TAG));
    } catch (SerfException e) {
      // The agent is gone, and the tag with it.
      log.log(Level.DEBUG, String.valueOf(e.getMessage()));
    }
  }
}
