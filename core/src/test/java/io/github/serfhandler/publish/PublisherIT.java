package io.github.serfhandler.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.client.EventFilter;
import io.github.serfhandler.client.EventStream;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfClientOptions;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.client.UserEvent;
import io.github.serfhandler.config.ConfigMessage;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.Revision;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What goes out in which kind of message, judged by a real agent. */
@Timeout(60)
class PublisherIT {
  private static final String NODE = "a-node-of-a-quite-usual-name";

  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  private final MessageLimits limits = MessageLimits.DEFAULT;

  /** What a query has more than an event. */
  private static final int QUIET = ",\"q\":true".length();

  /** An update whose message has so many bytes as an event. */
  private static ConfigUpdate ofSize(int bytes) {
    ConfigUpdate update = new ConfigUpdate("p", "k", 1, JsonObject.builder().put("a", "").build());
    int more = bytes - ConfigMessage.of(update).length;
    JsonObject content = JsonObject.builder().put("a", "x".repeat(more)).build();
    return new ConfigUpdate("p", "k", 1, content);
  }

  @Test
  void fillsEventsAndQueriesToTheLastByteThatTheAgentTakes() throws Exception {
    SerfNode node = serf.start(SerfOptions.named(NODE));
    SerfClientOptions options = SerfClientOptions.builder().address(node.rpc()).build();
    int inEvent = limits.roomInEvent("config_updated");
    int inQuery = limits.roomInQuery("config_updated", NODE, 0);
    try (SerfClient client = SerfClient.open(options);
        EventStream stream = client.stream(EventFilter.all())) {
      Publisher publisher = new Publisher(client, limits);
      assertThat(publisher.send(ofSize(inEvent), NODE, false)).isEqualTo(Publisher.Way.EVENT);
      assertThat(next(stream)).isInstanceOf(UserEvent.class);
      assertThat(publisher.send(ofSize(inEvent + 1), NODE, false)).isEqualTo(Publisher.Way.QUERY);
      assertThat(next(stream)).isInstanceOf(QueryEvent.class);
      assertThat(publisher.send(ofSize(inQuery - QUIET), NODE, false))
          .isEqualTo(Publisher.Way.QUERY);
      QueryEvent longest = (QueryEvent) next(stream);
      ConfigMessage message = ConfigMessage.parse(longest.payload().bytes());
      assertThat(message.wantsAnswer()).isFalse();
      assertThat(message.update()).isEqualTo(ofSize(inQuery - QUIET));
      assertThatThrownBy(() -> publisher.send(ofSize(inQuery - QUIET + 1), NODE, false))
          .isInstanceOf(TooLongException.class)
          .hasMessageContaining("its message is " + (inQuery + 1) + " bytes")
          .hasMessageContaining(inEvent + " in an event and " + inQuery + " in a query")
          .hasMessageContaining("peer.listen");
    }
  }

  @Test
  void announcesWhatIsTooLongWherePeersCanFetchIt() throws Exception {
    SerfNode node = serf.start(SerfOptions.named(NODE));
    SerfClientOptions options = SerfClientOptions.builder().address(node.rpc()).build();
    ConfigUpdate update = ofSize(5000);
    try (SerfClient client = SerfClient.open(options);
        EventStream stream = client.stream(EventFilter.all())) {
      Publisher publisher = new Publisher(client, limits);
      assertThat(publisher.send(update, NODE, true)).isEqualTo(Publisher.Way.ANNOUNCEMENT);
      UserEvent event = (UserEvent) next(stream);
      assertThat(event.name()).isEqualTo("config_announced");
      var announcement = ConfigMessage.parse(event.payload().bytes()).announcement();
      assertThat(announcement.holder()).isEqualTo(NODE);
      assertThat(announcement.revision()).isEqualTo(Revision.of(1, update.content().orElseThrow()));
    }
  }

  private static SerfEvent next(EventStream stream) throws InterruptedException {
    SerfEvent event = stream.take();
    while (!(event instanceof UserEvent) && !(event instanceof QueryEvent)) {
      event = stream.take();
    }
    return event;
  }
}
