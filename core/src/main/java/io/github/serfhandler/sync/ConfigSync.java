package io.github.serfhandler.sync;

import io.github.serfhandler.catalog.Catalog;
import io.github.serfhandler.catalog.Subscription;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.config.Announcement;
import io.github.serfhandler.config.ConfigEvent;
import io.github.serfhandler.config.ConfigIndex;
import io.github.serfhandler.config.ConfigLockException;
import io.github.serfhandler.config.Drift;
import io.github.serfhandler.config.IndexEntry;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.config.Revision;
import io.github.serfhandler.converge.ConvergeSettings;
import io.github.serfhandler.converge.Convergence;
import io.github.serfhandler.discovery.FollowListener;
import io.github.serfhandler.discovery.Interest;
import io.github.serfhandler.discovery.PassResult;
import io.github.serfhandler.peer.PeerServer;
import io.github.serfhandler.publish.Publisher;
import io.github.serfhandler.replica.Replica;
import io.github.serfhandler.replica.Watcher;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.StoreException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this node's copy of the configuration equal to that of the others, beside a real agent: the
 * {@link Convergence} on a thread of its own ({@code config-sync}), which everything else only
 * leaves messages for. Thread-safe.
 *
 * <p>Messages wait in a bounded queue. One that finds no room is dropped and counted: what was
 * heard is told again by the next digest, and what changed here is found by the next look at the
 * files, which comes every few seconds in any case, and at once then.
 */
public final class ConfigSync implements FollowListener, Watcher, AutoCloseable {
  private static final int MOST_WAITING = 4096;
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
  private static final long GRACE_MILLIS = 1000;
  private static final long JOIN_MILLIS = 3000;

  private final Replica replica;
  private final Interest interest;
  private final ConfigIndex index;
  private final StoreShelf shelf;
  private final Convergence convergence;
  private final SerfNetwork network;
  private final @Nullable Fetcher fetcher;
  private final @Nullable PeerServer server;
  private final @Nullable PeerTag tag;
  private final SyncFile file;
  private final LongSupplier nanoTime;
  private final Logger log;
  private final Thread thread;
  private final BlockingQueue<Runnable> inbox = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong dropped = new AtomicLong();

  private volatile boolean closing;
  private volatile boolean lookNow = true;
  private boolean started;

  // Of the thread that follows the agent.
  private final Reunion reunion = new Reunion();

  // Of the thread config-sync.
  private Set<String> products = Set.of();
  private Set<String> subscribed = Set.of();

  /** Those of which it is known what was there at the start. */
  private Set<String> lookedAt = Set.of();

  private Set<String> problems = Set.of();
  private long nextLook;

  /**
   * One that stands still until the first pass of discovery.
   *
   * @param replica this node's copy; watched from now on
   * @param store writes the status
   * @param confDir the directory of the files
   * @param client the agent; stays the caller's to close, after this
   * @param nanoTime a clock that never goes back, in nanoseconds, as {@code System::nanoTime}
   * @throws io.github.serfhandler.peer.PeerException where the peer port can not be opened
   */
  public ConfigSync(
      SyncSettings settings,
      Replica replica,
      Interest interest,
      SerfClient client,
      FileStore store,
      Path confDir,
      LongSupplier nanoTime,
      Logger log) {
    this.replica = replica;
    this.interest = interest;
    this.nanoTime = nanoTime;
    this.log = log;
    this.index = new ConfigIndex(replica.store(), Clock.systemUTC());
    this.shelf = new StoreShelf(index, replica.store());
    Random random = new Random();
    this.fetcher =
        settings.secret().isPresent()
            ? new Fetcher(replica, settings.secret().get(), random, log)
            : null;
    this.server =
        settings.secret().isPresent() && settings.listen().isPresent()
            ? PeerServer.start(settings.listen().get(), settings.secret().get(), shelf, log)
            : null;
    this.tag =
        server == null ? null : new PeerTag(client, Peers.tagOf(server.address()), nanoTime, log);
    Publisher publisher = new Publisher(client, settings.limits());
    this.network = new SerfNetwork(client, publisher, replica, fetcher, log);
    this.convergence = new Convergence(convergence(settings), network, random);
    this.file = new SyncFile(store, confDir, log);
    this.nextLook = nanoTime.getAsLong();
    this.thread = new Thread(null, this::run, "config-sync", 256 * 1024);
    thread.setDaemon(true);
    replica.watch(this);
    replica.index(new IndexInventory(index));
  }

