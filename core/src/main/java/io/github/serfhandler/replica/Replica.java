package io.github.serfhandler.replica;

import io.github.serfhandler.config.Applied;
import io.github.serfhandler.config.ConfigStore;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.config.Revision;
import io.github.serfhandler.config.Trust;
import java.util.Optional;

/**
 * This node's copy of the configuration: an update comes in where it is trusted and the gate lets
 * it in, and those who watch hear of it. Thread-safe; a gate may run a program, so that receiving
 * an update can take as long as that.
 */
public final class Replica {
  private final ConfigStore store;
  private final Trust trust;
  private final Gate gate;
  private volatile Watcher watcher = new Watcher() {};

  /** A copy that nobody watches yet. */
  public Replica(ConfigStore store, Trust trust, Gate gate) {
    this.store = store;
    this.trust = trust;
    this.gate = gate;
  }

  /** From now on this one hears of it, and no other. */
  public void watch(Watcher other) {
    watcher = other;
  }

  /** Who hears of it. */
  public Watcher watcher() {
    return watcher;
  }

  /** The files. */
  public ConfigStore store() {
    return store;
  }

  /** Whose updates are taken. */
  public Trust trust() {
    return trust;
  }

  /**
   * Takes an update, and stores it where it is newer than what is held.
   *
   * @param origin how it came here, for people: {@code event}
   * @throws RejectedException where it is not trusted, the gate refuses it, or its file can not be
   * @throws InterruptedException where the thread was interrupted while it waited
   */
  public Applied receive(ConfigUpdate update, String origin) throws InterruptedException {
    Revision revision = update.revision();
    Optional<String> ignored =
        trust.requireTrusted(update.product(), update.key(), revision, update.signature());
    watcher.heard(update.product(), update.key(), revision);
    Optional<String> refusal = gate.refusal(update);
    if (refusal.isPresent()) {
      throw new RejectedException(refusal.get());
    }
    Applied applied = store.apply(update, origin);
    if (applied.changed()) {
      watcher.changed(update);
    }
    return applied;
  }
}
