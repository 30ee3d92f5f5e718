package io.github.serfhandler.config;

import static io.github.serfhandler.config.Updates.store;
import static io.github.serfhandler.config.Updates.update;

import io.github.serfhandler.client.Payload;
import io.github.serfhandler.store.FileStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Applies updates in a process of its own. */
final class ConfigProbe {
  private ConfigProbe() {}

  /** Prints {@code started}, then does as told: see the methods. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) throws IOException, InterruptedException {
    Path confDir = Path.of(args[1]);
    if (args[0].equals("hold")) {
      hold(confDir);
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

  /** The command line that runs this class in a Java of its own. */
  static List<String> command(String... args) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
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
