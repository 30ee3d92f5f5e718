package io.github.serfhandler.app.wiring;

import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.replica.Watcher;
import io.github.serfhandler.rule.Change;
import java.nio.file.Path;

/** Tells those who react what has changed in a node's copy. Thread-safe. */
final class RuleChanges implements Watcher {
  /** Who reacts. */
  interface Listener {
    /** Something has changed. */
    void changed(Change change);
  }

  private final Path confDir;
  private final Listener listener;

  RuleChanges(Path confDir, Listener listener) {
    this.confDir = confDir;
    this.listener = listener;
  }

  @Override
  public void changed(ConfigUpdate update) {
    Path file = confDir.resolve(update.product()).resolve(update.key() + ".json");
    listener.changed(
        new Change(update.product(), update.key(), update.version(), update.isDeletion(), file));
  }
}