  // From the thread that follows the agent.

  @Override
  public void reached() {}

  @Override
  public void lost(SerfException reason, boolean wasReachable) {
    reunion.lost();
  }

  @Override
  public void passed(PassResult result) {
    int alive = 0;
    String ownTag = "";
    Member self = null;
    for (Member member : result.members()) {
      alive += member.status() == MemberStatus.ALIVE ? 1 : 0;
      if (member.name().equals(result.agentName())) {
        self = member;
        ownTag = member.tag(Peers.TAG);
      }
    }
    boolean disturbed = reunion.seen(Math.max(1, alive));
    Subscription subscription =
        interest.of(Catalog.of(self == null ? List.of() : List.of(self)), result.agentName());
    if (fetcher != null) {
      fetcher.peers(Peers.of(result.members(), result.agentName()), alive);
    }
    if (tag != null) {
      tag.seen(ownTag);
    }
    int nodes = Math.max(1, alive);
    Set<String> now = Set.copyOf(subscription.products());
    if (!started) {
      started = true;
      thread.start();
    }
    leave(() -> follow(result.agentName(), now, nodes, disturbed));
  }

  // From the threads that bring messages.

  @Override
  public void heard(String product, String key, Revision revision) {
    leave(
        () -> {
          if (products.contains(product)) {
            // It may be in the files already, by another process: a forked one, or a command.
            look(product, key);
            convergence.heard(product, key, revision, nanoTime.getAsLong());
          }
        });
  }

  @Override
  public void changed(String product, String key, Revision revision) {
    leave(() -> look(product, key));
  }

  @Override
  public void kept() {
    leave(() -> subscribe(nanoTime.getAsLong()));
  }

  @Override
  public boolean announced(Announcement announcement) {
    if (fetcher != null) {
      fetcher.fetch(announcement);
    }
    return fetcher != null;
  }

  @Override
  public void digest(byte[] payload) {
    leave(() -> convergence.heardDigest(payload, nanoTime.getAsLong()));
  }

  private void leave(Runnable message) {
    if (!closing && !inbox.offer(message)) {
      dropped.incrementAndGet();
      lookNow = true;
    }
  }

  // On the thread config-sync.

  private void run() {
    while (!closing) {
      try {
        turn();
      } catch (InterruptedException e) {
        return; // By close() alone.
      } catch (RuntimeException | Error e) {
        log.log(Level.ERROR, "keeping the configuration equal met a fault of serf-handler", e);
      }
    }
  }

  private void turn() throws InterruptedException {
    long now = nanoTime.getAsLong();
    long wait = Math.min(nextLook - now, convergence.nextDeadline() - now);
    Runnable message = inbox.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
    for (int i = 0; message != null && i < MOST_WAITING; i++) {
      message.run();
      message = inbox.poll();
    }
    now = nanoTime.getAsLong();
    if (lookNow || now - nextLook >= 0) {
      lookNow = false;
      lookAtAll(now);
      writeStatus();
      nextLook = nanoTime.getAsLong() + BETWEEN_LOOKS.toNanos();
    }
    convergence.run(nanoTime.getAsLong());
  }

