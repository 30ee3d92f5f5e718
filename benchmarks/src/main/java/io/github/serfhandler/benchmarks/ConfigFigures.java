package io.github.serfhandler.benchmarks;

import io.github.serfhandler.benchmarks.report.Figures;
import io.github.serfhandler.benchmarks.report.Report;
import io.github.serfhandler.config.Applied;
import io.github.serfhandler.config.ConfigStore;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.store.FileStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * 5,000 keys of configuration: how many updates go in, and what a resident process needs to know
 * them. Confined to one thread.
 */
final class ConfigFigures {
  private static final int KEYS = 5_000;
  private static final int BATCH = 100;
  private static final int STARTS = 7;

  private final Path folder;
  private final Report report;

  ConfigFigures(Path folder, Report report) {
    this.folder = folder;
    this.report = report;
  }

  void run() throws IOException, InterruptedException {
    Path confDir = folder.resolve("config");
    ConfigStore store =
        new ConfigStore(
            confDir,
            new FileStore(Clock.systemUTC(), report::note),
            Clock.systemUTC(),
            ConfigStore.DEFAULT_HISTORY,
            report::note);
    rate("updates, first versions in batches of 100", KEYS, batched(store, KEYS, 1));
    for (int version = 2; version <= 11; version++) {
      double unused = batched(store, BATCH, version);
    }
    // The disk's own speed, which other programs change: measured right beside.
    rate("the disk beside: write, fsync, rename of 2 KB", BATCH, disk());
    rate("updates, 11 versions known, in batches of 100", BATCH, batched(store, BATCH, 12));
    rate("the disk beside: write, fsync, rename of 2 KB", BATCH, disk());
    long begin = System.nanoTime();
    for (int key = 0; key < BATCH; key++) {
      require(store.apply(update(key, 13), "benchmark"));
    }
    rate("updates, 11 versions known, one by one", BATCH, (System.nanoTime() - begin) / 1e9);
    starts(confDir);
  }

  private double disk() throws IOException {
    byte[] bytes = new byte[2048];
    Path directory = Files.createDirectories(folder.resolve("disk"));
    long begin = System.nanoTime();
    for (int i = 0; i < BATCH; i++) {
      Path file = directory.resolve("new");
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(bytes));
        channel.force(true);
      }
      Files.move(file, directory.resolve("f" + i), StandardCopyOption.ATOMIC_MOVE);
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private static double batched(ConfigStore store, int keys, int version)
      throws InterruptedException {
    long begin = System.nanoTime();
    for (int first = 0; first < keys; first += BATCH) {
      List<ConfigUpdate> updates = new ArrayList<>();
      for (int key = first; key < first + BATCH; key++) {
        updates.add(update(key, version));
      }
      for (Applied applied : store.applyAll(updates, "benchmark")) {
        require(applied);
      }
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private static void require(Applied applied) {
    if (applied.result() != Applied.Result.APPLIED || applied.notice().isPresent()) {
      throw new IllegalStateException(String.valueOf(applied));
    }
  }

  /** Some 150 bytes. */
  private static ConfigUpdate update(int key, int version) {
    JsonObject content =
        JsonObject.builder()
            .put("user", "user" + key)
            .put("password", "not-a-secret-" + key * 31 + "-" + version)
            .put("url", "jdbc:postgresql://db" + key % 7 + ".example.org:5432/name")
            .put("pool", 10 + version)
            .build();
    return new ConfigUpdate("product1", "key-" + key, version, content);
  }

  private void rate(String what, int count, double seconds) {
    report.add(what, "/s", new Figures(count / seconds));
  }

  private void starts(Path confDir) throws IOException, InterruptedException {
    double[] ready = new double[STARTS];
    List<double[]> told = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      long begin = System.nanoTime();
      Process process =
          new ProcessBuilder(JavaCommand.resident(ConfigProgram.class, confDir.toString()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader output = process.inputReader(StandardCharsets.US_ASCII)) {
        if (!"ready".equals(output.readLine())) {
          throw new IOException("the index did not become ready");
        }
        ready[i] = (System.nanoTime() - begin) / 1e6;
        told.add(numbers(String.valueOf(output.readLine())));
      } finally {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
    }
    report.add("start of a JVM -> 5,000 keys known", "ms", new Figures(ready), 1000);
    report.add("a refresh where nothing changed", "ms", of(told, 0), 100);
    report.add("a refresh after one update", "ms", of(told, 1), 200);
    report.add("heap that the index takes", "KiB", of(told, 2), 3072);
    report.add("resident memory of that JVM", "MiB", of(told, 3), 80);
    report.add("the same before it did anything", "MiB", of(told, 4), 64);
  }

  private static Figures of(List<double[]> told, int which) {
    double[] values = new double[told.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = told.get(i)[which];
    }
    return new Figures(values);
  }

  private static double[] numbers(String line) {
    String[] words = line.split(" ", -1);
    double[] numbers = new double[words.length];
    for (int i = 0; i < words.length; i++) {
      numbers[i] = Double.parseDouble(words[i]);
    }
    return numbers;
  }
}
