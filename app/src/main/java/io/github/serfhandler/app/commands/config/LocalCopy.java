package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.cli.FailedException;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.app.wiring.Wiring;
import io.github.serfhandler.config.Applied;
import io.github.serfhandler.config.ConfigStore;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import java.util.Optional;

/**
 * This node's own copy of the configuration, in the configuration directory. Confined to the main
 * thread; safe beside the resident agent, which has the same directory.
 */
final class LocalCopy {
  /** How updates that come in here are called in the history. */
  private static final String ORIGIN = "publish";

  private final Settings settings;
  private final ConfigStore store;

  private LocalCopy(Settings settings, ConfigStore store) {
    this.settings = settings;
    this.store = store;
  }

  /** The copy in the directory that the settings name; what should be known is told on stderr. */
  static LocalCopy of(Invocation invocation) {
    Settings settings = invocation.settings();
    return new LocalCopy(
        settings,
        Wiring.configStore(
            settings,
            notice -> invocation.err().line("serf-handler: warning: " + Printable.of(notice))));
  }

  /** The newest revision of a key; empty where there is none here. */
  Optional<ShortRevision> newest(KeyName name) {
    return Optional.empty();
  }

  /**
   * Takes an update before it is announced, so that others can fetch it here.
   *
   * @throws FailedException where this node does not belong to the product, or can not take it
   */
  void take(ConfigUpdate update, Fleet fleet) throws InterruptedException {
    boolean subscribed =
        settings.products().isPresent()
            ? settings.products().get().contains(update.product())
            : fleet.of(update.product()).contains(fleet.self());
    if (!subscribed) {
      throw new FailedException(
          "cannot publish "
              + update
              + ": it is too long for gossip, and this node does not belong to "
              + update.product()
              + ", so that others could not fetch it here; publish it on a node of "
              + update.product());
    }
    try {
      Applied ignored = Wiring.replica(settings, store).receive(update, ORIGIN);
    } catch (RejectedException e) {
      throw new FailedException("cannot publish " + update + ": " + e.reason(), e);
    }
  }
}
