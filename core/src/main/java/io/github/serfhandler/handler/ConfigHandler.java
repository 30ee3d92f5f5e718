package io.github.serfhandler.handler;

import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.UserEvent;
import io.github.serfhandler.config.Applied;
import io.github.serfhandler.config.ConfigEvent;
import io.github.serfhandler.config.ConfigLockException;
import io.github.serfhandler.config.ConfigMessage;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.replica.Replica;
import io.github.serfhandler.replica.StatusAnswer;
import io.github.serfhandler.replica.StatusQuestion;
import io.github.serfhandler.store.StoreException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Brings the messages about configuration to this node's {@link Replica}, which keeps the files
 * {@code PRODUCT/KEY.json}: user events and queries {@code config_updated}, {@code config_deleted}
 * and {@code config_announced}, the user event {@code config_digest}, and the query {@code
 * config_status}.
 *
 * <p>A node is interested where its subscription has the product, or its {@link Replica} keeps it;
 * one that only observes it is not. Who is not interested does nothing and answers nothing. A query
 * about an update is answered with {@code ok} where the node has this version now or a newer one,
 * and with {@code error: REASON} where it is rejected: it is malformed, not trusted, refused by a
 * rule, or its file can not be. A rejection changes nothing, is logged and counted. Where this node
 * could not do its part (a full disk, a directory that it may not write in) the handler fails, as
 * others do, with a {@link HandlerException}.
 *
 * <p>Neither log nor answer ever holds anything of the configuration itself.
 */
public class ConfigHandler extends SerfHandler {
  /** The name of the user event and of the query. */
  public static final String CONFIG_UPDATED = "config_updated";

  private static final Payload OK = Payload.ofText("ok");
  private static final int MAX_REASON = 240;
  private static final int MOST_TOLD = 256;

  private final AtomicLong rejected = new AtomicLong();

  /** The rejections that were told: one that the others send again and again is told once. */
  private final Set<String> told = new HashSet<>();

  /** A handler for the configuration of the node that it runs on. */
  public ConfigHandler() {
    for (ConfigEvent kind : ConfigEvent.values()) {
      ByKind method = new ByKind(kind);
      if (kind != ConfigEvent.STATUS) {
        onEvent(kind.wireName(), method);
      }
      if (kind != ConfigEvent.DIGEST) {
        onQuery(kind.wireName(), method);
      }
    }
  }

  // A class instead of lambdas: the first lambda of a process costs milliseconds, and Serf forks a
  // process for each event of whatever kind.
  private final class ByKind implements EventMethod, QueryMethod {
    private final ConfigEvent kind;

    ByKind(ConfigEvent kind) {
      this.kind = kind;
    }

    @Override
    public void handle(UserEvent event) throws InterruptedException {
      Payload unused = take(kind, event.payload(), "event");
    }

    @Override
    public @Nullable Payload answer(QueryEvent query) throws InterruptedException {
      return take(kind, query.payload(), "query");
    }
  }

  /** How many messages were rejected since the start. */
  public long rejected() {
    return rejected.get();
  }

  private @Nullable Payload take(ConfigEvent kind, Payload payload, String origin)
      throws InterruptedException {
    try {
      if (kind == ConfigEvent.DIGEST) {
        node().replica().digest(payload.bytes());
        return null;
      }
      return kind == ConfigEvent.STATUS
          ? status(payload)
          : update(kind, ConfigMessage.parse(payload.bytes()), origin);
    } catch (RejectedException e) {
      rejected.incrementAndGet();
      String reason = bounded(e.reason());
      String line = kind.wireName() + " rejected: " + reason;
      node().log(isNew(line) ? Level.WARNING : Level.DEBUG, name() + ": " + line);
      return Payload.ofText("error: " + reason);
    } catch (StoreException | ConfigLockException | UncheckedIOException e) {
      throw new HandlerException(String.valueOf(e.getMessage()), e);
    }
  }

  private @Nullable Payload update(ConfigEvent kind, ConfigMessage message, String origin)
      throws InterruptedException {
    if (!node().subscription().products().contains(message.product())
        && !node().replica().keeps(message.product())) {
      node().log(Level.DEBUG, name() + ": not interested in " + message.product());
      return null;
    }
    if (kind == ConfigEvent.ANNOUNCED) {
      node().replica().announced(message.announcement());
      return null;
    }
    ConfigUpdate update = kind == ConfigEvent.DELETED ? message.deletion() : message.update();
    tell(update, node().replica().receive(update, origin));
    return message.wantsAnswer() ? OK : null;
  }

  private @Nullable Payload status(Payload payload) throws InterruptedException {
    StatusQuestion question = StatusQuestion.parse(payload.bytes());
    Set<String> products = node().replica().withKept(node().subscription().products());
    Optional<StatusAnswer> answer = node().replica().status(question, products);
    return answer.isPresent() ? Payload.of(answer.get().payload()) : null;
  }

  private void tell(ConfigUpdate update, Applied applied) {
    if (applied.notice().isPresent()) {
      node().log(Level.WARNING, name() + ": " + applied.notice().get());
    }
    if (applied.changed()) {
      log(update + " applied");
    } else {
      node()
          .log(
              Level.DEBUG,
              name() + ": " + update + " ignored, stored is " + applied.stored().version());
    }
  }

  private boolean isNew(String line) {
    if (told.size() >= MOST_TOLD) {
      told.clear();
    }
    return told.add(line);
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
