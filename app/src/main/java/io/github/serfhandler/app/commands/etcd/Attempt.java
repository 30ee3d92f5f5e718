package io.github.serfhandler.app.commands.etcd;

import io.github.serfhandler.app.cli.FailedException;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.commands.config.Fleet;
import io.github.serfhandler.app.commands.config.KeyName;
import io.github.serfhandler.app.commands.config.LocalCopy;
import io.github.serfhandler.app.commands.config.ShortRevision;
import io.github.serfhandler.app.commands.config.Signing;
import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.app.wiring.Wiring;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfCommandException;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.config.ConfigLockException;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.publish.MessageLimits;
import io.github.serfhandler.publish.Publisher;
import io.github.serfhandler.publish.TooLongException;
import io.github.serfhandler.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Sends one change, once: finds the version that it needs, signs it, hands it to the agent.
 * Confined to the main thread.
 */
final class Attempt {
  /** How many nodes are asked which version they hold. */
  static final int MOST_ASKED = 3;

  /** How long they may take to tell it. */
  private static final Duration ASK_TIME = Duration.ofSeconds(1);

  private final Invocation invocation;
  private final Settings settings;
  private final String watcher;
  private final LocalCopy local;

  /** For the changes that one {@code etcdctl} tells, see {@link WatchProcess}. */
  Attempt(Invocation invocation, String watcher) {
    this.invocation = invocation;
    this.settings = invocation.settings();
    this.watcher = watcher;
    this.local = LocalCopy.of(invocation);
  }

  /**
   * Sends it.
   *
   * @throws RejectedException where it is of no use, or never will be possible
   * @throws SerfException where the agent could not take it; harmless when repeated
   */
  void send(ConfigUpdate update) throws InterruptedException {
    KeyName name = new KeyName(update.product(), update.key());
    try (SerfClient client = Wiring.client(settings)) {
      Fleet fleet = new Fleet(client);
      Optional<ShortRevision> known = newest(name, fleet);
      try (SentRecord record = SentRecord.take(settings.confDir(), name, this::warn)) {
        ConfigUpdate lifted = Lift.lift(update, known, record.last(), watcher);
        send(Signing.sign(lifted, settings), update.version(), client, fleet, record);
        if (lifted.version() != update.version()) {
          tell(
              update
                  + " went out as version "
                  + lifted.version()
                  + ", for the nodes knew a newer one; was etcd rebuilt?");
        }
      } catch (TooLongException e) {
        throw new RejectedException(String.valueOf(e.getMessage()));
      }
    }
  }

  private void send(
      ConfigUpdate update, long told, SerfClient client, Fleet fleet, SentRecord record)
      throws InterruptedException {
    Publisher publisher =
        new Publisher(client, new MessageLimits(settings.eventLimit(), settings.queryLimit()));
    if (publisher.wayOf(update, fleet.self(), fleet.servesPeers()) == Publisher.Way.ANNOUNCEMENT) {
      take(update, fleet);
    }
    record.write(new SentVersion(watcher, told, ShortRevision.of(update.revision())));
    Publisher.Way unused = publisher.send(update, fleet.self(), fleet.servesPeers());
  }

  /** Takes it before it is announced, so that others can fetch it here. */
  private void take(ConfigUpdate update, Fleet fleet) throws InterruptedException {
    try {
      local.take(update, fleet);
    } catch (FailedException e) {
      throw new RejectedException(String.valueOf(e.getMessage()));
    }
  }

  /** What this node's copy tells, and some of the nodes of the product. */
  private Optional<ShortRevision> newest(KeyName name, Fleet fleet) throws InterruptedException {
    Optional<ShortRevision> here = Optional.empty();
    try {
      here = local.newest(name);
    } catch (StoreException | ConfigLockException e) {
      warn(e.getMessage() + "; going on without this node's own copy");
    }
    List<String> nodes = new ArrayList<>(fleet.of(name.product()));
    if (nodes.isEmpty()) {
      warn(
          "no alive node belongs to "
              + name.product()
              + " by its tag products, so that nobody may take "
              + name);
      return here;
    }
    Collections.shuffle(nodes);
    List<String> asked = nodes.subList(0, Math.min(MOST_ASKED, nodes.size()));
    Optional<ShortRevision> there = Optional.empty();
    try {
      there = fleet.newest(name, asked, ASK_TIME);
    } catch (SerfCommandException e) {
      warn(e.getMessage() + "; going on with the version of etcd");
    }
    return here.isPresent() && (there.isEmpty() || here.get().compareTo(there.get()) > 0)
        ? here
        : there;
  }

  private void warn(String text) {
    tell("warning: " + text);
  }

  private void tell(String text) {
    invocation.err().line("serf-handler: " + Printable.of(text));
  }
}
