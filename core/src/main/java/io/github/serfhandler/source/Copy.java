package io.github.serfhandler.source;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.Revision;
import io.github.serfhandler.config.SigningKey;
import io.github.serfhandler.replica.Replica;
import io.github.serfhandler.replica.Watcher;
import io.github.serfhandler.source.KeyLayout.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * This node's copy of the configuration, as sources bring updates into it. Thread-safe; who decides
 * by what is held takes {@link #lock} around deciding and bringing.
 */
final class Copy implements Watcher {
  /** Who hears of what others brought into the copy. */
  interface Listener {
    /** Called on any thread; must not block. */
    void foreign(Place place, Revision revision);
  }

  private final Replica replica;
  private final Optional<SigningKey> key;
  private final Listener listener;

  /** Fair: a flood of changes is not to keep out what is compared once more. */
  final ReentrantLock lock = new ReentrantLock(true);

  @GuardedBy("lock")
  private final List<Place> brought = new ArrayList<>();

  Copy(Replica replica, Optional<SigningKey> key, Listener listener) {
    this.replica = replica;
    this.key = key;
    this.listener = listener;
  }

  /** From now on the copy has this product, whatever this node is subscribed to. */
  void keep(String product) {
    replica.keep(product);
  }

  /** What an update has to be newer than; throws as {@code ConfigStore.newest}. */
  Optional<Revision> newest(Place place) throws InterruptedException {
    return replica.store().newest(place.product(), place.key());
  }

  /** The newest version with its content; empty where there is none. */
  Optional<ConfigUpdate> update(Place place) throws InterruptedException {
    return replica.newest(place.product(), place.key());
  }

  /** With the signature of whoever publishes here. */
  ConfigUpdate signed(ConfigUpdate update) {
    return key.isPresent() ? key.get().sign(update) : update;
  }

  /**
   * Immutable: what became of updates.
   *
   * @param changed those that count from now on
   * @param refused those that the copy does not take
   */
  record Brought(Set<Place> changed, List<Replica.Refused> refused) {}

  /** Brings updates into the copy; throws as {@link Replica#receiveAll}. */
  Brought bring(List<ConfigUpdate> updates, String origin) throws InterruptedException {
    lock.lock();
    try {
      brought.clear();
      Replica.Batch batch = replica.receiveAll(updates, origin);
      return new Brought(new LinkedHashSet<>(brought), batch.refused());
    } finally {
      lock.unlock();
    }
  }

  @Override
  @SuppressWarnings("GuardedBy") // The lock is held where it is asked for.
  public void changed(String product, String key, Revision revision) {
    Place place = new Place(product, key);
    if (lock.isHeldByCurrentThread()) {
      brought.add(place);
    } else {
      listener.foreign(place, revision);
    }
  }
}
