package io.github.serfhandler.sync;

import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfClosedException;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.client.SerfInterruptedException;
import io.github.serfhandler.config.ConfigEvent;
import io.github.serfhandler.config.ConfigLockException;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.converge.Network;
import io.github.serfhandler.publish.Publisher;
import io.github.serfhandler.publish.TooLongException;
import io.github.serfhandler.replica.Replica;
import io.github.serfhandler.store.StoreException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as the convergence algorithm sees it. Confined to the thread of {@link ConfigSync}.
 * What can not be sent is lost, as what gossip loses: the algorithm tries again by itself.
 */
final class SerfNetwork implements Network {
  private static final int MOST_TOLD = 1000;

  private final SerfClient client;
  private final Publisher publisher;
  private final Replica replica;
  private final @Nullable Fetcher fetcher;
  private final Logger log;
  private final Set<String> told = new HashSet<>();
  private String self = "";
  private boolean serves;
  private boolean failing;
  private long failures;

  SerfNetwork(
      SerfClient client,
      Publisher publisher,
      Replica replica,
      @Nullable Fetcher fetcher,
      Logger log) {
    this.client = client;
    this.publisher = publisher;
    this.replica = replica;
    this.fetcher = fetcher;
    this.log = log;
  }

  /** Which node this is, and whether others can fetch from it. */
  void self(String name, boolean servesPeers) {
    self = name;
    serves = servesPeers;
  }

  /** How many messages could not be sent. */
  long failures() {
    return failures;
  }

  @Override
  public void digest(byte[] payload) {
    attempt(() -> client.event(ConfigEvent.DIGEST.wireName(), Payload.of(payload)));
  }

  @Override
  public void repair(String product, String key) {
    attempt(
        () -> {
          Optional<ConfigUpdate> update = replica.newest(product, key);
          if (update.isPresent()) {
            Publisher.Way way = publisher.send(update.get(), self, serves);
            log.log(Level.INFO, update.get() + " sent again, for a node that lacks it: " + way);
          }
        });
  }

  /** Something that is sent. */
  private interface Sending {
    void run() throws InterruptedException;
  }

  private void attempt(Sending sending) {
    try {
      sending.run();
      failing = false;
    } catch (InterruptedException e) {
      // By close() alone.
      Thread.currentThread().interrupt();
    } catch (TooLongException e) {
      String message = String.valueOf(e.getMessage());
      if (told.size() < MOST_TOLD && told.add(message)) {
        log.log(Level.WARNING, "a node lacks it, and it can not be sent: " + message);
      }
    } catch (SerfClosedException | SerfInterruptedException e) {
      // By the end of this program alone.
      log.log(Level.DEBUG, String.valueOf(e.getMessage()));
    } catch (SerfException
        | StoreException
        | ConfigLockException
        | RejectedException
        | UncheckedIOException e) {
      failures++;
      log.log(failing ? Level.DEBUG : Level.WARNING, String.valueOf(e.getMessage()));
      failing = true;
    }
  }

  @Override
  public boolean canPull(String node) {
    return fetcher != null && fetcher.peers().address(node).isPresent();
  }

  @Override
  public void pull(String product, String node) {
    if (fetcher != null) {
      fetcher.pull(product, node);
    }
  }

  @Override
  public String self() {
    return serves ? self : "";
  }
}
