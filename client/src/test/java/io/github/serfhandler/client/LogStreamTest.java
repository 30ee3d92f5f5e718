package io.github.serfhandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.FakeStream;
import io.github.serfhandler.testkit.Records;
import java.time.Duration;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogStreamTest {

  @Test
  void deliversLinesUntilItIsClosed() {
    try (FakeAgent agent = FakeAgent.start();
        SerfClient client =
            SerfClient.open(SerfClientOptions.builder().address(agent.address()).build())) {
      LogStream log = client.monitor(LogLevel.WARN);
      FakeStream at = agent.awaitStream("monitor");
      assertThat(at.type()).isEqualTo("WARN");
      at.send(Records.log("[WARN] one"));
      at.send(Records.log("[WARN] two"));
      at.send(Records.log("[WARN] three"));
      assertThat(log.take()).isEqualTo(new LogLine("[WARN] one"));
      Iterator<LogEvent> lines = log.iterator();
      assertThat(lines.hasNext()).isTrue();
      assertThat(lines.next()).isEqualTo(new LogLine("[WARN] two"));
      assertThat(log.poll(Duration.ofSeconds(10))).contains(new LogLine("[WARN] three"));
      assertThat(log.dropped()).isZero();
      assertThat(log.connected()).isTrue();
      log.close();
      assertThat(lines.hasNext()).isFalse();
      assertThatThrownBy(lines::next).isInstanceOf(java.util.NoSuchElementException.class);
    }
  }
}
