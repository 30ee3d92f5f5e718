package io.github.serfhandler.benchmarks;

import io.github.serfhandler.client.EventFilter;
import io.github.serfhandler.client.EventStream;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfClientOptions;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.client.UserEvent;
import io.github.serfhandler.testkit.SerfNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Minimal stream clients, one at each agent: when an event reaches a node at all is the limit of
 * whatever is made of it there. Confined to one thread.
 */
final class Arrivals implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<SerfClient> clients = new ArrayList<>();
  private final List<EventStream> streams = new ArrayList<>();
  private final List<Reader> readers = new ArrayList<>();

  /** At these agents, of these events; returns when all streams stand. */
  Arrivals(List<SerfNode> nodes, EventFilter filter) throws IOException {
    for (SerfNode node : nodes) {
      SerfClient client = SerfClient.open(SerfClientOptions.builder().address(node.rpc()).build());
      clients.add(client);
      streams.add(client.stream(filter));
    }
    long begin = System.nanoTime();
    while (!streams.stream().allMatch(EventStream::connected)) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new IOException("no stream of events from " + nodes);
      }
      EtcdFleet.pause(Duration.ofMillis(10));
    }
  }

  /** What comes from now on is a new round. */
  void expect(String text) {
    readers.clear();
    for (EventStream stream : streams) {
      Reader reader = new Reader(stream, text);
      reader.start();
      readers.add(reader);
    }
  }

  /** When the expected came to each node, in milliseconds after {@code begin}; waits for all. */
  double[] millis(long begin) throws IOException, InterruptedException {
    double[] millis = new double[readers.size()];
    for (int i = 0; i < millis.length; i++) {
      readers.get(i).join(PATIENCE.toMillis());
      long at = readers.get(i).at;
      if (at == 0) {
        throw new IOException("an event did not arrive within a minute");
      }
      millis[i] = (at - begin) / 1e6;
    }
    return millis;
  }

  @Override
  public void close() {
    streams.forEach(EventStream::close);
    clients.forEach(SerfClient::close);
  }

  /** Takes events until one holds the text. */
  private static final class Reader extends Thread {
    private final EventStream stream;
    private final String text;
    volatile long at;

    Reader(EventStream stream, String text) {
      super("arrival");
      this.stream = stream;
      this.text = text;
      setDaemon(true);
    }

    @Override
    public void run() {
      long begin = System.nanoTime();
      while (System.nanoTime() - begin < PATIENCE.toNanos()) {
        Optional<SerfEvent> event = stream.poll(Duration.ofSeconds(1));
        if (event.isPresent() && told(event.get()).contains(text)) {
          at = System.nanoTime();
          return;
        }
      }
    }

    private static String told(SerfEvent event) {
      return event instanceof UserEvent user
          ? user.name() + " " + user.payload().text()
          : event.toString();
    }
  }
}
