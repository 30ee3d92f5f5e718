package io.github.serfhandler.source;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was told of names, so that it is told once as long as it stays so. Thread-safe; of more than
 * {@value #MOST} the oldest is forgotten.
 */
final class Told {
  static final int MOST = 1000;

  @GuardedBy("this")
  private final Map<String, String> reasons = new LinkedHashMap<>();

  /** Whether this is to be told: nothing or something else was told of the name before. */
  synchronized boolean isNew(String name, String reason) {
    boolean fresh = !reason.equals(reasons.put(name, reason));
    if (reasons.size() > MOST) {
      reasons.remove(reasons.keySet().iterator().next());
    }
    return fresh;
  }

  /** All is well with the name. */
  synchronized void forget(String name) {
    reasons.remove(name);
  }
}
