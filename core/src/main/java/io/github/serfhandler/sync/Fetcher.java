package io.github.serfhandler.sync;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.serfhandler.config.Announcement;
import io.github.serfhandler.config.ConfigLockException;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.config.Revision;
import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonLimits;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import io.github.serfhandler.peer.Download;
import io.github.serfhandler.peer.Held;
import io.github.serfhandler.peer.PeerClient;
import io.github.serfhandler.peer.PeerException;
import io.github.serfhandler.peer.PeerLimits;
import io.github.serfhandler.peer.PeerSecret;
import io.github.serfhandler.peer.PullReport;
import io.github.serfhandler.peer.PulledItem;
import io.github.serfhandler.peer.Puller;
import io.github.serfhandler.peer.Sink;
import io.github.serfhandler.replica.Replica;
import io.github.serfhandler.store.StoreException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Fetches from peers, one thing after the other, on a thread of its own: all that a peer has newer
 * of a product, or a version that was announced. Thread-safe. What waits is bounded; what finds no
 * room is found again by the next digest that differs.
 */
final class Fetcher implements AutoCloseable {
  private static final int MOST_WAITING = 256;

  /** Of what one node announces so much waits at once. */
  private static final int MOST_OF_A_HOLDER = 16;

  /**
   * How often an announced version is tried, after 1, 2, 4 and 8 s again, before a new peer or the
   * next digest has to bring it.
   */
  private static final int TRIES = 5;

  private static final long FIRST_PAUSE_MILLIS = 1_000;

  /** How many peers are asked before the one that has it for certain. */
  private static final int OTHERS_FIRST = 2;

  private static final long MOST_SPREAD_MILLIS = 5_000;
  private static final long SPREAD_MILLIS_PER_NODE = 10;
  private static final long GRACE_MILLIS = 500;
  private static final long CLOSE_MILLIS = 2_000;
  private static final int MOST_TOLD = 5;

  private final Replica replica;
  private final PeerClient client;
  private final Puller puller;
  private final Random random;
  private final Logger log;
  private final ScheduledThreadPoolExecutor thread;
  private final AtomicLong pulls = new AtomicLong();
  private final AtomicLong fetched = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();

  @GuardedBy("this")
  private final Set<String> waitingPulls = new HashSet<>();

  /** A version that is to be fetched, and what came of it so far. */
  private record Awaited(Announcement announcement, Download download) {}

  @GuardedBy("this")
  private final Map<String, Awaited> awaited = new HashMap<>();

  /** What nobody gave; of more than {@link #MOST_WAITING} the oldest is left to the digests. */
  @GuardedBy("this")
  private final Map<String, Announcement> unfetched = new LinkedHashMap<>();

  private final long firstPauseMillis;
  private volatile Peers peers = Peers.NONE;
  private volatile int nodes = 1;
  private String source = "";

  Fetcher(Replica replica, PeerSecret secret, Random random, Logger log) {
    this(replica, secret, random, log, FIRST_PAUSE_MILLIS);
  }