  private void follow(String self, Set<String> products, int nodes, boolean disturbed) {
    long now = nanoTime.getAsLong();
    network.self(self, server != null);
    convergence.fleet(nodes);
    subscribed = products;
    subscribe(now);
    if (disturbed) {
      // What is here comes first: else the first digest would tell of an empty directory.
      if (lookNow) {
        lookNow = false;
        lookAtAll(now);
        writeStatus();
      }
      convergence.disturbed(now);
    }
  }

  private void subscribe(long now) {
    Set<String> all = replica.withKept(subscribed);
    if (!all.equals(products)) {
      products = all;
      shelf.products(all);
      convergence.subscribe(all, now);
      lookNow = true;
    }
  }

  /** Reads what the files hold by now; only what changed since the last time. */
  private void lookAtAll(long now) {
    try {
      ConfigIndex.Refreshed refreshed = index.refresh(products);
      for (ConfigIndex.Change change : refreshed.changes()) {
        tell(change, now);
      }
      Set<String> found = Set.copyOf(refreshed.problems());
      for (String problem : found) {
        log.log(problems.contains(problem) ? Level.DEBUG : Level.WARNING, problem);
      }
      problems = found;
      lookedAt = products;
    } catch (InterruptedException e) {
      // By close() alone.
      Thread.currentThread().interrupt();
    }
  }

  private void writeStatus() {
    file.write(
        convergence,
        new SyncFile.Extra(
            network.failures(),
            dropped.get(),
            fetcher == null ? 0 : fetcher.pulls(),
            fetcher == null ? 0 : fetcher.fetched(),
            fetcher == null ? 0 : fetcher.failures(),
            server == null ? 0 : server.answered(),
            server == null ? 0 : server.refused()));
  }

  private void look(String product, String key) {
    try {
      Optional<ConfigIndex.Change> change = index.refresh(product, key);
      if (change.isPresent()) {
        tell(change.get(), nanoTime.getAsLong());
      }
    } catch (RejectedException | ConfigLockException | StoreException | UncheckedIOException e) {
      // The next look at all finds it, or tells why not.
      log.log(Level.DEBUG, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      // By close() alone.
      Thread.currentThread().interrupt();
    }
  }

  private void tell(ConfigIndex.Change change, long now) {
    Optional<Revision> before = change.before().flatMap(IndexEntry::revision);
    Optional<Revision> revision = change.now().flatMap(IndexEntry::revision);
    if (revision.isPresent()) {
      convergence.holds(change.product(), change.key(), revision.get(), now);
      if (!revision.equals(before) && lookedAt.contains(change.product())) {
        replica.changed(change.product(), change.key(), revision.get());
      }
    } else {
      convergence.dropped(change.product(), change.key(), now);
    }
    if (change.now().isEmpty()) {
      return; // Gone, or no product of this node any more.
    }
    Optional<Drift> drift = change.now().flatMap(IndexEntry::drift);
    if (!drift.equals(change.before().flatMap(IndexEntry::drift))) {
      Drifts.tell(change.product(), change.key(), drift, log);
    }
  }

  private static ConvergeSettings convergence(SyncSettings settings) {
    ConvergeSettings defaults = ConvergeSettings.DEFAULT;
    int payload = settings.limits().roomInEvent(ConfigEvent.DIGEST.wireName());
    return new ConvergeSettings(
        defaults.imin(),
        settings.digestMax(),
        defaults.redundancy(),
        defaults.rate(),
        defaults.leaf(),
        Math.max(256, Math.min(payload, ConvergeSettings.MAX_PAYLOAD)));
  }

  /** Takes nothing more, closes the peer port and ends what is under way; bounded by seconds. */
  @Override
  public void close() {
    closing = true;
    if (tag != null) {
      tag.close();
    }
    if (server != null) {
      server.close();
    }
    if (fetcher != null) {
      fetcher.close();
    }
    // Not an interrupt at once: that would close a file which is just being written.
    boolean ignored = inbox.offer(() -> {});
    try {
      thread.join(GRACE_MILLIS);
      thread.interrupt();
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
