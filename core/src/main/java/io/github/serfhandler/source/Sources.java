package io.github.serfhandler.source;

import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.config.Revision;
import io.github.serfhandler.config.SigningKey;
import io.github.serfhandler.discovery.Discovery;
import io.github.serfhandler.discovery.FollowListener;
import io.github.serfhandler.discovery.PassResult;
import io.github.serfhandler.publish.MessageLimits;
import io.github.serfhandler.publish.Pace;
import io.github.serfhandler.publish.Publisher;
import io.github.serfhandler.replica.Replica;
import io.github.serfhandler.source.KeyLayout.Place;
import io.github.serfhandler.store.FileStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets the fleet follow stores, beside a real agent: each source on a thread of its own ({@code
 * source-NAME}), one thread ({@code publish}) that sends, paced, and one ({@code compare}) that
 * compares once more what others changed. Stands still until the first pass of discovery tells
 * which node this is. Thread-safe.
 */
public final class Sources implements FollowListener, AutoCloseable {
  private static final long LOOK = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_REST = TimeUnit.MINUTES.toNanos(1);
  private static final long BETWEEN_SAVES = TimeUnit.SECONDS.toNanos(2);
  private static final long BETWEEN_SAVES_OF_ALL = TimeUnit.SECONDS.toNanos(30);
  private static final long GRACE_MILLIS = 2000;

  /**
   * Immutable: how what the sources tell is published.
   *
   * @param deletes what becomes of what is deleted in a store
   * @param key who signs; empty where nothing is signed
   * @param limits how long messages may be
   * @param servesPeers whether this node serves its peers, so that what is too long for gossip can
   *     be fetched here
   * @param synced whether this node's copy is kept equal to those of the others
   */
  public record Terms(
      Deletes deletes,
      Optional<SigningKey> key,
      MessageLimits limits,
      boolean servesPeers,
      boolean synced) {}

  private final Terms terms;
  private final Outbox outbox;
  private final List<SourceIntake> intakes = new ArrayList<>();
  private final List<SourceThread> threads = new ArrayList<>();
  private final SourcesFile file;
  private final Logger log;
  private final Thread publishing;
  private final Thread comparing;
  private volatile String self = "";
  private volatile boolean closing;
  private boolean started;
  private long nextSave = System.nanoTime();
  private long nextSaveOfAll = nextSave;

  /**
   * Sources that stand still until the first pass.
   *
   * @param sources by a short name for threads and files, as {@code etcd}; closed with this
   * @param replica this node's copy; watched from now on
   * @param client the agent; stays the caller's to close, after this
   * @param store writes what is remembered
   * @param confDir the directory of the files
   */
  public Sources(
      Map<String, ConfigSource> sources,
      Terms terms,
      Replica replica,
      SerfClient client,
      FileStore store,
      Path confDir,
      Logger log) {
    this.terms = terms;
    this.log = log;
    Publisher publisher = new Publisher(client, terms.limits());
    Copy copy = new Copy(replica, terms.key(), this::foreign);
    Pace pace = new Pace(client, System::nanoTime, Outbox.patience());
    this.outbox = new Outbox(copy, publisher, pace, log);
    SourceIntake.Fit fit =
        update -> {
          Publisher.Way unused = publisher.wayOf(update, self, terms.servesPeers());
        };
    SourceIntake.Shared shared =
        new SourceIntake.Shared(
            copy,
            fit,
            outbox,
            terms.deletes(),
            terms.synced(),
            System::nanoTime,
            this::wakeComparing,
            log);
    Path folder = confDir.resolve(Discovery.OWN_FOLDER).resolve("watch");
    for (Map.Entry<String, ConfigSource> entry : sources.entrySet()) {
      ConfigSource source = entry.getValue();
      Known known = new Known(source.identity(), store, folder.resolve(entry.getKey() + ".json"));
      Optional<String> problem = known.load();
      if (problem.isPresent()) {
        log.log(Level.WARNING, problem.get());
      }
      SourceIntake intake = new SourceIntake(source, known, shared);
      intakes.add(intake);
      threads.add(new SourceThread(entry.getKey(), source, intake, log));
    }
    this.file = new SourcesFile(store, confDir, log);
    this.publishing = new Thread(null, this::publish, "publish", 512 * 1024);
    publishing.setDaemon(true);
    this.comparing = new Thread(null, this::compare, "compare", 512 * 1024);
    comparing.setDaemon(true);
    replica.watch(copy);
  }

  private void foreign(Place place, Revision revision) {
    for (SourceIntake intake : intakes) {
      intake.foreign(place, revision);
    }
  }

  // From the thread that follows the agent.

  @Override
  public void reached() {}

  @Override
  public void lost(SerfException reason, boolean wasReachable) {}

  @Override
  public void passed(PassResult result) {
    self = result.agentName();
    if (!started) {
      started = true;
      publishing.start();
      comparing.start();
      for (SourceThread thread : threads) {
        thread.start();
      }
    }
  }

  // On the thread publish.

  private void publish() {
    while (!closing) {
      try {
        long now = System.nanoTime();
        outbox.sendOne(System.nanoTime(), self, terms.servesPeers());
        write(now);
        outbox.await(System.nanoTime(), LOOK);
      } catch (InterruptedException e) {
        return; // By close() alone.
      } catch (RuntimeException | Error e) {
        log.log(Level.ERROR, "publishing from a store met a fault of serf-handler", e);
        LockSupport.parkNanos(this, LOOK);
      }
    }
  }

  // On the thread compare.

  private void compare() {
    while (!closing) {
      try {
        long wait = LONGEST_REST;
        for (SourceIntake intake : intakes) {
          intake.recheck(System.nanoTime());
          wait = intake.untilRecheck(System.nanoTime(), wait);
        }
        if (wait > 0 && !closing) {
          // Whoever adds a key ends the wait, also one that has not begun yet.
          LockSupport.parkNanos(this, wait);
        }
      } catch (InterruptedException e) {
        return; // By close() alone.
      } catch (RuntimeException | Error e) {
        log.log(Level.ERROR, "comparing with a store met a fault of serf-handler", e);
        LockSupport.parkNanos(this, LOOK);
      }
    }
  }

  private void wakeComparing() {
    LockSupport.unpark(comparing);
  }

  private void write(long now) {
    if (now - nextSave < 0) {
      return;
    }
    nextSave = now + BETWEEN_SAVES;
    boolean all = now - nextSaveOfAll >= 0;
    nextSaveOfAll = all ? now + BETWEEN_SAVES_OF_ALL : nextSaveOfAll;
    for (SourceIntake intake : intakes) {
      if (all) {
        intake.save();
      } else {
        intake.saveKeys();
      }
    }
    file.write(intakes, outbox);
  }

  private static void end(Thread thread) throws InterruptedException {
    // Not an interrupt at once: that would close a file which is just being written.
    thread.join(GRACE_MILLIS);
    thread.interrupt();
    thread.join(GRACE_MILLIS);
  }

  /** Ends the sources and what sends, bounded by seconds, and writes what is remembered. */
  @Override
  public void close() {
    closing = true;
    for (SourceThread thread : threads) {
      thread.end();
    }
    outbox.wake();
    wakeComparing();
    try {
      for (SourceThread thread : threads) {
        thread.join(GRACE_MILLIS);
      }
      end(publishing);
      end(comparing);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (started) {
      nextSave = System.nanoTime();
      nextSaveOfAll = nextSave;
      write(nextSave);
    }
  }
}
