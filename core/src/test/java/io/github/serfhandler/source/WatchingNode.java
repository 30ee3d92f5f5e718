package io.github.serfhandler.source;

import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfClientOptions;
import io.github.serfhandler.config.ConfigStore;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.Revision;
import io.github.serfhandler.config.Trust;
import io.github.serfhandler.publish.MessageLimits;
import io.github.serfhandler.publish.Pace;
import io.github.serfhandler.publish.Publisher;
import io.github.serfhandler.replica.Gate;
import io.github.serfhandler.replica.Replica;
import io.github.serfhandler.source.KeyLayout.Place;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.testing.RecordingLog;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A node with an intake and a copy of its own, whose time stands still and which sends nothing. */
final class WatchingNode implements AutoCloseable {
  final Replica replica;
  final SourceIntake intake;
  final Known known;
  final Outbox outbox;
  private final RecordingLog log = new RecordingLog();
  final List<String> lines = log.lines();
  private final SerfClient client = SerfClient.open(SerfClientOptions.builder().build());
  private long now;

  WatchingNode(Path directory, ConfigSource source, Deletes deletes) {
    this(directory, source, deletes, Gate.OPEN);
  }

  WatchingNode(Path directory, ConfigSource source, Deletes deletes, Gate gate) {
    FileStore files = new FileStore(Clock.systemUTC(), lines::add);
    ConfigStore store = new ConfigStore(directory, files, Clock.systemUTC(), 2, lines::add);
    replica = new Replica(store, Trust.EVERYONE, gate);
    Copy copy = new Copy(replica, Optional.empty(), this::foreign);
    Publisher publisher = new Publisher(client, MessageLimits.DEFAULT);
    outbox =
        new Outbox(copy, publisher, new Pace(client, System::nanoTime, Duration.ofSeconds(1)), log);
    known = new Known(source.name(), files, directory.resolve("watch/memory.json"));
    Optional<String> ignored = known.load();
    SourceIntake.Fit fit =
        update -> {
          Publisher.Way unused = publisher.wayOf(update, "node1", false);
        };
    intake =
        new SourceIntake(
            source,
            known,
            new SourceIntake.Shared(copy, fit, outbox, deletes, true, () -> now, () -> {}, log));
    replica.watch(copy);
  }

  private void foreign(Place place, Revision revision) {
    intake.foreign(place, revision);
  }

  /** Lets time pass until all that waits to be compared was compared. */
  void settle() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      now += TimeUnit.MINUTES.toNanos(11);
      for (int j = 0; j < 10; j++) {
        intake.recheck(now);
      }
    }
  }

  /** Lets time pass. */
  void pass(Duration time) {
    now += time.toNanos();
  }

  /** Compares what is due now. */
  void recheckNow() throws InterruptedException {
    intake.recheck(now);
  }

  /** The newest version of a key; empty where there is none. */
  Optional<ConfigUpdate> newest(String name) throws InterruptedException {
    Place place = Place.parse(name);
    return replica.newest(place.product(), place.key());
  }

  /** Its content as compact JSON; {@code ""} where it is deleted or was never there. */
  String content(String name) throws InterruptedException {
    Optional<ConfigUpdate> update = newest(name);
    return update.isEmpty() || update.get().isDeletion()
        ? ""
        : update.get().content().orElseThrow().compact();
  }

  long version(String name) throws InterruptedException {
    Optional<ConfigUpdate> update = newest(name);
    return update.isEmpty() ? -1 : update.get().version();
  }

  /** The lines that people see, without those for debugging. */
  List<String> warnings() {
    List<String> found = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("WARNING ")) {
        found.add(line.substring("WARNING ".length()));
      }
    }
    return found;
  }

  @Override
  public void close() {
    client.close();
  }
}
