package io.github.serfhandler.replica;

import io.github.serfhandler.config.Announcement;
import io.github.serfhandler.config.Applied;
import io.github.serfhandler.config.ConfigRecord;
import io.github.serfhandler.config.ConfigStore;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.Head;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.config.Revision;
import io.github.serfhandler.config.Trust;
import io.github.serfhandler.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * This node's copy of the configuration: an update comes in where it is trusted and the gate lets
 * it in, and those who watch hear of it. Thread-safe; a gate may run a program, so that receiving
 * an update can take as long as that.
 */
public final class Replica {
  private final ConfigStore store;
  private final Trust trust;
  private final Gate gate;
  private final Refusals refusals = new Refusals();
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final Set<String> kept = ConcurrentHashMap.newKeySet();
  private final FileInventory files;
  private volatile Inventory inventory;

  /** A copy that nobody watches yet. */
  public Replica(ConfigStore store, Trust trust, Gate gate) {
    this.store = store;
    this.trust = trust;
    this.gate = gate;
    this.files = new FileInventory(store);
    this.inventory = files;
  }

  /** From now on this one hears of it, too. */
  public void watch(Watcher watcher) {
    watchers.add(watcher);
  }

  /**
   * From now on the status of products is answered from an index instead of the files. That of a
   * key always is what its files say: whoever publishes next makes a version of it, and an index
   * may be behind.
   */
  public void index(Inventory other) {
    inventory = other;
  }

  /** From now on a product is kept here, whether or not this node is subscribed to it. */
  public void keep(String product) {
    if (kept.add(product)) {
      for (Watcher watcher : watchers) {
        watcher.kept();
      }
    }
  }

  /** Whether a product is kept here though this node may not be subscribed to it. */
  public boolean keeps(String product) {
    return kept.contains(product);
  }

  /** The products that are kept here, together with those that are given. */
  public Set<String> withKept(Set<String> products) {
    if (kept.isEmpty()) {
      return products;
    }
    Set<String> all = new HashSet<>(products);
    all.addAll(kept);
    return Set.copyOf(all);
  }

  /** The files. */
  public ConfigStore store() {
    return store;
  }

  /**
   * Takes an update, and stores it where it is newer than what is held.
   *
   * @param origin how it came here, for people: {@code event}
   * @throws RejectedException where it is not trusted, the gate refuses it, or its file can not be
   * @throws io.github.serfhandler.store.StoreException where a file can not be written
   * @throws InterruptedException where the thread was interrupted while it waited
   */
  public Applied receive(ConfigUpdate update, String origin) throws InterruptedException {
    Applied applied = store.apply(update, admitted(update, origin));
    taken(update, applied);
    return applied;
  }

  /**
   * Immutable: what became of a batch.
   *
   * @param changed how many count from now on
   * @param held how many were held already, or older than what is
   * @param refused the others
   */
  public record Batch(int changed, int held, List<Refused> refused) {
    public Batch {
      refused = List.copyOf(refused);
    }
  }

  /**
   * Immutable: an update that did not come into the copy.
   *
   * @param reason why, one line
   * @param retry whether another try may succeed
   */
  public record Refused(ConfigUpdate update, String reason, boolean retry) {
    /** The update and the reason, in a line. */
    @Override
    public String toString() {
      return update + ": " + reason;
    }
  }

  /**
   * Takes many updates that came together; one that is rejected does not stop the others.
   *
   * @throws InterruptedException where the thread was interrupted while it waited
   */
  public Batch receiveAll(List<ConfigUpdate> updates, String origin) throws InterruptedException {
    Map<String, List<ConfigUpdate>> byOrigin = new LinkedHashMap<>();
    List<Refused> refused = new ArrayList<>();
    for (ConfigUpdate update : updates) {
      try {
        byOrigin.computeIfAbsent(admitted(update, origin), o -> new ArrayList<>()).add(update);
      } catch (RejectedException e) {
        refused.add(new Refused(update, e.reason(), false));
      }
    }
    int changed = 0;
    for (Map.Entry<String, List<ConfigUpdate>> admitted : byOrigin.entrySet()) {
      List<Applied> results = store.applyAll(admitted.getValue(), admitted.getKey());
      for (int i = 0; i < results.size(); i++) {
        Applied applied = results.get(i);
        ConfigUpdate update = admitted.getValue().get(i);
        boolean taken =
            applied.result() != Applied.Result.REJECTED
                && applied.result() != Applied.Result.FAILED;
        if (taken) {
          changed += applied.changed() ? 1 : 0;
          taken(update, applied);
        } else {
          refused.add(
              new Refused(
                  update,
                  applied.notice().orElse("it can not be stored"),
                  applied.result() == Applied.Result.FAILED));
        }
      }
    }
    return new Batch(changed, updates.size() - changed - refused.size(), refused);
  }

