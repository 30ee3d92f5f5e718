package io.github.serfhandler.client.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.serfhandler.client.Backoff;
import io.github.serfhandler.client.SerfAuthException;
import io.github.serfhandler.client.SerfClientOptions;
import io.github.serfhandler.client.SerfCommandException;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.client.SerfProtocolException;
import io.github.serfhandler.client.StreamGap;
import io.github.serfhandler.client.internal.msgpack.MsgpackReader;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: keeps one subscription (event or log stream) alive on a connection of its own, and
 * feeds its records to a {@link BoundedFeed} from one daemon thread. The thread runs no code of
 * users and never waits for the feed.
 *
 * <p>When the connection ends, the thread either ends the feed with the failure or, given a {@link
 * Backoff}, connects again until that succeeds, {@link #close} is called, or the agent refuses for
 * good (auth, an invalid subscription).
 *
 * <p>{@link #close} says {@code stop} to the agent, gives it a moment, closes the socket and joins
 * the thread: a thread left in a socket's read delays the end of a JVM by some 300 ms.
 */
public final class StreamPump<T> implements AutoCloseable {
  private static final Duration STOP_TIMEOUT = Duration.ofMillis(200);
  private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(2);

  /** Reads one record; the number of the connection counts from 1. */
  @FunctionalInterface
  public interface RecordReader<T> {
    T read(MsgpackReader in, int connection) throws IOException;
  }

  private final SerfClientOptions options;
  private final Command subscribe;
  private final Body body;
  private final RecordReader<T> records;
  private final BoundedFeed<T> feed;
  private final Runnable onClose;
  private final String target;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Object lock = new Object();

  @GuardedBy("lock")
  private @Nullable Subscription current;

  @GuardedBy("lock")
  private @Nullable Wire opening;

  @GuardedBy("lock")
  private boolean closed;

  private volatile boolean connected;
  private int connections; // start() first, then the thread alone
  private int attempts; // the thread alone; failed ones in a row

  /**
   * A pump that has not started.
   *
   * @param gaps makes a record of a gap
   * @param onClose is run once, at the end of {@link #close}
   */
  public StreamPump(
      SerfClientOptions options,
      Command subscribe,
      Body body,
      RecordReader<T> records,
      Function<StreamGap, T> gaps,
      Runnable onClose) {
    this.options = options;
    this.subscribe = subscribe;
    this.body = body;
    this.records = records;
    this.feed = new BoundedFeed<>(options.queueCapacity(), gaps);
    this.onClose = onClose;
    this.target = Texts.address(options.address());
    this.thread = new Thread(this::run, "serf-" + subscribe.word() + "-" + target);
    thread.setDaemon(true);
  }

  /**
   * Connects and subscribes on the calling thread, then lets the reader thread go; closes this if
   * that fails.
   */
  public void start() {
    boolean started = false;
    try {
      subscribe(() -> {});
      thread.start();
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  /** Where the records are. */
  public BoundedFeed<T> feed() {
    return feed;
  }

  /** Whether the subscription stands, as far as is known. */
  public boolean connected() {
    return connected;
  }

  /**
   * Sends a command without a reply body on the stream's own connection and waits for its reply.
   *
   * @param connection the connection that it is meant for; another one refuses
   */
  public void call(Command command, Body request, int connection, Duration timeout) {
    Subscription on;
    synchronized (lock) {
      if (closed) {
        throw Failures.closed("the stream");
      }
      on = current;
    }
    if (on == null || on.number() != connection) {
      throw AgentErrors.lateAnswer(target);
    }
    on.call(command, request, timeout);
  }

  private void run() {
    // What consumers get if an Error ends this thread, or the user's source of chance does.
    SerfException failure =
        new SerfProtocolException(
            "the thread that read a stream of " + target + " has died", true, null);
    try {
      failure = runUntilTheEnd();
    } finally {
      connected = false;
      feed.end(failure);
      Subscription last;
      synchronized (lock) {
        last = current;
      }
      if (last != null) {
        last.end(failure);
      }
    }
  }

  private SerfException runUntilTheEnd() {
    while (true) {
      long since = System.nanoTime();
      SerfException failure = pump();
      connected = false;
      Backoff backoff = options.reconnect().orElse(null);
      if (backoff == null || isClosed()) {
        return failure;
      }
      // A subscription that ends at once is one more failure. Else an agent that takes it and
      // then hangs up, or sends what can not be read, would be asked ten times a second for ever.
      if (System.nanoTime() - since > Deadline.nanos(backoff.max())) {
        attempts = 0;
      }
      SerfException end = reconnect(backoff);
      if (end != null) {
        return end;
      }
    }
  }

  /** Reads records until the connection ends; says why it did. */
  private SerfException pump() {
    Subscription on;
    synchronized (lock) {
      on = current;
    }
    if (on == null) {
      return Failures.closed("the stream");
    }
    Subscription.RecordSink sink = sink(on);
    SerfException why;
    try {
      while (true) {
        on.readOne(sink, null);
      }
    } catch (IOException e) {
      why = Failures.during(subscribe, target, Duration.ZERO, true, e);
    } catch (RuntimeException e) {
      // A fault of ours: the consumer must learn of it instead of waiting for ever.
      why = new SerfProtocolException("reading a stream of " + target + ": " + e, true, e);
    }
    on.end(why);
    return why;
  }

  /** Null once subscribed again, or what made an end of it. */
  private @Nullable SerfException reconnect(Backoff backoff) {
    while (true) {
      try {
        Duration delay = backoff.delay(attempts++, options.random());
        if (closing.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
          return Failures.closed("the stream");
        }
        subscribe(feed::reconnected);
        return null;
      } catch (InterruptedException e) {
        return Failures.interrupted(subscribe, target, true);
      } catch (SerfAuthException | SerfCommandException e) {
        return e; // Another try would meet the same refusal.
      } catch (SerfException e) {
        if (isClosed()) {
          return Failures.closed("the stream");
        }
        connected = false; // The agent is still away; StreamGap will tell once it is back.
      }
    }
  }

  /** Connects and subscribes; the given is done before the first record is read. */
  private void subscribe(Runnable before) {
    Wire wire = new Wire(options);
    Duration timeout = options.commandTimeout();
    Deadline deadline = Deadline.in(timeout);
    boolean done = false;
    try {
      announce(wire);
      wire.open(deadline);
      long seq = wire.send(subscribe, body);
      Reply reply = wire.receive(deadline);
      if (reply.failed()) {
        throw AgentErrors.of(subscribe, target, reply.error());
      }
      connections++;
      Subscription on = new Subscription(wire, connections, seq);
      synchronized (lock) {
        if (closed) {
          throw Failures.closed("the stream");
        }
        opening = null;
        current = on;
      }
      connected = true;
      before.run();
      on.settle(sink(on), deadline);
      done = true;
    } catch (IOException e) {
      throw isClosed()
          ? Failures.closed("the stream")
          : Failures.during(subscribe, target, timeout, true, e);
    } finally {
      if (!done) {
        connected = false;
        wire.close();
      }
    }
  }

  private Subscription.RecordSink sink(Subscription on) {
    return in -> feed.offer(records.read(in, on.number()));
  }

  /** So that close() can end a connection that is only about to be. */
  private void announce(Wire wire) {
    synchronized (lock) {
      if (closed) {
        throw Failures.closed("the stream");
      }
      opening = wire;
    }
  }

  private boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  @Override
  public void close() {
    Subscription on;
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      on = current;
      if (opening != null) {
        opening.close();
      }
    }
    closing.countDown();
    feed.abort(Failures.closed("the stream"));
    if (on != null) {
      on.stop(STOP_TIMEOUT);
    }
    join();
    onClose.run();
  }

  private void join() {
    if (Thread.currentThread() == thread || !thread.isAlive()) {
      return;
    }
    try {
      thread.join(JOIN_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
