package io.github.serfhandler.app.wiring;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.serfhandler.config.Revision;
import io.github.serfhandler.replica.Watcher;
import io.github.serfhandler.rule.Change;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells those who react what has changed in a node's copy, each revision of a key once though it
 * may be told by several. Thread-safe.
 */
final class RuleChanges implements Watcher {
  /** Who reacts. */
  interface Listener {
    /** Something has changed. */
    void changed(Change change);
  }

  private final Path confDir;
  private final Listener listener;

  /** What was told last of each key; as many as the store can have. */
  @GuardedBy("this")
  private final Map<String, Revision> told = new HashMap<>();

  RuleChanges(Path confDir, Listener listener) {
    this.confDir = confDir;
    this.listener = listener;
  }

  @Override
  public void changed(String product, String key, Revision revision) {
    synchronized (this) {
      if (revision.equals(told.put(product + "/" + key, revision))) {
        return;
      }
    }
    Path file = confDir.resolve(product).resolve(key + ".json");
    listener.changed(new Change(product, key, revision.version(), revision.deleted(), file));
  }
}
