package io.github.serfhandler.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Two watchers that both believe to be the one that publishes, over a store that changes, is
 * rebuilt and is told late, with gossip that loses messages, and with people who publish past the
 * store: in the end both hold what the store says.
 */
class SourceIntakePropertyTest {
  private static final List<String> KEYS = List.of("shop/a", "shop/b", "search/a");

  /** A watcher and how far it has read what the store did. */
  private static final class Watcher {
    final WatchingNode node;
    int read;

    Watcher(WatchingNode node) {
      this.node = node;
    }
  }

  private final List<Watcher> watchers = new ArrayList<>();
  private MemoryStore store = new MemoryStore();
  private Random random = new Random(0);
  private int ages;

  @Property(tries = 60)
  void allEndWithWhatTheStoreSays(@ForAll long seed, @ForAll boolean numbered) throws Exception {
    Path directory = Files.createTempDirectory("watchers");
    random = new Random(seed);
    store = new MemoryStore(numbered);
    watchers.clear();
    try {
      for (int i = 0; i < 2; i++) {
        Path own = directory.resolve("node" + i);
        watchers.add(new Watcher(new WatchingNode(own, store, Deletes.ALL)));
      }
      for (int i = 0; i < 40; i++) {
        step();
      }
      end();
    } finally {
      for (Watcher watcher : watchers) {
        watcher.node.close();
      }
      delete(directory);
    }
  }

  private void step() throws Exception {
    Watcher watcher = watchers.get(random.nextInt(2));
    String key = KEYS.get(random.nextInt(KEYS.size()));
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> store.put(key, "{\"a\":" + random.nextInt(4) + "}");
      case 3 -> store.delete(key);
      case 4 -> follow(watcher);
      case 5 -> list(watcher);
      case 6 -> gossip(watcher, key);
      case 7 -> watcher.node.settle();
      case 8 -> byHand(watcher, key);
      default -> {
        if (random.nextInt(4) == 0) {
          store.rebuild("age" + ages++);
          for (Watcher each : watchers) {
            each.read = 0;
          }
        }
      }
    }
  }

  /** Tells one or more of what the store did and this one has not read yet. */
  private void follow(Watcher watcher) throws InterruptedException {
    List<SourceEntry> log = store.log();
    if (watcher.read < log.size()) {
      int to = watcher.read + 1 + random.nextInt(log.size() - watcher.read);
      watcher.node.intake.changed(log.subList(watcher.read, to));
      watcher.read = to;
    }
  }

  private void list(Watcher watcher) throws InterruptedException {
    store.list(watcher.node.intake);
    watcher.read = store.log().size();
  }

  /** The other one hears of a key, or of nothing: gossip may lose it. */
  private void gossip(Watcher from, String key) throws InterruptedException {
    Optional<ConfigUpdate> update = from.node.newest(key);
    if (update.isPresent()) {
      for (Watcher other : watchers) {
        if (other != from) {
          other.node.replica.receive(update.get(), "event");
        }
      }
    }
  }

  private void byHand(Watcher watcher, String key) throws InterruptedException {
    long version = Math.max(0, watcher.node.version(key)) + 1 + random.nextInt(3);
    watcher.node.replica.receive(
        new ConfigUpdate(
            product(key),
            name(key),
            version,
            JsonObject.builder().put("hand", random.nextInt(3)).build()),
        "event");
  }

  private static String product(String key) {
    return KeyLayout.Place.parse(key).product();
  }

  private static String name(String key) {
    return KeyLayout.Place.parse(key).key();
  }

  /** No more changes; the digests bring everything to everyone, and both compare. */
  private void end() throws Exception {
    for (Watcher watcher : watchers) {
      list(watcher);
    }
    for (int round = 0; round < 6; round++) {
      for (Watcher watcher : watchers) {
        for (String key : KEYS) {
          gossip(watcher, key);
        }
        watcher.node.settle();
      }
    }
    for (String key : KEYS) {
      Optional<SourceEntry> stored = store.read(product(key), name(key));
      String first = watchers.get(0).node.content(key);
      assertThat(watchers.get(1).node.newest(key)).isEqualTo(watchers.get(0).node.newest(key));
      if (stored.isPresent()) {
        assertThat(first).isEqualTo(stored.get().value().orElseThrow().text());
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
