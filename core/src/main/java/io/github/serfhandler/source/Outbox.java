package io.github.serfhandler.source;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.serfhandler.client.SerfClosedException;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.client.SerfInterruptedException;
import io.github.serfhandler.config.ConfigLockException;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.publish.Pace;
import io.github.serfhandler.publish.Publisher;
import io.github.serfhandler.publish.TooLongException;
import io.github.serfhandler.source.KeyLayout.Place;
import io.github.serfhandler.store.StoreException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The keys whose newest version is to be sent to the cluster, in the order in which they came. A
 * key that changes again while it waits is sent once, as it is then; so the outbox never holds more
 * than there are keys. What is lost with it, at the end of the program, is in this node's copy, and
 * the digests tell the others. Thread-safe; one thread sends.
 */
final class Outbox {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long FIRST_RETRY = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long LONGEST_RETRY = TimeUnit.SECONDS.toNanos(5);

  private final Copy copy;
  private final Publisher publisher;
  private final Pace pace;
  private final Logger log;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();

  @GuardedBy("this")
  private final Set<Place> waiting = new LinkedHashSet<>();

  // Of the thread that sends.
  private long retry;
  private long notBefore;

  Outbox(Copy copy, Publisher publisher, Pace pace, Logger log) {
    this.copy = copy;
    this.publisher = publisher;
    this.pace = pace;
    this.log = log;
  }

  /** How long the agent's queue may stay full before one more message goes out all the same. */
  static Duration patience() {
    return PATIENCE;
  }

  synchronized void add(Collection<Place> places) {
    waiting.addAll(places);
    notifyAll();
  }

  /** Ends a wait for something to send. */
  synchronized void wake() {
    notifyAll();
  }

  synchronized int size() {
    return waiting.size();
  }

  long sent() {
    return sent.get();
  }

  long failures() {
    return failures.get();
  }

  /** Waits until there may be something to send, at most so long; nanoseconds. */
  synchronized void await(long now, long most) throws InterruptedException {
    long wait = waiting.isEmpty() ? most : Math.min(most, Math.max(0, notBefore - now));
    if (wait > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, wait);
    }
  }

  private synchronized Optional<Place> first(long now) {
    return waiting.isEmpty() || notBefore - now > 0
        ? Optional.empty()
        : Optional.of(waiting.iterator().next());
  }

  private synchronized void done(Place place) {
    waiting.remove(place);
  }

  /** Sends one where there is one, held back as long as gossip is behind. */
  void sendOne(long now, String node, boolean servesPeers) throws InterruptedException {
    Optional<Place> place = first(now);
    if (place.isEmpty()) {
      return;
    }
    try {
      pace.await();
      // Out of the set first: what changes from here on is sent once more.
      done(place.get());
      Optional<ConfigUpdate> update = copy.update(place.get());
      if (update.isPresent()) {
        Publisher.Way way = publisher.send(update.get(), node, servesPeers);
        sent.incrementAndGet();
        log.log(Level.DEBUG, update.get() + " sent: " + way);
      }
      retry = 0;
    } catch (TooLongException e) {
      // Only what another one brought here meanwhile: what a source tells is asked before.
      log.log(Level.WARNING, String.valueOf(e.getMessage()));
    } catch (SerfClosedException | SerfInterruptedException e) {
      // By the end of this program alone.
      log.log(Level.DEBUG, String.valueOf(e.getMessage()));
      later(place.get(), now);
    } catch (SerfException e) {
      failures.incrementAndGet();
      log.log(
          retry == 0 ? Level.WARNING : Level.DEBUG,
          place.get() + " can not be sent for now, and waits: " + e.getMessage());
      later(place.get(), now);
    } catch (StoreException | ConfigLockException | RejectedException | UncheckedIOException e) {
      failures.incrementAndGet();
      log.log(
          retry == 0 ? Level.WARNING : Level.DEBUG,
          place.get() + " can not be read for now, and waits to be sent: " + e.getMessage());
      later(place.get(), now);
    }
  }

  private synchronized void later(Place place, long now) {
    waiting.add(place);
    retry = retry == 0 ? FIRST_RETRY : Math.min(LONGEST_RETRY, retry * 2);
    notBefore = now + retry;
  }
}
