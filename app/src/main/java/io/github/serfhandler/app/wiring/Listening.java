package io.github.serfhandler.app.wiring;

import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.discovery.FollowListener;
import io.github.serfhandler.handler.ConfigHandler;
import io.github.serfhandler.handler.Handler;
import io.github.serfhandler.handler.SerfHandlerProxy;
import io.github.serfhandler.replica.Replica;
import io.github.serfhandler.resident.ResidentHandlers;
import io.github.serfhandler.rule.Reactions;
import io.github.serfhandler.rule.Rules;
import io.github.serfhandler.source.ConfigSource;
import io.github.serfhandler.source.Sources;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.sync.ConfigSync;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What {@code agent} does beside discovery while it listens to events: the handlers, and the
 * configuration with all that keeps it equal and reacts to it. Confined to the thread that follows
 * the agent; what it starts has threads of its own.
 */
public final class Listening implements AutoCloseable {
  private final Reactions reactions;
  private final ResidentHandlers handlers;
  private final @Nullable ConfigSync sync;
  private final @Nullable Sources sources;

  private Listening(
      Reactions reactions,
      ResidentHandlers handlers,
      @Nullable ConfigSync sync,
      @Nullable Sources sources) {
    this.reactions = reactions;
    this.handlers = handlers;
    this.sync = sync;
    this.sources = sources;
  }

  /**
   * All of it, waiting for the first pass of discovery.
   *
   * @param client the agent; stays the caller's to close, after this
   * @param stores the stores that the fleet follows, by a short name; closed with this
   * @param reacts whether what the rules run after a change is run
   * @throws io.github.serfhandler.peer.PeerException where the peer port can not be opened
   */
  public static Listening start(
      Settings settings,
      SerfClient client,
      SerfHandlerProxy proxy,
      FileStore store,
      Consumer<String> warnings,
      Map<String, ConfigSource> stores,
      boolean reacts) {
    Replica replica = Wiring.replica(settings, Wiring.configStore(settings, warnings));
    ConfigSync sync =
        settings.configSync() && hears(proxy, warnings)
            ? Wiring.sync(settings, client, replica, store)
            : null;
    Reactions reactions =
        Reactions.start(
            reacts ? settings.rules() : List.of(), System.getLogger(Rules.class.getPackageName()));
    if (reacts && !settings.rules().isEmpty()) {
      replica.watch(new RuleChanges(settings.confDir(), reactions::changed));
    }
    ResidentHandlers handlers = Wiring.handlers(settings, client, proxy, replica, store);
    // Last of all, so that what a store brings finds everyone who has to hear of it.
    Sources sources =
        stores.isEmpty()
            ? null
            : Wiring.sources(settings, stores, client, replica, store, sync != null);
    return new Listening(reactions, handlers, sync, sources);
  }

  /**
   * Whether any handler brings the messages about configuration to this node's copy. Without one
   * this node would tell what it holds again and again, and never hear another.
   */
  static boolean hears(SerfHandlerProxy proxy, Consumer<String> warnings) {
    for (Handler handler : proxy.handlers()) {
      if (handler instanceof ConfigHandler) {
        return true;
      }
    }
    warnings.accept(
        "the configuration of this node is not kept equal to that of the others, for no handler"
            + " takes it: register a ConfigHandler beside your own for the role default, or set"
            + " config.sync to off");
    return false;
  }

  /** What is to hear of the passes of discovery. */
  public FollowListener listener() {
    FollowListener listener = sync == null ? handlers : sync.andThen(handlers);
    return sources == null ? listener : listener.andThen(sources);
  }

  /** Writes the status files where they changed; to be called now and then. */
  public void writeStatus() {
    handlers.writeStatus();
  }

  /** Ends all of it in order, bounded by seconds each; idempotent. */
  @Override
  public void close() {
    if (sources != null) {
      sources.close();
    }
    // Then the handlers: they bring what came to the copy, and answer.
    handlers.close();
    if (sync != null) {
      sync.close();
    }
    reactions.close();
  }
}
