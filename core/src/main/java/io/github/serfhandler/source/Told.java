package io.github.serfhandler.source;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Map;

/**
 * What was told of names, so that it is told once as long as it stays so. Thread-safe. Of more than
 * {@value #MOST} names nothing is told: whoever can name things could fill the log.
 */
final class Told {
  static final int MOST = 1000;

  @GuardedBy("this")
  private final Map<String, String> reasons = new HashMap<>();

  /** Whether this is to be told: nothing or something else was told of the name before. */
  synchronized boolean isNew(String name, String reason) {
    if (reasons.size() >= MOST && !reasons.containsKey(name)) {
      return false;
    }
    return !reason.equals(reasons.put(name, reason));
  }

  /** All is well with the name. */
  synchronized void forget(String name) {
    reasons.remove(name);
  }

  /** Whether nothing is told of further names. */
  synchronized boolean isFull() {
    return reasons.size() >= MOST;
  }
}
