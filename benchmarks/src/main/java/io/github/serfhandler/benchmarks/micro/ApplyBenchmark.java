package io.github.serfhandler.benchmarks.micro;

import io.github.serfhandler.config.Applied;
import io.github.serfhandler.config.ConfigStore;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.store.FileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One update of configuration of some 150 bytes: checked, recorded, synced, its file renamed. */
@State(Scope.Thread)
public class ApplyBenchmark {
  private static final int KEYS = 50;

  private Path folder = Path.of("");
  private ConfigStore store = store(folder);
  private long version;

  private static ConfigStore store(Path folder) {
    return new ConfigStore(
        folder,
        new FileStore(Clock.systemUTC(), warning -> {}),
        Clock.systemUTC(),
        ConfigStore.DEFAULT_HISTORY,
        warning -> {});
  }

  /** Begins with an empty folder. */
  @Setup
  public void prepare() throws IOException {
    folder = Files.createTempDirectory("apply");
    store = store(folder);
  }

  /** Removes the folder. */
  @TearDown
  public void remove() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** A newer version, which is applied. */
  @Benchmark
  public Applied newer() throws InterruptedException {
    version++;
    return store.apply(update(version), "benchmark");
  }

  /** An older version, which is told from the newer one and left. */
  @Benchmark
  public Applied older() throws InterruptedException {
    if (version == 0) {
      version = 1;
      Applied unused = store.apply(update(1_000_001), "benchmark");
    }
    return store.apply(update(1), "benchmark");
  }

  private static ConfigUpdate update(long version) {
    JsonObject content =
        JsonObject.builder()
            .put("user", "user" + version)
            .put("password", "not-a-secret-" + version)
            .put("url", "jdbc:postgresql://db.example.org:5432/name")
            .put("pool", 10)
            .build();
    return new ConfigUpdate("product1", "key-" + (version % KEYS), version, content);
  }
}
