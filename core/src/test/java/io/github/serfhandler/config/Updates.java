package io.github.serfhandler.config;

import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.store.FileStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** What the tests of configuration begin with. */
final class Updates {
  private Updates() {}

  /** A version of product1/security. */
  static ConfigUpdate update(long version, String user) {
    return update("product1", "security", version, user);
  }

  static ConfigUpdate update(String product, String key, long version, String user) {
    return new ConfigUpdate(product, key, version, JsonObject.builder().put("user", user).build());
  }

  static ConfigStore store(Path confDir) {
    return new ConfigStore(confDir, files());
  }

  static ConfigStore impatient(Path confDir) {
    return new ConfigStore(confDir, files(), Duration.ofMillis(20));
  }

  private static FileStore files() {
    return new FileStore(
        Clock.systemUTC(),
        notice -> {
          throw new AssertionError(notice);
        });
  }
}
