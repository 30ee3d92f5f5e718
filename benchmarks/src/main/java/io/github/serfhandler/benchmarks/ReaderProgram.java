package io.github.serfhandler.benchmarks;

import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfClientOptions;
import java.time.Duration;

/**
 * A client that reads {@code stats} and {@code members} each 75 ms and forgets them: the least that
 * whoever follows an agent at the pace of {@code agent} takes. Runs until it is ended.
 */
public final class ReaderProgram {
  private ReaderProgram() {}

  /** Reads from the agent at the address of the first argument. */
  public static void main(String[] args) {
    SerfClientOptions options =
        SerfClientOptions.builder()
            .address(args[0].split(":", 2)[0], Integer.parseInt(args[0].split(":", 2)[1]))
            .build();
    try (SerfClient client = SerfClient.open(options)) {
      while (true) {
        Object unused = client.stats();
        unused = client.members();
        EtcdFleet.pause(Duration.ofMillis(75));
      }
    }
  }
}
