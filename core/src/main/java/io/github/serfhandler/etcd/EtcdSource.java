package io.github.serfhandler.etcd;

import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.etcd.EtcdFailure.Kind;
import io.github.serfhandler.json.JsonArray;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.source.ConfigSource;
import io.github.serfhandler.source.KeyLayout.Place;
import io.github.serfhandler.source.SourceEntry;
import io.github.serfhandler.source.SourceException;
import io.github.serfhandler.source.SourceFeed;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Follows the keys of etcd, version 3.4 or newer: first all of them at one revision, then what
 * changes. Thread-safe as {@link ConfigSource} asks.
 *
 * <p>Where it stops, it goes on from the revision that it has told of, unless etcd no longer knows
 * what came after it (compaction), is another one or an older one than before, or another source
 * published meanwhile: then it lists again, and without the lock always. Of several servers the
 * next one is taken when one does not answer.
 *
 * <p>With {@link EtcdSettings#lock} one of all sources with the same prefixes and layout tells
 * anything; the others stand by. Then etcd must let it write below {@code serf-handler/}, where the
 * lock and a random name of this store are kept, by which one that was made anew is told from an
 * older one. Without the lock the id of the cluster is that name, which a cluster that is made anew
 * from the same flags has again: so nobody can tell whether a revision that was seen is of the same
 * store, and all is listed again after each connection that was lost.
 */
public final class EtcdSource implements ConfigSource {
  /** A listing that is of no use any more after so short a time is not repeated at once. */
  private static final Duration SOON = Duration.ofSeconds(10);

  /** How often one that stands by looks which keys there are. */
  private static final Duration LOOK = Duration.ofMinutes(1);

  private final EtcdSettings settings;
  private final RandomGenerator random;
  private final System.Logger log;
  private final LongSupplier nanoTime;
  private final StoreKeys keys;
  private final Gateway gateway;
  private final Leadership leadership;
  private final Finding finding;
  private final byte[] lineageKey;
  private final byte[] lockKey;
  private final AtomicBoolean closed = new AtomicBoolean();

  // What follow() remembers of its last call.
  private @Nullable Position position;
  private String lineage = "";
  private long newest;

  /**
   * Connects to nothing yet.
   *
   * @param random where the name of a store without one comes from; another one in each process
   * @param log hears of changes of state
   * @param nanoTime a clock that never goes back, as {@link System#nanoTime}
   */
  public EtcdSource(
      EtcdSettings settings, RandomGenerator random, System.Logger log, LongSupplier nanoTime) {
    this(settings, random, log, nanoTime, () -> true);
  }

  /** The same; {@code keeping} says whether the lock is kept. */
  EtcdSource(
      EtcdSettings settings,
      RandomGenerator random,
      System.Logger log,
      LongSupplier nanoTime,
      BooleanSupplier keeping) {
    this.settings = settings;
    this.random = random;
    this.log = log;
    this.nanoTime = nanoTime;
    this.keys = new StoreKeys(settings.prefixes(), settings.layout());
    this.gateway = new Gateway(settings);
    this.lockKey = bytes(StoreKeys.OWN + "watch/" + keys.fingerprint());
    this.lineageKey = bytes(StoreKeys.OWN + "lineage");
    this.leadership = new Leadership(gateway, lockKey, settings.node(), nanoTime, keeping);
    this.finding = new Finding(gateway, keys, settings.format());
  }

  @Override
  public String name() {
    return settings.endpoints().stream()
        .map(Failures::name)
        .collect(Collectors.joining(",", "etcd ", ""));
  }

  /** By the choice of keys, whatever the servers; the store itself is told by the lineage. */
  @Override
  public String identity() {
    return "etcd " + keys.fingerprint();
  }

  @Override
  public void follow(SourceFeed feed) throws SourceException, InterruptedException {
    try {
      gateway.renew();
      if (settings.lock()) {
        lead(feed);
      }
      followAs(settings.lock() ? leadership : () -> Long.MAX_VALUE, feed);
    } catch (EtcdFailure e) {
      if (closed.get()) {
        return;
      }
      if (e.kind() == Kind.REFUSED) {
        // Another one may be allowed what this one is not.
        leadership.release();
      }
      throw told(e);
    } catch (InterruptedException e) {
      leadership.release();
      throw e;
    } catch (RuntimeException | Error e) {
      // Whatever is wrong here, another one may do better.
      releaseAfter(e);
      throw e;
    }
  }

  private void releaseAfter(Throwable failure) {
    try {
      leadership.release();
    } catch (RuntimeException | Error e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public Optional<SourceEntry> read(String product, String key)
      throws SourceException, InterruptedException {
    try {
      return finding.find(new Place(product, key)).map(Finding.Found::entry);
    } catch (EtcdFailure e) {
      throw told(e);
    } catch (RejectedException e) {
      throw new SourceException(
          "reading " + product + "/" + key + " of " + name() + ": " + e.reason(), e);
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      gateway.cancel();
      leadership.close();
      gateway.close();
    }
  }

  private void followAs(Guard guard, SourceFeed feed) throws EtcdFailure, InterruptedException {
    Header header = header();
    String store = settings.lock() ? lineage() : "cluster " + header.cluster();
    noteAnother(store, header.revision());
    // Without the lock another store can have the same name.
    boolean resumes =
        settings.lock()
            && position != null
            && position.isGood(store, leadership.lease(), header.revision());
    if (resumes) {
      guard.check();
      feed.resumed();
    }
    Position at = resumes ? position : null;
    long listed = 0;
    while (true) {
      boolean listing = at == null;
      if (at == null) {
        at = list(store, guard, feed);
        listed = nanoTime.getAsLong();
      }
      try {
        new Following(gateway, keys, settings.format(), guard, feed, at, nanoTime).run();
      } catch (EtcdFailure e) {
        newest = Math.max(newest, at.newest());
        if (e.kind() == Kind.TOO_BIG) {
          // The same line would come again; a listing gets past it.
          position = null;
        }
        throw e;
      }
      position = null;
      at = null;
      if (listing && nanoTime.getAsLong() - listed < SOON.toNanos()) {
        throw new EtcdFailure(
            Kind.AWAY,
            "watching "
                + name()
                + ": it forgot the revision that it had just listed; it is compacted too often");
      }
      log.log(Level.INFO, name() + " has compacted what came meanwhile; listing all again");
    }
  }

  private Position list(String store, Guard guard, SourceFeed feed)
      throws EtcdFailure, InterruptedException {
    position = null;
    guard.check();
    long lease = leadership.lease();
    long revision =
        new Listing(gateway, keys, settings.format(), guard, feed, feed.list(store)).run();
    Position at = new Position(store, lease, revision, keys.count());
    position = at;
    newest = revision;
    return at;
  }

  /** For people who look for the cause: the feed warns of it, too. */
  private void noteAnother(String store, long revision) {
    boolean known = !lineage.isEmpty();
    if (known && !lineage.equals(store)) {
      log.log(Level.DEBUG, name() + " is another store than before; listing all of it");
    } else if (known && revision < newest) {
      log.log(
          Level.DEBUG,
          name()
              + " is at revision "
              + revision
              + " and was at "
              + newest
              + " before: restored or made anew; listing all of it");
    }
    lineage = store;
    newest = known && revision < newest ? revision : Math.max(newest, revision);
  }

  /** Waits until this one has the lock. */
  private void lead(SourceFeed feed) throws EtcdFailure, InterruptedException {
    try {
      if (leadership.reclaim()) {
        return;
      }
      String told = "";
      while (true) {
        Optional<Leadership.Holder> other = leadership.take();
        if (other.isEmpty()) {
          log.log(Level.INFO, name() + ": this node has the lock and publishes");
          return;
        }
        String who = other.get().name();
        if (!who.equals(told)) {
          feed.standby(who + " publishes");
          told = who;
        }
        // So that the copy is as the others' when this one's turn comes, and what is deleted in
        // between is missed.
        feed.expects(lineage(), Names.of(gateway, keys));
        awaitChange(other.get());
      }
    } catch (EtcdFailure e) {
      throw e.code() == EtcdFailure.PERMISSION_DENIED ? denied(e) : e;
    }
  }

  /** Waits until the lock is free or another's, or it is time to look for new keys. */
  private void awaitChange(Leadership.Holder other) throws EtcdFailure, InterruptedException {
    int endpoint = gateway.current();
    JsonObject create =
        KeyRange.of(lockKey)
            .json()
            .put("start_revision", Long.toString(other.revision() + 1))
            .build();
    String request = JsonObject.builder().put("create_request", create).build().compact();
    long until = nanoTime.getAsLong() + LOOK.toNanos();
    try (WatchStream stream = gateway.watch(endpoint, request, "waiting for the lock")) {
      while (nanoTime.getAsLong() - until < 0) {
        Optional<WatchAnswer> answer = stream.next(Leadership.TTL.toNanos());
        if (answer.isPresent() && answer.get().canceled()) {
          if (answer.get().compacted() > 0) {
            return;
          }
          throw stream.ended(answer.get());
        }
        if (answer.isPresent() && !answer.get().events().isEmpty()) {
          return;
        }
        // The stream may be dead without an end.
        if (answer.isEmpty()
            && leadership.holder().map(Leadership.Holder::lease).orElse(0L) != other.lease()) {
          return;
        }
      }
    } catch (EtcdFailure e) {
      if (e.isOfServer()) {
        gateway.leave(endpoint);
      }
      throw e;
    }
  }

  /** The store's revision now, and whose it is. */
  private Header header() throws EtcdFailure, InterruptedException {
    // Without a key in it the answer is short.
    JsonObject body = keys.ranges().get(0).json().put("count_only", true).build();
    return gateway.ask(Call.small("/v3/kv/range", body, "reading " + keys.name(0)), Header::of);
  }

  /** The store's name, which it gets where it has none. */
  private String lineage() throws EtcdFailure, InterruptedException {
    String fresh = String.format("%016x%016x", random.nextLong(), random.nextLong());
    String at = Fields.base64(lineageKey);
    JsonObject put =
        JsonObject.builder().put("key", at).put("value", Fields.base64(bytes(fresh))).build();
    JsonObject body =
        JsonObject.builder()
            .put("compare", JsonArray.of(Leadership.absent(lineageKey)))
            .put("success", JsonArray.of(JsonObject.builder().put("request_put", put).build()))
            .put(
                "failure",
                JsonArray.of(
                    JsonObject.builder()
                        .put("request_range", KeyRange.of(lineageKey).json().build())
                        .build()))
            .build();
    try {
      return gateway.ask(
          Call.small("/v3/kv/txn", body, "reading the name of the store"),
          json ->
              Fields.flag(json, "succeeded")
                  ? fresh
                  : Printable.key(Leadership.existing(json).value()));
    } catch (EtcdFailure e) {
      throw e.code() == EtcdFailure.PERMISSION_DENIED ? denied(e) : e;
    }
  }

  private EtcdFailure denied(EtcdFailure e) {
    return new EtcdFailure(
        Kind.REFUSED,
        e.code(),
        "asking for the lock of "
            + name()
            + ": permission denied; the user needs readwrite on "
            + StoreKeys.OWN
            + " (etcdctl role grant-permission ROLE --prefix=true readwrite "
            + StoreKeys.OWN
            + "), or set etcd.lock to off",
        e);
  }

  private SourceException told(EtcdFailure e) {
    if (e.kind() == Kind.TOKEN) {
      boolean unused = gateway.forgetToken();
    }
    return new SourceException(e.line(), e);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
