package io.github.serfhandler.etcd;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.serfhandler.etcd.EtcdFailure.Kind;
import io.github.serfhandler.json.JsonArray;
import io.github.serfhandler.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether this source is the one that publishes: whether it has the lock, a key of etcd that lives
 * as long as a lease which it keeps alive. Thread-safe; what asks etcd is for the thread of the
 * source, but {@link #release} for any.
 *
 * <p>Etcd ends the lease 5 s after it was last kept alive. This side believes in it for one second
 * less, counted from before it asked, so that it has stopped when another one begins. Only a
 * process that sleeps between its look at the clock and its deed can be late; two that publish do
 * no harm, though.
 */
final class Leadership implements Guard {
  /** How long the lease lives. */
  static final Duration TTL = Duration.ofSeconds(5);

  private static final Duration MARGIN = Duration.ofSeconds(1);
  private static final Duration BEAT = TTL.dividedBy(3);
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);
  private static final String WHAT = "asking for the lock";

  /**
   * Immutable: who has the lock.
   *
   * @param name who it says it is; may be anything
   * @param lease the lease that it lives as long as
   * @param revision the store's revision when it was asked
   */
  record Holder(String name, long lease, long revision) {}

  private final Gateway gateway;
  private final byte[] key;
  private final String node;
  private final LongSupplier nanoTime;
  private final BooleanSupplier keeping;

  /** The lease, 0 where there is none. */
  @GuardedBy("this")
  private long lease;

  @GuardedBy("this")
  private long until;

  @GuardedBy("this")
  private @Nullable Thread keeper;

  private final CountDownLatch released = new CountDownLatch(1);

  /**
   * Without the lock.
   *
   * @param key the lock's
   * @param node who this is, for the others
   * @param keeping whether the lease is kept alive; for tests
   */
  Leadership(
      Gateway gateway, byte[] key, String node, LongSupplier nanoTime, BooleanSupplier keeping) {
    this.gateway = gateway;
    this.key = key;
    this.node = node;
    this.nanoTime = nanoTime;
    this.keeping = keeping;
  }

  /** Names this time of leadership; 0 where it has none. */
  synchronized long lease() {
    return lease;
  }

  @Override
  public synchronized long nanosLeft() throws EtcdFailure {
    long left = lease == 0 ? 0 : until - nanoTime.getAsLong();
    if (left <= 0) {
      throw new EtcdFailure(
          Kind.LOCK_LOST,
          "keeping the lock in etcd: it was not confirmed for "
              + TTL.minus(MARGIN).toSeconds()
              + " s, so another one may publish");
    }
    return left;
  }

  /** Whether the lock is this one's still, although it may have been in doubt meanwhile. */
  boolean reclaim() throws EtcdFailure, InterruptedException {
    long mine = lease();
    if (mine == 0) {
      return false;
    }
    long asked = nanoTime.getAsLong();
    long seconds = keepAlive(mine);
    Optional<Holder> holder = holder();
    if (seconds > 0 && holder.isPresent() && holder.get().lease() == mine) {
      lead(mine, asked, seconds);
      return true;
    }
    forget(mine);
    return false;
  }

  /**
   * Takes the lock where it is free.
   *
   * @return who has it, empty where this one does now
   */
  Optional<Holder> take() throws EtcdFailure, InterruptedException {
    Optional<Holder> before = holder();
    if (before.isPresent()) {
      return before;
    }
    long asked = nanoTime.getAsLong();
    JsonObject grant = JsonObject.builder().put("TTL", TTL.toSeconds()).build();
    long[] granted =
        gateway.ask(
            Call.small("/v3/lease/grant", grant, WHAT),
            json -> new long[] {Fields.int64(json, "ID"), Fields.positive(json, "TTL")});
    Optional<Holder> winner =
        gateway.ask(Call.small("/v3/kv/txn", put(granted[0]), WHAT), this::winner);
    if (winner.isPresent() && winner.get().lease() != granted[0]) {
      revoke(granted[0], false);
      return winner;
    }
    lead(granted[0], asked, granted[1]);
    return Optional.empty();
  }

  /** Who has the lock now. */
  Optional<Holder> holder() throws EtcdFailure, InterruptedException {
    Call call =
        Call.small("/v3/kv/range", KeyRange.of(key).json().build(), "asking who has the lock");
    return gateway.ask(
        call,
        json -> {
          RangeAnswer answer = RangeAnswer.of(json);
          return answer.found().stream()
              .findFirst()
              .map(kv -> holder(kv, answer.header().revision()));
        });
  }

  /** Gives the lock back, where it has it, so that another one takes over at once. */
  void release() {
    long mine;
    synchronized (this) {
      mine = lease;
      lease = 0;
      if (keeper != null) {
        keeper.interrupt();
        keeper = null;
      }
    }
    if (mine != 0) {
      try {
        revoke(mine, true);
      } catch (InterruptedException e) {
        // The lease ends by itself then.
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Gives it back for good. */
  void close() {
    released.countDown();
    release();
  }

  private void lead(long granted, long asked, long seconds) {
    synchronized (this) {
      lease = granted;
      until = end(asked, seconds);
      if (keeper != null) {
        keeper.interrupt();
      }
      Thread fresh = new Thread(() -> keep(granted), "etcd-lease");
      fresh.setDaemon(true);
      keeper = fresh;
      fresh.start();
    }
    if (released.getCount() == 0) {
      release();
    }
  }

  /** Keeps the lease alive until it is lost, in doubt, or of no use any more. */
  private void keep(long mine) {
    try {
      while (!released.await(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
        if (!isLed(mine)) {
          return;
        }
        if (keeping.getAsBoolean()) {
          beat(mine);
        }
      }
    } catch (InterruptedException e) {
      // Another one keeps it, or nobody shall; the thread ends here.
      return;
    }
  }

  private void beat(long mine) throws InterruptedException {
    long asked = nanoTime.getAsLong();
    try {
      long seconds = keepAlive(mine);
      synchronized (this) {
        if (lease == mine) {
          until = seconds > 0 ? end(asked, seconds) : asked;
        }
      }
    } catch (EtcdFailure e) {
      // It is told by nanosLeft(), to whom it concerns, where it lasts.
      return;
    }
  }

  /** Whether it is this one's beyond doubt. */
  private synchronized boolean isLed(long mine) {
    return lease == mine && until - nanoTime.getAsLong() > 0;
  }

  private synchronized void forget(long mine) {
    if (lease == mine) {
      lease = 0;
    }
  }

  private static long end(long asked, long seconds) {
    return asked + Duration.ofSeconds(Math.min(seconds, TTL.toSeconds())).minus(MARGIN).toNanos();
  }

  /** How many seconds the lease lives from now on; 0 where it has ended. */
  private long keepAlive(long mine) throws EtcdFailure, InterruptedException {
    Call call = Call.small("/v3/lease/keepalive", id(mine), "keeping the lock").within(BEAT);
    // A stream of one answer.
    return gateway.ask(call, json -> Fields.positive(json.required("result").asObject(), "TTL"));
  }

  private void revoke(long mine, boolean last) throws InterruptedException {
    Call call = Call.small("/v3/lease/revoke", id(mine), "giving the lock back").within(LAST_WORDS);
    try {
      long unused = last ? gateway.askLast(call, json -> mine) : gateway.ask(call, json -> mine);
    } catch (EtcdFailure e) {
      // The lease ends by itself then, 5 s later.
      return;
    }
  }

  private static JsonObject id(long mine) {
    return JsonObject.builder().put("ID", Long.toString(mine)).build();
  }

  /** The lock, where there is none, becomes ours; who has it now. */
  private JsonObject put(long granted) {
    String at = Fields.base64(key);
    JsonObject range =
        JsonObject.builder().put("request_range", KeyRange.of(key).json().build()).build();
    JsonObject put =
        JsonObject.builder()
            .put(
                "request_put",
                JsonObject.builder()
                    .put("key", at)
                    .put("value", Fields.base64(node.getBytes(StandardCharsets.UTF_8)))
                    .put("lease", Long.toString(granted))
                    .build())
            .build();
    return JsonObject.builder()
        .put("compare", JsonArray.of(absent(key)))
        .put("success", JsonArray.of(List.of(put)))
        .put("failure", JsonArray.of(List.of(range)))
        .build();
  }

  /** That a key is not there, as a transaction asks. */
  static JsonObject absent(byte[] key) {
    return JsonObject.builder()
        .put("key", Fields.base64(key))
        .put("target", "CREATE")
        .put("result", "EQUAL")
        .put("create_revision", "0")
        .build();
  }

  private Optional<Holder> winner(JsonObject json) {
    if (Fields.flag(json, "succeeded")) {
      return Optional.empty();
    }
    KeyValue found = existing(json);
    return Optional.of(holder(found, Header.of(json).revision()));
  }

  /** What was there already, as the answer of a transaction tells. */
  static KeyValue existing(JsonObject json) {
    return Fields.list(json, "responses").stream()
        .findFirst()
        .flatMap(
            one ->
                RangeAnswer.found(Fields.object(one.asObject(), "response_range")).stream()
                    .findFirst())
        .orElseThrow(() -> new IllegalArgumentException("a transaction without its answer"));
  }

  private static Holder holder(KeyValue found, long revision) {
    return new Holder(Printable.key(found.value()), found.lease(), revision);
  }
}