  /** Whether a version of a key is newer than what is held. */
  public boolean isNews(String product, String key, Revision revision) throws InterruptedException {
    Optional<ConfigRecord> record = store.record(product, key);
    return record.isEmpty() || revision.isNewerThan(record.get().newest().revision());
  }

  /** The newest version of a key with its content, as others may have it; empty without record. */
  public Optional<ConfigUpdate> newest(String product, String key) throws InterruptedException {
    Optional<ConfigRecord> record = store.record(product, key);
    if (record.isEmpty()) {
      return Optional.empty();
    }
    Head head = record.get().newest();
    Optional<JsonObject> content = store.content(product, key, head.revision());
    boolean gone = content.isEmpty() && !head.revision().deleted();
    return gone
        ? Optional.empty()
        : Optional.of(
            new ConfigUpdate(product, key, head.revision().version(), content, head.signature()));
  }

  /** Hears what another node holds; whether that is well formed is for those who watch to say. */
  public void digest(byte[] payload) {
    for (Watcher watcher : watchers) {
      watcher.digest(payload);
    }
  }

  /**
   * Hears of a version that is too long for gossip.
   *
   * @throws RejectedException where it is not trusted, or nobody here fetches from peers
   * @throws InterruptedException where the thread was interrupted while it waited
   */
  public void announced(Announcement announcement) throws InterruptedException {
    Optional<String> ignored =
        trust.requireTrusted(
            announcement.product(),
            announcement.key(),
            announcement.revision(),
            announcement.signature());
    heard(announcement.product(), announcement.key(), announcement.revision());
    if (isNews(announcement.product(), announcement.key(), announcement.revision())) {
      boolean awaited = false;
      for (Watcher watcher : watchers) {
        awaited |= watcher.announced(announcement);
      }
      if (!awaited) {
        throw new RejectedException(
            announcement
                + " is too long for gossip, and this process fetches nothing from peers: that is"
                + " agent's, with peer.secret_file and config.sync on");
      }
    }
  }

  /**
   * What it holds.
   *
   * @param products those that this node subscribes to
   * @return empty where it is not subscribed to what is asked for
   */
  public Optional<StatusAnswer> status(StatusQuestion question, Set<String> products)
      throws InterruptedException {
    return Status.of(question, products, inventory, files, refusals);
  }

  /** Checks an update; gives how it came, with who signed it. */
  private String admitted(ConfigUpdate update, String origin) throws InterruptedException {
    Revision revision = update.revision();
    Optional<String> signer =
        trust.requireTrusted(update.product(), update.key(), revision, update.signature());
    heard(update.product(), update.key(), revision);
    // What is held already, or older, changes nothing: no program need judge it again.
    if (isNews(update.product(), update.key(), revision)) {
      Optional<String> refusal = gate.refusal(update);
      if (refusal.isPresent()) {
        refusals.refused(update);
        throw new RejectedException(refusal.get());
      }
    }
    return signer.isPresent() ? origin + ", signed by " + signer.get() : origin;
  }

  private void taken(ConfigUpdate update, Applied applied) {
    refusals.accepted(update);
    if (applied.changed()) {
      changed(update.product(), update.key(), update.revision());
    }
  }

  /**
   * Tells those who watch that a key is found changed in the files: another process changed it, or
   * its file could be written only now.
   */
  public void changed(String product, String key, Revision revision) {
    for (Watcher watcher : watchers) {
      watcher.changed(product, key, revision);
    }
  }

  private void heard(String product, String key, Revision revision) {
    for (Watcher watcher : watchers) {
      watcher.heard(product, key, revision);
    }
  }
}
