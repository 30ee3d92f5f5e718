package io.github.serfhandler.config;

import static io.github.serfhandler.config.Updates.store;
import static io.github.serfhandler.config.Updates.update;

import io.github.serfhandler.client.Payload;
import io.github.serfhandler.store.FileStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Applies updates in a process of its own. */
final class ConfigProbe {
  private ConfigProbe() {}

  /** Prints {@code started}, then does as told: see the methods. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) throws IOException, InterruptedException {
    Path confDir = Path.of(args[1]);
    if (args[0].equals("hold")) {
      hold(confDir);
    } else if (args[0].equals("loop")) {
      int go = System.in.read();
      System.out.println("started " + go);
      loop(confDir, args[2]);
    } else if (args[0].equals("mix")) {
      System.out.println("started");
      mix(confDir, Integer.parseInt(args[2]), Integer.parseInt(args[3]));
      System.out.println("done");
    } else {
      System.out.println("started");
      apply(confDir, Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    }
  }

  /** {@code hold DIR}: takes the lock and keeps it until the standard input ends. */
  @SuppressWarnings("SystemOut")
  private static void hold(Path confDir) throws IOException, InterruptedException {
    ConfigLock.Held held = new ConfigLock(confDir, ConfigLock.WAIT).take();
    System.out.println("started");
    int end = System.in.read();
    held.release();
    System.out.println("released " + end);
  }

  /**
   * {@code apply DIR FIRST LAST}: every second version from FIRST to LAST, looking after each that
   * the file is not older, and prints how many it wrote.
   */
  @SuppressWarnings("SystemOut")
  private static void apply(Path confDir, int first, int last)
      throws IOException, InterruptedException {
    Path file = confDir.resolve("product1/security.json");
    ConfigStore store = store(confDir);
    int changes = 0;
    for (int version = first; version <= last; version += 2) {
      changes += store.apply(update(version, "u" + version), "test").changed() ? 1 : 0;
      long now = ConfigUpdate.ofFile("product1", "security", Files.readAllBytes(file)).version();
      if (now < version) {
        throw new IllegalStateException("version " + now + " after version " + version);
      }
    }
    System.out.println(changes);
  }

  /**
   * {@code loop DIR KEY}: waits for a byte, then applies ever higher versions of some keys, the
   * given one among them, alone and in batches, until killed. Prints {@code at work} after the
   * first, so that it is killed while it writes and not while its classes are loaded.
   */
  @SuppressWarnings("SystemOut")
  private static void loop(Path confDir, String key) throws InterruptedException {
    ConfigStore store =
        new ConfigStore(confDir, Updates.files(), Clock.systemUTC(), 3, notice -> {});
    long version = 0;
    for (String known : KEYS) {
      Optional<ConfigRecord> found = store.record("product1", known);
      version = Math.max(version, found.isEmpty() ? 0 : found.get().newest().revision().version());
    }
    boolean told = false;
    while (true) {
      version++;
      if (version % 4 == 0) {
        List<ConfigUpdate> batch = new ArrayList<>();
        for (String known : KEYS) {
          batch.add(of(known, version));
        }
        batch.add(of(key, version));
        List<Applied> unused = store.applyAll(batch, "test");
      } else {
        Applied unused = store.apply(of(KEYS.get((int) (version % KEYS.size())), version), "test");
      }
      if (!told) {
        told = true;
        System.out.println("at work");
      }
    }
  }

  /** {@code mix DIR FIRST END}: every second version of all keys, alone and in batches. */
  private static void mix(Path confDir, int first, int end) throws InterruptedException {
    ConfigStore store = store(confDir);
    for (int version = first; version < end; version += 2) {
      List<ConfigUpdate> batch = new ArrayList<>();
      for (String key : KEYS) {
        batch.add(of(key, version));
      }
      Applied alone = store.apply(batch.get(version % KEYS.size()), "test");
      for (Applied applied : store.applyAll(batch, "test")) {
        if (applied.stored().version() < version || applied.notice().isPresent()) {
          throw new IllegalStateException(applied + " after " + alone);
        }
      }
    }
  }

  /** The keys that each loop goes on with. */
  static final List<String> KEYS = List.of("a", "b", "c");

  /** What a loop makes of a version: each fifth one is a deletion; some are long. */
  static ConfigUpdate of(String key, long version) {
    return version % 5 == 0
        ? ConfigUpdate.ofDeletion("product1", key, version)
        : update("product1", key, version, "u".repeat((int) (version % 7) * 3000 + 1));
  }

  /** The command line that runs this class in a Java of its own. */
  static List<String> command(String... args) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                place(FileStore.class)
                    + ":"
                    + place(Payload.class)
                    + ":"
                    + place(ConfigProbe.class),
                ConfigProbe.class.getName()));
    command.addAll(List.of(args));
    return command;
  }

  private static String place(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }
}
