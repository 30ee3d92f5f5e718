package io.github.serfhandler.etcd;

import io.github.serfhandler.source.SourceException;

/** Follows a source on the caller's thread until a listing has ended. */
final class GatedFeed {
  final RecordingFeed feed = new RecordingFeed();

  /** Follows it until another listing has ended, and interrupts it then. */
  void followOnce(EtcdSource source) {
    int before = feed.listings();
    Thread follower = Thread.currentThread();
    Thread watcher =
        new Thread(
            () -> {
              Sources.await(() -> feed.listings() > before);
              follower.interrupt();
            },
            "gate");
    watcher.setDaemon(true);
    watcher.start();
    try {
      source.follow(feed);
      throw new AssertionError("it ended by itself");
    } catch (InterruptedException e) {
      // As was asked for.
      return;
    } catch (SourceException e) {
      throw new AssertionError(e);
    }
  }
}