  Fetcher(Replica replica, PeerSecret secret, Random random, Logger log, long firstPauseMillis) {
    this.replica = replica;
    this.firstPauseMillis = firstPauseMillis;
    this.client = new PeerClient(secret);
    this.puller = new Puller(client, new ReplicaSink(), PeerLimits.DEFAULT);
    this.random = random;
    this.log = log;
    this.thread = new ScheduledThreadPoolExecutor(1, Fetcher::daemon);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    // What comes while it is being closed is not worth a word.
    thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(null, work, "config-fetch", 256 * 1024);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Who serves now, and how many nodes there are. What nobody gave is tried again where one serves
   * that did not: the tags of a fleet that has just started arrive after its first announcements.
   */
  void peers(Peers now, int count) {
    boolean more = now.addsTo(peers);
    peers = now;
    nodes = count;
    if (more) {
      fetchUnfetched(announcement -> true);
    }
  }

  private void fetchUnfetched(Predicate<Announcement> which) {
    List<Announcement> all = new ArrayList<>();
    synchronized (this) {
      for (Announcement announcement : unfetched.values()) {
        if (which.test(announcement)) {
          all.add(announcement);
        }
      }
      unfetched.values().removeAll(all);
    }
    for (Announcement announcement : all) {
      if (!begin(announcement)) {
        // The next of the same holder that is fetched makes room for it.
        leaveUnfetched(announcement);
      }
    }
  }

  private synchronized void leaveUnfetched(Announcement announcement) {
    unfetched.put(announcement.product() + "/" + announcement.key(), announcement);
    if (unfetched.size() > MOST_WAITING) {
      String oldest = unfetched.keySet().iterator().next();
      Announcement ignored = unfetched.remove(oldest);
    }
  }

  Peers peers() {
    return peers;
  }

  long pulls() {
    return pulls.get();
  }

  long fetched() {
    return fetched.get();
  }

  long failures() {
    return failures.get();
  }

  /** Fetches all that a node has newer of a product. */
  void pull(String product, String node) {
    String name = product + "\n" + node;
    synchronized (this) {
      if (waitingPulls.size() >= MOST_WAITING || !waitingPulls.add(name)) {
        return;
      }
    }
    thread.execute(
        () -> {
          synchronized (this) {
            waitingPulls.remove(name);
          }
          guarded(() -> pullNow(product, node));
        });
  }

  /** Fetches a version; after a while, since all nodes hear of it at once. */
  void fetch(Announcement announcement) {
    boolean ignored = begin(announcement);
  }

  /** Whether there is room for it. */
  private boolean begin(Announcement announcement) {
    String name = announcement.product() + "/" + announcement.key();
    Held held = new Held(announcement.revision(), announcement.signature(), announcement.size());
    Awaited one =
        new Awaited(announcement, new Download(announcement.product(), announcement.key(), held));
    synchronized (this) {
      Awaited before = awaited.get(name);
      boolean known =
          before != null && !announcement.revision().isNewerThan(before.announcement().revision());
      int ofHolder = 0;
      for (Awaited other : awaited.values()) {
        ofHolder += other.announcement().holder().equals(announcement.holder()) ? 1 : 0;
      }
      if (known) {
        return true;
      }
      // One node that announces what it does not give must not keep all others waiting.
      if (ofHolder >= MOST_OF_A_HOLDER || (before == null && awaited.size() >= MOST_WAITING)) {
        return false;
      }
      awaited.put(name, one);
    }
    long spread = Math.min(MOST_SPREAD_MILLIS, nodes * SPREAD_MILLIS_PER_NODE);
    later(one, 1, random.nextLong(spread + 1));
    return true;
  }

  private void later(Awaited one, int attempt, long millis) {
    var unused =
        thread.schedule(() -> guarded(() -> fetchNow(one, attempt)), millis, TimeUnit.MILLISECONDS);
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private void guarded(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      // By close() alone.
      Thread.currentThread().interrupt();
    } catch (StoreException | ConfigLockException | UncheckedIOException e) {
      failures.incrementAndGet();
      log.log(Level.WARNING, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      failures.incrementAndGet();
      log.log(Level.ERROR, "fetching from a peer met a fault of serf-handler", e);
    }
  }

  private void pullNow(String product, String node) throws InterruptedException {
    Optional<InetSocketAddress> address = peers.address(node);
    if (address.isEmpty()) {
      return;
    }
    pulls.incrementAndGet();
    source = node;
    PullReport report = puller.pull(product, address.get());
    fetched.addAndGet(report.fetched());
    if (report.problem().isPresent()) {
      failures.incrementAndGet();
      log.log(Level.WARNING, String.valueOf(report.problem().get().getMessage()));
    }
    Level level = report.fetched() > 0 ? Level.INFO : Level.DEBUG;
    log.log(level, product + " compared with " + node + ": " + report);
  }

  private void fetchNow(Awaited one, int attempt) throws InterruptedException {
    Announcement announcement = one.announcement();
    String name = announcement.product() + "/" + announcement.key();
    synchronized (this) {
      if (!one.equals(awaited.get(name))) {
        return; // A newer one came.
      }
    }
    Peers asked = peers;
    String problem = problemOf(one);
    boolean done = problem.isEmpty();
    if (!done && attempt < TRIES) {
      later(one, attempt + 1, firstPauseMillis << (attempt - 1));
      return;
    }
    boolean ended;
    synchronized (this) {
      ended = awaited.remove(name, one);
    }
    if (done) {
      // Of that holder alone: one that does not give what it announces must not profit.
      String holder = announcement.holder();
      fetchUnfetched(other -> other.holder().equals(holder));
    } else {
      failures.incrementAndGet();
      if (ended) {
        leaveUnfetched(announcement);
      }
      log.log(
          Level.WARNING,
          announcement
              + " is announced and could not be fetched: "
              + problem
              + "; it is tried again when another peer is there, or one that has it tells so");
      if (peers.addsTo(asked)) { // It came when this was not left yet.
        fetchUnfetched(other -> true);
      }
    }
  }

  /** Gives why it is not here; empty where it is. A full disk may be less full at the next try. */
  private String problemOf(Awaited one) throws InterruptedException {
    Announcement announcement = one.announcement();
    try {
      return replica.isNews(announcement.product(), announcement.key(), announcement.revision())
          ? fetchFromSome(one)
          : "";
    } catch (StoreException | ConfigLockException | RejectedException | UncheckedIOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Gives why nobody gave it; empty where somebody did. What came in part is gone on with. */
  private String fetchFromSome(Awaited one) throws InterruptedException {
    String problem = "no node serves the product";
    for (String node : candidates(one.announcement())) {
      Optional<InetSocketAddress> address = peers.address(node);
      if (address.isEmpty()) {
        continue; // It went meanwhile.
      }
      try {
        take(one.announcement(), client.fetch(address.get(), one.download()), node);
        return "";
      } catch (PeerException e) {
        // The others are asked as well; only in the end somebody hears of it.
        problem = String.valueOf(e.getMessage());
      }
    }
    return problem;
  }

  /** Some that serve the product, in any order, and last the one that has it for certain. */
  private List<String> candidates(Announcement announcement) {
    Peers now = peers;
    List<String> nodes = new ArrayList<>(now.of(announcement.product()));
    nodes.remove(announcement.holder());
    Collections.shuffle(nodes, random);
    List<String> chosen = new ArrayList<>(nodes.subList(0, Math.min(OTHERS_FIRST, nodes.size())));
    if (now.address(announcement.holder()).isPresent()) {
      chosen.add(announcement.holder());
    }
    return chosen;
  }

  private void take(Announcement announcement, byte[] content, String node)
      throws InterruptedException {
    PulledItem item =
        new PulledItem(
            announcement.product(),
            announcement.key(),
            announcement.revision(),
            announcement.signature(),
            Optional.of(content));
    source = node;
    if (new ReplicaSink().take(List.of(item)) == 0) {
      fetched.incrementAndGet();
    }
  }

  /** Confined to the thread of the fetcher. */
  private final class ReplicaSink implements Sink {
    @Override
    public Optional<Revision> revision(String product, String key) {
      try {
        return replica.store().record(product, key).map(record -> record.newest().revision());
      } catch (InterruptedException e) {
        // By close() alone; the puller notices at its next step.
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }

    @Override
    public int take(List<PulledItem> items) throws InterruptedException {
      List<ConfigUpdate> updates = new ArrayList<>();
      List<String> refused = new ArrayList<>();
      for (PulledItem item : items) {
        try {
          updates.add(update(item));
        } catch (RejectedException | JsonException e) {
          refused.add(item + ": " + e.getMessage());
        }
      }
      Replica.Batch batch = replica.receiveAll(updates, "peer " + source);
      for (Replica.Refused one : batch.refused()) {
        refused.add(one.toString());
      }
      for (int i = 0; i < refused.size() && i < MOST_TOLD; i++) {
        log.log(Level.WARNING, "from peer " + source + ", refused: " + refused.get(i));
      }
      if (refused.size() > MOST_TOLD) {
        log.log(Level.WARNING, (refused.size() - MOST_TOLD) + " more were refused");
      }
      return refused.size();
    }
  }

  private static ConfigUpdate update(PulledItem item) {
    Optional<JsonObject> content = Optional.empty();
    if (item.content().isPresent()) {
      JsonLimits limits = new JsonLimits(ConfigUpdate.MAX_FILE_BYTES, JsonValue.MAX_DEPTH);
      content = Optional.of(JsonValue.parse(item.content().get(), limits).asObject());
    }
    ConfigUpdate update =
        new ConfigUpdate(
            item.product(), item.key(), item.revision().version(), content, item.signature());
    if (!update.revision().equals(item.revision())) {
      // Bytes of that hash which are not in the canonical form: no serf-handler makes these.
      throw new RejectedException("its content is not in the canonical form");
    }
    return update;
  }

  /** Ends what is under way; bounded by two seconds. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
        var unused = thread.shutdownNow();
        boolean ignored = thread.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
