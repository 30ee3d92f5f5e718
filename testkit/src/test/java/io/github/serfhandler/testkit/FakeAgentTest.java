package io.github.serfhandler.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class FakeAgentTest {

  private final FakeAgent agent = FakeAgent.start();

  @AfterEach
  void closeAgent() {
    agent.close();
  }

  @Test
  void answersMembersAndRecordsTheRequest() throws IOException {
    agent.members(FakeMember.named("a").withTag("role", "web"), FakeMember.named("b"));
    try (RawClient client = open()) {
      assertThat(client.ask("members").get("Members"))
          .asInstanceOf(InstanceOfAssertFactories.list(Object.class))
          .hasSize(2);
    }
    assertThat(agent.requests())
        .extracting(Request::command)
        .containsExactly("handshake", "members");
    assertThat(agent.requests("handshake").get(0).field("Version")).isEqualTo(1L);
  }

  @Test
  void demandsTheHandshakeAndThenCloses() throws IOException {
    try (RawClient client = RawClient.connect(agent.address())) {
      long seq = client.send("members");
      assertThat(client.read()).isEqualTo(Wire.header(seq, "Handshake required"));
      assertThatThrownBy(client::read).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void doesNotConsumeTheBodyOfACommandBeforeAuth() throws IOException {
    agent.authKey("secret");
    try (RawClient client = open()) {
      long seq = client.send("tags", Wire.map("Tags", Wire.map("a", "b")));
      // ipc.go reads the body as the next header, and answers it with the header before.
      assertThat(client.read()).isEqualTo(Wire.header(seq, "Authentication required"));
      assertThat(client.read()).isEqualTo(Wire.header(seq, "Authentication required"));
    }
  }

  @Test
  void authenticatesWithTheRightKeyOnly() throws IOException {
    agent.authKey("secret");
    assertThatThrownBy(() -> RawClient.open(agent.address(), "wrong"))
        .hasMessageContaining("Invalid authentication token");
    try (RawClient client = RawClient.open(agent.address(), "secret")) {
      assertThat(client.ask("stats")).containsKeys("agent", "serf", "tags");
    }
  }

  @Test
  void closesOnAnUnknownCommandAndOnAMalformedBody() throws IOException {
    try (RawClient client = open()) {
      long seq = client.send("reboot");
      assertThat(client.read()).isEqualTo(Wire.header(seq, "Unsupported command"));
      assertThatThrownBy(client::read).isInstanceOf(EOFException.class);
    }
    try (RawClient client = open()) {
      client.send("stream", Wire.map("Type", new byte[] {'*'}));
      assertThatThrownBy(client::read).isInstanceOf(EOFException.class);
    }
    try (RawClient client = open()) {
      client.send("members-filtered", Wire.map("Name", "("));
      assertThatThrownBy(client::read).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void filtersMembersAsTheAgentDoes() throws IOException {
    agent.members(
        FakeMember.named("a").withTag("role", "web"),
        FakeMember.named("b").withTag("role", "webapp"),
        FakeMember.named("c").withStatus("failed"));
    try (RawClient client = open()) {
      assertThat(namesFor(client, Wire.map("Tags", Wire.map("role", "web")))).containsExactly("a");
      assertThat(namesFor(client, Wire.map("Tags", Wire.map("role", "")))).containsExactly("c");
      // The agent puts no group around the expression, so that only one side is anchored.
      assertThat(namesFor(client, Wire.map("Tags", Wire.map("role", "x|app"))))
          .containsExactly("b");
      assertThat(namesFor(client, Wire.map("Status", "failed"))).containsExactly("c");
    }
  }

  @Test
  void changesTagsWithinTheirLimit() throws IOException {
    try (RawClient client = open()) {
      client.must("tags", Wire.map("Tags", Wire.map("a", "1", "b", "2")));
      client.must("tags", Wire.map("Tags", Wire.map("c", "3"), "DeleteTags", List.of("a")));
      assertThat(client.ask("stats").get("tags")).isEqualTo(Wire.map("b", "2", "c", "3"));
      assertThatThrownBy(
              () -> client.must("tags", Wire.map("Tags", Wire.map("big", "x".repeat(600)))))
          .hasMessageContaining("exceeds limit of 512 bytes");
    }
  }

  @Test
  void pushesToTheStreamsThatWantARecord() throws IOException {
    try (RawClient client = open()) {
      long seq = client.send("stream", Wire.map("Type", "user:deploy,member-join"));
      assertThat(client.read()).isEqualTo(Wire.header(seq, ""));
      agent.awaitStream("stream");
      byte[] payload = "x".getBytes(StandardCharsets.UTF_8);
      assertThat(agent.push(Records.user(1, "other", payload))).isZero();
      assertThat(agent.push(Records.user(2, "deploy", payload))).isOne();
      assertThat(agent.push(Records.member("member-join", FakeMember.named("n")))).isOne();
      assertThat(client.read()).isEqualTo(Wire.header(seq, ""));
      assertThat(client.read()).containsEntry("LTime", 2L).containsEntry("Payload", payload);
      assertThat(client.read()).isEqualTo(Wire.header(seq, ""));
      assertThat(client.read()).containsEntry("Event", "member-join");
    }
  }

  @RepeatedTest(50)
  void aStreamIsOpenOnceItsReplyIsThere() throws IOException {
    try (RawClient client = open()) {
      client.must("stream", Wire.map("Type", "user"));
      assertThat(agent.push(Records.user(1, "deploy", new byte[0]))).isOne();
    }
  }

  @Test
  void sendsRecordsAfterTheStopOfTheirStream() throws IOException {
    try (RawClient client = open()) {
      long seq = client.send("stream", Wire.map("Type", "*"));
      assertThat(client.read()).isEqualTo(Wire.header(seq, ""));
      FakeStream stream = agent.awaitStream("stream");
      client.must("stop", Wire.map("Stop", seq));
      assertThat(agent.streams()).isEmpty();
      stream.send(Records.user(9, "late", new byte[0]));
      assertThat(client.read()).isEqualTo(Wire.header(seq, ""));
      assertThat(client.read()).containsEntry("Name", "late");
    }
  }

  @Test
  void takesOneAnswerToAQueryThatItPushed() throws IOException {
    try (RawClient client = open()) {
      long seq = client.send("stream", Wire.map("Type", "query"));
      assertThat(client.read()).isEqualTo(Wire.header(seq, ""));
      agent.awaitStream("stream");
      agent.push(Records.query(7, 1, "uptime", new byte[0]));
      client.read();
      client.read();
      client.must("respond", Wire.map("ID", 7, "Payload", new byte[] {1}));
      assertThatThrownBy(() -> client.must("respond", Wire.map("ID", 7, "Payload", null)))
          .hasMessageContaining("No pending queries matching ID");
    }
  }

  @Test
  void acksAQueryAndEndsItAtItsTimeout() throws IOException {
    try (RawClient client = open()) {
      client.must("query", Wire.map("Name", "q", "RequestAck", true, "Timeout", 20_000_000L));
      client.read();
      assertThat(client.read()).containsEntry("Type", "ack").containsEntry("From", "fake");
      client.read();
      assertThat(client.read()).containsEntry("Type", "done");
    }
  }

  @Test
  void answersAsScriptedAndThenAsBefore() throws IOException {
    agent.once("stats", x -> x.error("boom"));
    agent.once("stats", x -> x.drip(x.encode(Wire.header(x.request().seq(), ""), Wire.map())));
    try (RawClient client = open()) {
      assertThatThrownBy(() -> client.ask("stats")).hasMessageContaining("boom");
      assertThat(client.ask("stats")).isEmpty();
      assertThat(client.ask("stats")).isNotEmpty();
    }
  }

  @Test
  void truncatesAndCloses() throws IOException {
    agent.on("members", x -> x.truncate(x.encode(Wire.header(x.request().seq(), "")), 5));
    try (RawClient client = open()) {
      client.send("members");
      assertThatThrownBy(client::read).hasMessageContaining("a part of a value");
    }
  }

  @Test
  void answersWhenTheTestReleasesIt() throws IOException {
    CountDownLatch latch = new CountDownLatch(1);
    agent.on(
        "stats",
        x -> {
          x.await(latch);
          x.proceed();
        });
    try (RawClient client = open()) {
      client.send("stats");
      agent.awaitRequest("stats", 1);
      latch.countDown();
      assertThat(client.read()).containsEntry("Error", "");
    }
  }

  @Test
  void hangsUntilItsConnectionsAreKilled() throws IOException {
    agent.on("stats", Exchange::hang);
    try (RawClient client = open()) {
      client.send("stats");
      agent.awaitRequest("stats", 1);
      agent.killConnections();
      assertThatThrownBy(client::read).isInstanceOf(IOException.class);
    }
  }

  @RepeatedTest(50)
  void refusesConnectionsAsSoonAsItIsStopped() {
    agent.stop();
    assertThatThrownBy(this::open).isInstanceOf(ConnectException.class);
  }

  @Test
  void comesBackAtTheSameAddress() throws IOException {
    agent.stop();
    assertThatThrownBy(this::open).isInstanceOf(IOException.class);
    agent.restart();
    agent.closeAtAccept(1);
    assertThatThrownBy(this::open).isInstanceOf(IOException.class);
    try (RawClient client = open()) {
      assertThat(client.ask("stats")).isNotEmpty();
    }
    assertThat(agent.accepted()).isEqualTo(2);
  }

  private RawClient open() throws IOException {
    return RawClient.open(agent.address(), null);
  }

  private static List<Object> namesFor(RawClient client, Map<String, @Nullable Object> filter)
      throws IOException {
    client.send("members-filtered", filter);
    client.read();
    return ((List<?>) Objects.requireNonNull(client.read().get("Members")))
        .stream().<Object>map(m -> String.valueOf(((Map<?, ?>) m).get("Name"))).toList();
  }
}
