package io.github.serfhandler.resident;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.serfhandler.client.Backoff;
import io.github.serfhandler.client.EventFilter;
import io.github.serfhandler.client.EventStream;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfClosedException;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.client.SerfInterruptedException;
import io.github.serfhandler.handler.Messages;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes user events and queries from one long-lived stream to the lanes, on a daemon thread of its
 * own. Thread-safe.
 *
 * <p>The stream connects again by itself; where it ends for good (another auth key, a refused
 * subscription) or can not be opened, another one is tried after a pause that doubles. While there
 * is none, files are kept all the same.
 */
final class EventPump implements AutoCloseable {
  private static final EventFilter FILTER = EventFilter.userEvents().or(EventFilter.queries());
  private static final long JOIN_MILLIS = 1000;

  private final SerfClient client;
  private final Intake intake;
  private final Function<EventStream, Lanes.Answering> answers;
  private final Logger log;
  private final Backoff pauses;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);

  @GuardedBy("this")
  private @Nullable EventStream stream;

  private volatile Lanes.@Nullable Answering answering;
  private String lastReason = "";
  private boolean started;

  /**
   * A pump that stands still.
   *
   * @param answers makes what takes the answers to a stream's queries to the asker
   * @param alone whether this node is the only member that is known
   * @param lanes receive what comes
   */
  EventPump(
      SerfClient client,
      Lanes lanes,
      BooleanSupplier alone,
      Function<EventStream, Lanes.Answering> answers,
      Counters counters,
      Logger log) {
    this.client = client;
    this.answers = answers;
    this.pauses = client.options().reconnect().orElse(Backoff.DEFAULT);
    this.log = log;
    this.intake =
        new Intake(
            () -> client.stats().eventTime(),
            alone,
            event -> {
              Lanes.Answering now = answering;
              if (now != null) {
                lanes.deliver(event, now);
              }
            },
            counters,
            log);
    this.thread = new Thread(null, this::run, "handler-events", 256 * 1024);
    thread.setDaemon(true);
  }

  /** Lets it run; called from one thread, and without effect after the first time. */
  void start() {
    if (!started) {
      started = true;
      thread.start();
    }
  }

  private void run() {
    int failures = 0;
    while (!isClosing()) {
      long since = System.nanoTime();
      try {
        take(client.stream(FILTER));
      } catch (SerfInterruptedException | SerfClosedException e) {
        return; // By this program alone, at its end.
      } catch (SerfException e) {
        told(e);
      }
      boolean lasted = System.nanoTime() - since > pauses.max().toNanos();
      failures = lasted ? 0 : failures + 1;
      pause(failures);
    }
  }

  /** Takes events until the stream ends or this is to stop; then the stream stays for answers. */
  private void take(EventStream open) {
    synchronized (this) {
      stream = open;
    }
    try {
      opened(open);
      while (!isClosing()) {
        accept(open.take());
      }
    } finally {
      if (!isClosing()) {
        open.close();
      }
    }
  }

  private void accept(SerfEvent event) {
    try {
      intake.accept(event);
    } catch (RuntimeException e) {
      log.log(Level.ERROR, Messages.of(event) + " met a fault of serf-handler and is lost", e);
    }
  }

  private void opened(EventStream open) {
    answering = answers.apply(open);
    intake.opened();
    lastReason = "";
    log.log(Level.DEBUG, "listening to user events and queries");
  }

  private void told(SerfException why) {
    String reason = String.valueOf(why.getMessage());
    Level level = reason.equals(lastReason) ? Level.DEBUG : Level.WARNING;
    lastReason = reason;
    log.log(level, reason + " (no user events and queries meanwhile; trying again)");
  }

  private void pause(int failures) {
    try {
      long nanos = pauses.delay(failures, () -> ThreadLocalRandom.current().nextDouble()).toNanos();
      boolean ignored = closing.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      // By stopTaking() alone.
      Thread.currentThread().interrupt();
    }
  }

  /** Takes nothing more; answers still find their way. */
  void stopTaking() throws InterruptedException {
    closing.countDown();
    if (started) {
      thread.interrupt();
      thread.join(JOIN_MILLIS);
    }
  }

  /** Ends the stream. */
  @Override
  public void close() {
    EventStream open;
    synchronized (this) {
      open = stream;
      stream = null;
    }
    if (open != null) {
      open.close();
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }
}
