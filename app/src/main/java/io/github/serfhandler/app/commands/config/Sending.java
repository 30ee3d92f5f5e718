package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.cli.CommonSettings;
import io.github.serfhandler.app.cli.ExitStatus;
import io.github.serfhandler.app.cli.FailedException;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Json;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.settings.SettingsTable;
import io.github.serfhandler.app.wiring.Wiring;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.config.ConfigMessage;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.publish.MessageLimits;
import io.github.serfhandler.publish.Publisher;
import io.github.serfhandler.replica.StatusQuestion;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Sends one update for a command: finds its version, signs it, chooses the message, tells what came
 * of it. Confined to the main thread.
 */
final class Sending {
  static final Option<Long> VERSION =
      Option.ofGiven(
          "--version", new VersionType(), "version to publish (default: one more than the newest)");

  /** What all commands take that publish. */
  static final List<Option<?>> OPTIONS =
      List.of(VERSION, Asked.WAIT, Asked.TIMEOUT, Asked.NODES, Asked.TAG, Option.FORMAT);

  /** How long the nodes may take to tell which version they have. */
  private static final Duration VERSION_TIME = Duration.ofSeconds(2);

  private final Invocation invocation;
  private final Settings settings;
  private final Asked asked;
  private final SerfClient client;
  private final Fleet fleet;
  private final LocalCopy local;
  private final MessageLimits limits;

  private Sending(Invocation invocation, Asked asked, SerfClient client) {
    this.invocation = invocation;
    this.settings = invocation.settings();
    this.asked = asked;
    this.client = client;
    this.fleet = new Fleet(client);
    this.local = LocalCopy.of(invocation);
    this.limits = new MessageLimits(settings.eventLimit(), settings.queryLimit());
  }

  /** The settings of a command that publishes. */
  static List<Setting<?>> settings() {
    return CommonSettings.talkingAnd(
        SettingsTable.CONF_DIR,
        SettingsTable.PRODUCTS,
        SettingsTable.CONFIG_TRUSTED,
        SettingsTable.SIGNING_KEY_FILE,
        SettingsTable.EVENT_LIMIT,
        SettingsTable.QUERY_LIMIT);
  }

  /**
   * Publishes a content, or that the key is deleted.
   *
   * @param content empty to delete
   * @param base the revision that this was made from, which must be the newest; empty for any
   * @return the exit status
   */
  static int run(
      Invocation invocation,
      KeyName name,
      Optional<JsonObject> content,
      Optional<ShortRevision> base)
      throws IOException, InterruptedException {
    Asked asked = Asked.of(invocation);
    try (SerfClient client = Wiring.client(invocation.settings())) {
      return new Sending(invocation, asked, client).send(name, content, base);
    }
  }

  private int send(KeyName name, Optional<JsonObject> content, Optional<ShortRevision> base)
      throws IOException, InterruptedException {
    ConfigUpdate update = update(name, content, base);
    SortedSet<String> expected = asked.expected(fleet, name.product());
    int inQuery = limits.roomInQuery(Publisher.nameOf(update), fleet.self(), asked.filterBytes());
    int size = ConfigMessage.of(update).length;
    if (asked.waits() && size <= inQuery) {
      Waiting waiting = waiting(update, expected);
      Collection<NodeResult> results = waiting.askToTake(asked);
      return tell(update, "query", size, inQuery, results);
    }
    Publisher publisher = new Publisher(client, limits);
    Publisher.Way way = publisher.wayOf(update, fleet.self(), fleet.servesPeers());
    if (way == Publisher.Way.ANNOUNCEMENT) {
      local.take(update, fleet);
    }
    way = publisher.send(update, fleet.self(), fleet.servesPeers());
    int sent =
        switch (way) {
          case EVENT -> ConfigMessage.of(update).length;
          case QUERY -> ConfigMessage.quiet(update).length;
          case ANNOUNCEMENT -> update.content().orElseThrow().canonical().length;
        };
    Collection<NodeResult> results =
        asked.waits() ? waiting(update, expected).until(asked.timeout()) : List.of();
    return tell(update, word(way), sent, room(update, way), results);
  }

