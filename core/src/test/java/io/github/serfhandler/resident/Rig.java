package io.github.serfhandler.resident;

import io.github.serfhandler.catalog.GuardSettings;
import io.github.serfhandler.client.Backoff;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfClientOptions;
import io.github.serfhandler.config.ConfigStore;
import io.github.serfhandler.config.Trust;
import io.github.serfhandler.discovery.Discovery;
import io.github.serfhandler.discovery.FollowListener;
import io.github.serfhandler.discovery.FollowSettings;
import io.github.serfhandler.discovery.Follower;
import io.github.serfhandler.discovery.Interest;
import io.github.serfhandler.discovery.Journal;
import io.github.serfhandler.handler.SerfHandlerProxy;
import io.github.serfhandler.output.FileSpec;
import io.github.serfhandler.render.JsonRenderer;
import io.github.serfhandler.replica.Gate;
import io.github.serfhandler.replica.Replica;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.testing.RecordingLog;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What {@code agent} puts together, in the test's process. Thread-safe. */
final class Rig implements AutoCloseable {
  private static final FollowSettings PACE =
      new FollowSettings(
          Duration.ofMillis(20),
          Duration.ofMillis(50),
          Duration.ofSeconds(1),
          Duration.ofMillis(200));

  /** What is told of handlers; discovery has a log of its own. */
  final RecordingLog log = new RecordingLog();

  private final SerfClient client;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;

  /** Follows from now on. */
  Rig(InetSocketAddress agent, Path conf, ResidentSettings settings, SerfHandlerProxy proxy) {
    client =
        SerfClient.open(
            SerfClientOptions.builder()
                .address(agent)
                .commandTimeout(Duration.ofSeconds(10))
                .reconnect(new Backoff(Duration.ofMillis(20), Duration.ofMillis(200), 0.5))
                .build());
    Clock clock = Clock.systemUTC();
    FileStore store = new FileStore(clock, warning -> {});
    Interest interest = new Interest(Optional.empty(), List.of());
    ResidentHandlers handlers =
        new ResidentHandlers(
            client,
            proxy,
            settings,
            interest,
            replica(conf),
            conf,
            store,
            clock,
            System::nanoTime,
            log);
    FollowListener journal = new Journal(new RecordingLog(), "the agent", clock, status -> {});
    Discovery discovery =
        new Discovery(
            conf,
            interest,
            FileSpec.plain(conf, new JsonRenderer()),
            GuardSettings.DEFAULT,
            store,
            clock,
            warning -> {});
    Follower follower =
        new Follower(
            new io.github.serfhandler.discovery.RpcAgent(client),
            discovery,
            PACE,
            System::nanoTime,
            journal.andThen(handlers));
    thread = new Thread(() -> follow(follower, handlers), "rig");
    thread.start();
  }

  /** A copy of the configuration in a folder. */
  static Replica replica(Path folder) {
    FileStore store = new FileStore(Clock.systemUTC(), warning -> {});
    return new Replica(
        new ConfigStore(folder, store, Clock.systemUTC(), 10, notice -> {}),
        Trust.EVERYONE,
        Gate.OPEN);
  }

  /** The defaults of the settings. */
  static ResidentSettings settings() {
    return ResidentSettings.of(Duration.ofMinutes(1), 256, 1024);
  }

  private void follow(Follower follower, ResidentHandlers handlers) {
    try (handlers) {
      while (!stop.await(follower.step().toMillis(), TimeUnit.MILLISECONDS)) {
        handlers.writeStatus();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends in order. */
  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.close();
  }
}
