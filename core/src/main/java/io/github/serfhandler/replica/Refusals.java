package io.github.serfhandler.replica;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.serfhandler.config.ConfigUpdate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The newest version of each key that the gate refused, for people to see. Thread-safe; of more
 * than {@value #MOST} the oldest is forgotten.
 */
final class Refusals {
  static final int MOST = 1000;

  @GuardedBy("this")
  private final Map<String, Long> versions = new LinkedHashMap<>();

  synchronized void refused(ConfigUpdate update) {
    String name = name(update.product(), update.key());
    Long before = versions.remove(name);
    versions.put(name, before == null ? update.version() : Math.max(before, update.version()));
    if (versions.size() > MOST) {
      versions.remove(versions.keySet().iterator().next());
    }
  }

  synchronized void accepted(ConfigUpdate update) {
    String name = name(update.product(), update.key());
    Long before = versions.get(name);
    if (before != null && before <= update.version()) {
      versions.remove(name);
    }
  }

  synchronized Optional<Long> of(String product, String key) {
    return Optional.ofNullable(versions.get(name(product, key)));
  }

  private static String name(String product, String key) {
    return product + "/" + key;
  }
}
