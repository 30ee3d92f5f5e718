package io.github.serfhandler.benchmarks;

import io.github.serfhandler.benchmarks.report.Figures;
import io.github.serfhandler.config.ConfigIndex;
import io.github.serfhandler.config.ConfigStore;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.Revision;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.store.FileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A process that keeps the index of a configuration directory. Prints {@code ready}, then the
 * milliseconds of a refresh without and with a change, the KiB that the index takes, and the MiB of
 * the process at the end and at its begin.
 */
public final class ConfigProgram {
  private static final int REFRESHES = 20;

  private ConfigProgram() {}

  @SuppressWarnings("SystemOut") // The figures are what this program is for.
  public static void main(String[] args) throws IOException, InterruptedException {
    double before = residentMiB();
    Consumer<String> notices = System.err::println;
    ConfigStore store =
        new ConfigStore(
            Path.of(args[0]),
            new FileStore(Clock.systemUTC(), notices),
            Clock.systemUTC(),
            ConfigStore.DEFAULT_HISTORY,
            notices);
    ConfigIndex index = new ConfigIndex(store, Clock.systemUTC());
    require(index.refresh(List.of("product1")), 5000);
    System.out.println("ready");
    double[] quiet = new double[REFRESHES];
    double[] changed = new double[REFRESHES];
    for (int i = 0; i < REFRESHES; i++) {
      // Longer than the index distrusts the time of a file that was just written.
      LockSupport.parkNanos(150_000_000);
      ConfigIndex.Refreshed unused = index.refresh(List.of("product1"));
      long begin = System.nanoTime();
      require(index.refresh(List.of("product1")), 0);
      quiet[i] = (System.nanoTime() - begin) / 1e6;
      touch(store, index.key("product1", "key-4999").orElseThrow().revision().orElseThrow());
      begin = System.nanoTime();
      require(index.refresh(List.of("product1")), 1);
      changed[i] = (System.nanoTime() - begin) / 1e6;
    }
    long with = used();
    double resident = residentMiB();
    index.refresh(List.of());
    long without = used();
    System.out.println(
        String.format(
            Locale.ROOT,
            "%.2f %.2f %.1f %.1f %.1f",
            new Figures(quiet).median(),
            new Figures(changed).median(),
            (with - without) / 1024.0,
            resident,
            before));
  }

  private static void touch(ConfigStore store, Revision last) throws InterruptedException {
    JsonObject content = JsonObject.builder().put("touched", last.version()).build();
    ConfigUpdate update = new ConfigUpdate("product1", "key-4999", last.version() + 1, content);
    if (!store.apply(update, "benchmark").changed()) {
      throw new IllegalStateException("not applied");
    }
  }

  private static void require(ConfigIndex.Refreshed refreshed, int changes) {
    if (refreshed.changes().size() != changes || !refreshed.problems().isEmpty()) {
      throw new IllegalStateException(
          refreshed.changes().size() + " changes instead of " + changes);
    }
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static double residentMiB() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
      }
    }
    throw new IOException("no VmRSS");
  }
}