  private Waiting waiting(ConfigUpdate update, SortedSet<String> expected) {
    return new Waiting(
        client, fleet, update, expected, Progress.on(invocation.err()), System::nanoTime);
  }

  private ConfigUpdate update(
      KeyName name, Optional<JsonObject> content, Optional<ShortRevision> base)
      throws IOException, InterruptedException {
    StatusQuestion question = StatusQuestion.of(name.product(), name.key());
    SortedSet<String> nodes = fleet.of(name.product());
    if (nodes.isEmpty()) {
      invocation
          .err()
          .line(
              "serf-handler: warning: no alive node belongs to "
                  + name.product()
                  + " by its tag products, so that nobody may take it");
    }
    Answers answers = fleet.ask(question, nodes, VERSION_TIME, Progress.on(invocation.err()));
    NextVersion next = NextVersion.of(name, local.newest(name), answers);
    if (base.isPresent()) {
      next.refuseOutdated(base.get());
    }
    Optional<Long> given = invocation.given(VERSION);
    if (content.isEmpty() && given.isEmpty() && next.newest().isEmpty() && !next.unheard()) {
      throw new FailedException(
          "cannot delete "
              + name
              + ": no node knows it; see: serf-handler config status "
              + name.product());
    }
    long version = given.isPresent() ? given.get() : next.afterNewest();
    ConfigUpdate update =
        new ConfigUpdate(name.product(), name.key(), version, content, Optional.empty());
    next.refuseKnown(update);
    try {
      return Signing.sign(update, settings);
    } catch (RejectedException e) {
      throw new FailedException("cannot publish " + update + ": " + e.reason(), e);
    }
  }

  private int tell(
      ConfigUpdate update, String way, int size, int room, Collection<NodeResult> results) {
    if (invocation.value(Option.FORMAT)) {
      Json json =
          new Json()
              .beginObject()
              .member("product", update.product())
              .member("key", update.key())
              .member("version", update.version())
              .member("state", update.isDeletion() ? "deleted" : "published")
              .member("way", way)
              .member("bytes", size)
              .member("room", room);
      NodeResult.addTo(json, results);
      json.endObject().print(invocation.out());
    } else {
      String verb = update.isDeletion() ? "deleted " : "published ";
      String name = update.product() + "/" + update.key() + " version " + update.version();
      String of = room > 0 ? " of " + room : "";
      invocation.out().line(verb + name + " (" + way + ", " + size + of + " bytes)");
      if (!results.isEmpty()) {
        NodeResult.table(results).print(invocation.out());
      }
    }
    return asked.waits() ? status(update, results) : ExitStatus.DONE;
  }

  private int status(ConfigUpdate update, Collection<NodeResult> results) {
    int applied = 0;
    for (NodeResult result : results) {
      applied += result.isApplied() ? 1 : 0;
    }
    if (applied == results.size() && applied > 0) {
      return ExitStatus.DONE;
    }
    String name = update.product() + " " + update.key();
    invocation.out().flush();
    invocation
        .err()
        .line(
            results.isEmpty()
                ? "serf-handler: nobody was asked: no alive node of "
                    + update.product()
                    + " is among those; see: serf-handler nodes"
                : "serf-handler: "
                    + (results.size() - applied)
                    + " of "
                    + results.size()
                    + " nodes have not said that they took it; mend what is refused, see that"
                    + " serf-handler agent runs on those that are silent, and look again with:"
                    + " serf-handler config status "
                    + name);
    return ExitStatus.FAILED;
  }

  private int room(ConfigUpdate update, Publisher.Way way) {
    String name = Publisher.nameOf(update);
    return switch (way) {
      case EVENT -> limits.roomInEvent(name);
      case QUERY -> limits.roomInQuery(name, fleet.self(), 0);
      case ANNOUNCEMENT -> 0;
    };
  }

  private static String word(Publisher.Way way) {
    return switch (way) {
      case EVENT -> "event";
      case QUERY -> "query";
      case ANNOUNCEMENT -> "announced";
    };
  }
}
