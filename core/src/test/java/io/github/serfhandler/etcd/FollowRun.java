package io.github.serfhandler.etcd;

import io.github.serfhandler.source.ConfigSource;
import io.github.serfhandler.source.SourceException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs a source on a thread of its own, again and again with a pause, until it is closed. */
final class FollowRun implements AutoCloseable {
  private static final long PAUSE_MILLIS = 50;

  final RecordingFeed feed = new RecordingFeed();
  final List<String> failures = new CopyOnWriteArrayList<>();
  final EtcdSource source;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Throwable bug;

  private FollowRun(EtcdSource source, boolean again) {
    this.source = source;
    this.thread = new Thread(() -> run(source, again), "follow");
    thread.setDaemon(true);
    thread.start();
  }

  static FollowRun of(EtcdSource source) {
    return new FollowRun(source, true);
  }

  /** One call of it. */
  static FollowRun once(EtcdSource source) {
    return new FollowRun(source, false);
  }

  void interrupt() {
    thread.interrupt();
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  /** Ends it as a runner does: closed, then waited for. */
  void end() {
    ended.countDown();
    source.close();
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      throw new AssertionError("follow does not end after close");
    }
    if (bug != null) {
      throw new AssertionError("follow threw", bug);
    }
  }

  @Override
  public void close() {
    end();
  }

  private void run(ConfigSource from, boolean again) {
    try {
      do {
        try {
          from.follow(feed);
        } catch (SourceException e) {
          failures.add(String.valueOf(e.getMessage()));
          // Where a test waits in vain, this tells why.
          Sources.LOG.log(System.Logger.Level.INFO, "follow: " + e.getMessage());
        }
      } while (again && !ended.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      failures.add("interrupted");
    } catch (RuntimeException | Error e) {
      bug = e;
    }
  }
}
