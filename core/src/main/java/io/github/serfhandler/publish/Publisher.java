package io.github.serfhandler.publish;

import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEnd;
import io.github.serfhandler.client.QueryRequest;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.config.Announcement;
import io.github.serfhandler.config.ConfigEvent;
import io.github.serfhandler.config.ConfigMessage;
import io.github.serfhandler.config.ConfigUpdate;
import java.time.Duration;

/**
 * Sends updates to the cluster, each in the smallest kind of message that takes it: a user event,
 * which is never coalesced; a query whose answers nobody waits for, which has twice the room; or,
 * where the sender serves its peers, an announcement, upon which they fetch it. Thread-safe; what
 * holds it back is the caller's ({@link Pace}).
 */
public final class Publisher {
  /** How an update went out. */
  public enum Way {
    /** As a user event. */
    EVENT,
    /** As a query, for it is too long for an event. */
    QUERY,
    /** Announced, to be fetched over the peer port. */
    ANNOUNCEMENT
  }

  /** The agent keeps a query so long; whoever gets it later still takes it, and answers nobody. */
  private static final Duration QUERY_TIME = Duration.ofSeconds(1);

  private final SerfClient client;
  private final MessageLimits limits;

  /** Sends by this agent. */
  public Publisher(SerfClient client, MessageLimits limits) {
    this.client = client;
    this.limits = limits;
  }

  /**
   * In which kind of message an update fits.
   *
   * @param node the name of the node that sends it
   * @param servesPeers whether that node serves its peers, and holds the update
   * @throws TooLongException where it fits none
   */
  public Way wayOf(ConfigUpdate update, String node, boolean servesPeers) {
    String name = nameOf(update);
    int inEvent = limits.roomInEvent(name);
    if (plain(update).size() <= inEvent) {
      return Way.EVENT;
    }
    int size = quiet(update).size();
    int inQuery = limits.roomInQuery(name, node, 0);
    if (size <= inQuery) {
      return Way.QUERY;
    }
    if (servesPeers && !update.isDeletion()) {
      return Way.ANNOUNCEMENT;
    }
    throw new TooLongException(
        "cannot publish "
            + update
            + ": its message is "
            + size
            + " bytes, gossip takes "
            + inEvent
            + " in an event and "
            + inQuery
            + " in a query; make it smaller, or turn the peer port on (peer.listen and"
            + " peer.secret_file) here and on the nodes of the product");
  }

  /**
   * Sends an update. Not repeatable by itself, but harmless when repeated: who has it ignores it.
   *
   * @param node the name of the agent's own node
   * @param servesPeers whether that node serves its peers, and holds the update already
   * @return how it went out
   * @throws TooLongException where it fits no message; nothing was sent then
   */
  public Way send(ConfigUpdate update, String node, boolean servesPeers) {
    Way way = wayOf(update, node, servesPeers);
    switch (way) {
      case EVENT -> client.event(nameOf(update), plain(update));
      case QUERY -> ask(nameOf(update), quiet(update));
      case ANNOUNCEMENT -> announce(update, node);
    }
    return way;
  }

  /**
   * The query that asks the interested nodes to take an update and to say so.
   *
   * @param request says who is asked and for how long
   */
  public static QueryRequest query(ConfigUpdate update, QueryRequest.Builder request) {
    return request.payload(plain(update)).build();
  }

  /** The name of the message about an update. */
  public static String nameOf(ConfigUpdate update) {
    return (update.isDeletion() ? ConfigEvent.DELETED : ConfigEvent.UPDATED).wireName();
  }

  private static Payload plain(ConfigUpdate update) {
    return Payload.of(ConfigMessage.of(update));
  }

  private static Payload quiet(ConfigUpdate update) {
    return Payload.of(ConfigMessage.quiet(update));
  }

  private void announce(ConfigUpdate update, String node) {
    byte[] content = update.content().orElseThrow().canonical();
    Announcement announcement =
        new Announcement(
            update.product(),
            update.key(),
            update.revision(),
            content.length,
            update.signature(),
            node);
    Payload payload = Payload.of(ConfigMessage.of(announcement));
    String name = ConfigEvent.ANNOUNCED.wireName();
    if (payload.size() <= limits.roomInEvent(name)) {
      client.event(name, payload);
    } else {
      ask(name, payload);
    }
  }

  /** Hands a query to the agent and does not wait for answers. */
  private void ask(String name, Payload payload) {
    QueryRequest request =
        QueryRequest.builder(name)
            .payload(payload)
            .timeout(QUERY_TIME)
            .end(QueryEnd.TIMEOUT)
            .build();
    client.query(request).close();
  }
}
