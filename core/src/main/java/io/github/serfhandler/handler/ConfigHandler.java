package io.github.serfhandler.handler;

import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.UserEvent;
import io.github.serfhandler.config.Applied;
import io.github.serfhandler.config.ConfigLockException;
import io.github.serfhandler.config.ConfigMessage;
import io.github.serfhandler.config.ConfigStore;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.config.Revision;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.StoreException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the files {@code PRODUCT/KEY.json} by the user events and queries {@code config_updated}.
 *
 * <p>A node is interested where its subscription has the product; one that only observes it is not.
 * Who is not interested does nothing and answers nothing. A query is answered with {@code ok} where
 * the node has this version now or a newer one, and with {@code error: REASON} where the message is
 * rejected: it is malformed, or its file can not be. A rejection changes nothing, is logged and
 * counted. Where this node could not do its part (a full disk, a directory that it may not write
 * in) the handler fails, as others do, with a {@link HandlerException}.
 *
 * <p>Neither log nor answer ever holds anything of the configuration itself.
 */
public class ConfigHandler extends SerfHandler {
  /** The name of the user event and of the query. */
  public static final String CONFIG_UPDATED = "config_updated";

  private static final Payload OK = Payload.ofText("ok");
  private static final int MAX_REASON = 240;

  private final AtomicLong rejected = new AtomicLong();
  private @Nullable ConfigStore store;
  private @Nullable Path storeDir;

  /** A handler for the configuration directory of the node that it runs on. */
  public ConfigHandler() {
    Updates updates = new Updates();
    onEvent(CONFIG_UPDATED, updates);
    onQuery(CONFIG_UPDATED, updates);
  }

  // Classes instead of lambdas: the first lambda of a process costs milliseconds, and Serf forks a
  // process for each event of whatever kind.
  private final class Updates implements EventMethod, QueryMethod {
    @Override
    public void handle(UserEvent event) throws InterruptedException {
      Payload unused = apply(event.payload(), "event");
    }

    @Override
    public @Nullable Payload answer(QueryEvent query) throws InterruptedException {
      return apply(query.payload(), "query");
    }
  }

  private final class Notices implements Consumer<String> {
    @Override
    public void accept(String notice) {
      node().log(Level.WARNING, name() + ": " + notice);
    }
  }

  /** How many messages were rejected since the start. */
  public long rejected() {
    return rejected.get();
  }

  private @Nullable Payload apply(Payload payload, String origin) throws InterruptedException {
    try {
      ConfigMessage message = ConfigMessage.parse(payload.bytes());
      if (!node().subscription().products().contains(message.product())) {
        node().log(Level.DEBUG, name() + ": not interested in " + message.product());
        return null;
      }
      ConfigUpdate update = message.update();
      tell(update, store().apply(update, origin));
      return OK;
    } catch (RejectedException e) {
      rejected.incrementAndGet();
      String reason = bounded(e.reason());
      node().log(Level.WARNING, name() + ": " + CONFIG_UPDATED + " rejected: " + reason);
      return Payload.ofText("error: " + reason);
    } catch (StoreException | ConfigLockException | UncheckedIOException e) {
      throw new HandlerException(String.valueOf(e.getMessage()), e);
    }
  }

  private void tell(ConfigUpdate update, Applied applied) {
    if (applied.notice().isPresent()) {
      node().log(Level.WARNING, name() + ": " + applied.notice().get());
    }
    if (applied.changed()) {
      log(update + " applied");
    } else {
      Revision stored = applied.stored();
      String is = stored.version() + (stored.deleted() ? " (deleted)" : "");
      node().log(Level.DEBUG, name() + ": " + update + " ignored, stored is " + is);
    }
  }

  private ConfigStore store() {
    Path confDir = node().confDir();
    ConfigStore known = store;
    if (known == null || !confDir.equals(storeDir)) {
      Clock clock = Clock.systemUTC();
      Notices notices = new Notices();
      known =
          new ConfigStore(
              confDir, new FileStore(clock, notices), clock, ConfigStore.DEFAULT_HISTORY, notices);
      store = known;
      storeDir = confDir;
    }
    return known;
  }

  /** Fits what Serf takes as an answer, whatever the letters. */
  private static String bounded(String reason) {
    if (reason.length() <= MAX_REASON) {
      return reason;
    }
    boolean pair = Character.isHighSurrogate(reason.charAt(MAX_REASON - 1));
    return reason.substring(0, pair ? MAX_REASON - 1 : MAX_REASON) + "…";
  }
}
