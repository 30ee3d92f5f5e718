package io.github.serfhandler.config;

import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.store.FileStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Consumer;

/** What the tests of configuration begin with. */
final class Updates {
  /** Its time, as records tell it. */
  static final String TIME = "2026-11-25T08:30:00Z";

  static final Clock CLOCK = Clock.fixed(Instant.parse(TIME), ZoneOffset.UTC);

  private Updates() {}

  /** A version of product1/security. */
  static ConfigUpdate update(long version, String user) {
    return update("product1", "security", version, user);
  }

  static ConfigUpdate update(String product, String key, long version, String user) {
    return new ConfigUpdate(product, key, version, JsonObject.builder().put("user", user).build());
  }

  static ConfigUpdate deletion(long version) {
    return ConfigUpdate.ofDeletion("product1", "security", version);
  }

  /** A store that has nothing to tell. */
  static ConfigStore store(Path confDir) {
    return store(confDir, Updates::none);
  }

  static ConfigStore store(Path confDir, Consumer<String> notices) {
    return store(confDir, ConfigStore.DEFAULT_HISTORY, notices);
  }

  static ConfigStore store(Path confDir, int history, Consumer<String> notices) {
    return new ConfigStore(confDir, files(), CLOCK, history, notices);
  }

  static ConfigStore impatient(Path confDir) {
    return store(confDir, new ConfigFiles(files().batch()), Duration.ofMillis(20), 1000);
  }

  static ConfigStore store(Path confDir, ConfigFiles steps, Duration patience, int maxRecords) {
    return new ConfigStore(
        confDir,
        files(),
        CLOCK,
        ConfigStore.DEFAULT_HISTORY,
        Updates::none,
        new ConfigStore.Inside(steps, patience, maxRecords));
  }

  static FileStore files() {
    return new FileStore(Clock.systemUTC(), Updates::none);
  }

  private static void none(String notice) {
    throw new AssertionError(notice);
  }
}
