package io.github.serfhandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.FakeMember;
import io.github.serfhandler.testkit.Wire;
import io.github.serfhandler.testkit.WireFormat;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class SerfClientTest {
  private final FakeAgent agent = FakeAgent.start();
  private final SerfClient client = SerfClient.open(options().build());

  @AfterEach
  void close() {
    client.close();
    agent.close();
  }

  @Test
  void connectsAtTheFirstCommandOnly() {
    assertThat(agent.accepted()).isZero();
    client.members();
    client.stats();
    assertThat(agent.accepted()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(WireFormat.class)
  void readsMembersInWhateverFormatTheyCome(WireFormat format) {
    agent.format(format);
    agent.members(
        FakeMember.named("n\u00f61").withAddr("10.0.0.1").withTag("role", "web:db"),
        FakeMember.named("n2").withAddr("::1").withStatus("failed"));
    assertThat(client.members())
        .extracting(Member::name, m -> m.tag("role"), Member::status)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("n\u00f61", "web:db", MemberStatus.ALIVE),
            org.assertj.core.groups.Tuple.tuple("n2", "", MemberStatus.FAILED));
  }

  @Test
  void sendsWhatAnAgentUnderstands() {
    client.event("deploy", Payload.ofText("v1"), true);
    assertThat(agent.requests("event").get(0).body())
        .containsEntry("Name", "deploy")
        .containsEntry("Coalesce", true);
    client.setTags(TagChange.none().set("a", "1").delete("b"));
    assertThat(agent.requests("tags").get(0).body())
        .isEqualTo(Map.of("Tags", Map.of("a", "1"), "DeleteTags", List.of("b")));
    client.forceLeave("gone", true);
    assertThat(agent.requests("force-leave").get(0).body())
        .isEqualTo(Map.of("Node", "gone", "Prune", true));
    assertThat(client.join(List.of("a", "b"), true)).isEqualTo(2);
    assertThat(agent.requests("join").get(0).body())
        .isEqualTo(Map.of("Existing", List.of("a", "b"), "Replay", true));
    client.members(
        MemberFilter.all()
            .name("n1|n2")
            .tag("role", "web|db")
            .status(MemberStatus.LEFT, MemberStatus.ALIVE));
    assertThat(agent.requests("members-filtered").get(0).body())
        .isEqualTo(
            Map.of(
                "Tags",
                Map.of("role", "(?:web|db)"),
                "Status",
                "(?:alive|left)",
                "Name",
                "(?:n1|n2)"));
    assertThat(client.coordinate("fake")).isPresent();
    assertThat(client.coordinate("nobody")).isEmpty();
    assertThat(client.listKeys().keys()).hasSize(1);
  }

  @Test
  void checksArgumentsBeforeAnythingIsSent() {
    assertThatThrownBy(() -> client.event("", Payload.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> client.event("e", Payload.of(new byte[70_000])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65536");
    assertThatThrownBy(() -> client.join(List.of(), false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> client.installKey("c2hvcnQ="))
        .hasMessage("a key has 16, 24 or 32 bytes, this one 5");
    assertThatThrownBy(() -> client.useKey("%secret%"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
    assertThat(agent.requests("event")).isEmpty();
    assertThat(client.members()).hasSize(1);
  }

  @Test
  void keepsTheConnectionWhenTheAgentRefuses() {
    agent.once("event", x -> x.error("boom\n\tand \u001b[31mmore"));
    assertThatThrownBy(() -> client.event("e", Payload.EMPTY))
        .isInstanceOfSatisfying(
            SerfCommandException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(SerfCommandException.Reason.OTHER);
              assertThat(e.agentText()).isEqualTo("boom; and \\u001b[31mmore");
              assertThat(e.retrySafe()).isFalse();
            });
    client.event("e", Payload.EMPTY);
    assertThat(agent.accepted()).isEqualTo(1);
  }

  @Test
  void keepsInStepWithErrorsThatHaveABody() {
    agent.once(
        "join", x -> x.error("2 errors occurred:\n\t* a: no\n\t* b: no\n\n", Wire.map("Num", 1)));
    assertThatThrownBy(() -> client.join(List.of("a", "b"), false))
        .isInstanceOfSatisfying(
            SerfJoinException.class,
            e -> {
              assertThat(e.joined()).isEqualTo(1);
              assertThat(e.lines()).containsExactly("a: no", "b: no");
              assertThat(e).hasMessageContaining("(2 errors occurred: a: no; b: no)");
            });
    agent.once(
        "list-keys",
        x ->
            x.error(
                "1/2 nodes reported failure",
                Wire.map("Messages", Wire.map("n2", "no\nring"), "NumNodes", 2, "NumErr", 1)));
    assertThatThrownBy(client::listKeys)
        .isInstanceOfSatisfying(
            SerfKeyException.class,
            e -> {
              assertThat(e.response().messages()).containsEntry("n2", "no\nring");
              assertThat(e).hasMessageEndingWith("n2: no; ring");
              assertThat(e.reason()).isEqualTo(SerfCommandException.Reason.NODES_FAILED);
            });
    assertThat(client.join(List.of("a"), false)).isEqualTo(1);
    assertThat(agent.accepted()).isEqualTo(1);
  }

  @Test
  void closesTheConnectionWhenTheAgentWantsAKey() {
    agent.authKey("right");
    assertThatThrownBy(() -> client.join(List.of("a"), false))
        .isInstanceOf(SerfAuthException.class);
    agent.authKey(null);
    assertThat(client.join(List.of("a"), false)).isEqualTo(1);
  }

  @Test
  void readsOnceMoreWhenTheKeptConnectionDiedUnseen() {
    client.members();
    agent.once("members", x -> x.close());
    assertThat(client.members()).hasSize(1);
    assertThat(agent.requests("members")).hasSize(3);
    assertThat(agent.accepted()).isEqualTo(2);
  }

  @Test
  void readsNoThirdTime() {
    client.members();
    agent.on("members", x -> x.close());
    assertThatThrownBy(client::members)
        .isInstanceOfSatisfying(
            SerfConnectionException.class, e -> assertThat(e.retrySafe()).isTrue());
    assertThat(agent.requests("members")).hasSize(3);
  }

  @Test
  void doesNotReadAgainOnceAPartOfTheReplyCame() {
    client.members();
    agent.once("members", x -> x.truncate(x.encode(Wire.header(x.request().seq(), "")), 5));
    assertThatThrownBy(client::members).isInstanceOf(SerfConnectionException.class);
    assertThat(agent.requests("members")).hasSize(2);
  }

  @Test
  void neverSendsAnEventTwice() {
    client.event("e", Payload.EMPTY);
    agent.once("event", x -> x.close());
    assertThatThrownBy(() -> client.event("e", Payload.EMPTY))
        .isInstanceOfSatisfying(
            SerfConnectionException.class,
            e -> {
              assertThat(e.retrySafe()).isFalse();
              assertThat(e).hasMessageContaining("check before a retry");
            });
    assertThat(agent.requests("event")).hasSize(2);
  }

  @Test
  void sendsAnEventOverANewConnectionWhenTheKeptOneHasEnded() {
    client.event("e", Payload.EMPTY);
    agent.killConnections();
    Awaitility.await().until(() -> agent.connected() == 0);
    client.event("e", Payload.EMPTY);
    assertThat(agent.requests("event")).hasSize(2);
    assertThat(agent.accepted()).isEqualTo(2);
  }

  @Test
  void timesOutHoweverSlowlyTheReplyDrips() {
    agent.on("members", x -> x.drip(x.encode(Wire.header(1, "x".repeat(100_000)))));
    try (SerfClient hasty = hasty()) {
      assertThatThrownBy(hasty::members)
          .isInstanceOf(SerfTimeoutException.class)
          .hasMessageContaining("'members'")
          .hasMessageContaining("300 ms")
          .hasMessageContaining(agent.rpcAddr());
    }
  }

  @Test
  void takesALateReplyForNoOtherCommand() {
    CountDownLatch late = new CountDownLatch(1);
    agent.once(
        "stats",
        x -> {
          x.await(late);
          x.proceed();
        });
    try (SerfClient hasty = hasty()) {
      assertThatThrownBy(hasty::stats).isInstanceOf(SerfTimeoutException.class);
      late.countDown();
      assertThat(hasty.members()).hasSize(1);
    }
  }

  @Test
  void letsAnInterruptedCallerGo() throws InterruptedException {
    agent.on("members", x -> x.hang());
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    CountDownLatch flagged = new CountDownLatch(1);
    Thread caller =
        new Thread(
            () -> {
              try {
                client.members();
              } catch (SerfException e) {
                thrown.set(e);
              }
              if (Thread.currentThread().isInterrupted()) {
                flagged.countDown();
              }
            });
    caller.start();
    agent.awaitRequest("members", 1);
    caller.interrupt();
    assertThat(flagged.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(thrown.get()).isInstanceOf(SerfInterruptedException.class);
    caller.join();
  }

  @Test
  void sendsNothingForAThreadThatIsInterruptedAlready() {
    client.members();
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(client::members)
          .isInstanceOfSatisfying(
              SerfInterruptedException.class, e -> assertThat(e.retrySafe()).isTrue());
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(agent.requests("members")).hasSize(1);
  }

  @Test
  void doesNotLetASlowJoinHoldUpMembers() {
    CountDownLatch joined = new CountDownLatch(1);
    agent.once(
        "join",
        x -> {
          x.await(joined);
          x.proceed();
        });
    CompletableFuture<Integer> join = Async.supply(() -> client.join(List.of("a"), false));
    agent.awaitRequest("join", 1);
    assertThat(client.members()).hasSize(1);
    joined.countDown();
    assertThat(join.join()).isEqualTo(1);
  }

  @Test
  void servesManyThreadsAtOnce() {
    List<CompletableFuture<Void>> callers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String node = "node" + i;
      callers.add(Async.run(() -> callEverything(node)));
    }
    callers.forEach(CompletableFuture::join);
    assertThat(agent.accepted()).isEqualTo(2);
  }

  private void callEverything(String node) {
    for (int i = 0; i < 50; i++) {
      assertThat(client.stats().agentName()).isEqualTo("fake");
      assertThat(client.members()).hasSize(1);
      assertThat(client.coordinate(node)).isEmpty();
      assertThat(client.join(List.of(node, node), false)).isEqualTo(2);
    }
  }

  @Test
  void endsACommandUnderWayWhenItIsClosed() {
    agent.on("members", x -> x.hang());
    CompletableFuture<List<Member>> members = Async.supply(client::members);
    agent.awaitRequest("members", 1);
    client.close();
    assertThatThrownBy(members::join).hasCauseInstanceOf(SerfClosedException.class);
    assertThatThrownBy(client::stats).isInstanceOf(SerfClosedException.class);
    assertThatThrownBy(() -> client.stream(EventFilter.all()))
        .isInstanceOf(SerfClosedException.class);
    client.close();
  }

  @Test
  void saysWhenNobodyListens() {
    agent.stop();
    assertThatThrownBy(() -> SerfClient.connect(options().build()))
        .isInstanceOfSatisfying(
            SerfConnectionException.class, e -> assertThat(e.retrySafe()).isTrue())
        .hasMessageContaining("cannot reach the Serf agent at " + agent.rpcAddr());
  }

  @Test
  void saysWhenTheHostIsUnknown() {
    SerfClientOptions nowhere =
        SerfClientOptions.builder().address("no-such-host.invalid", 7373).build();
    assertThatThrownBy(() -> SerfClient.connect(nowhere))
        .isInstanceOf(SerfConnectionException.class)
        .hasMessageContaining("no-such-host.invalid:7373 (unknown host)");
  }

  @Test
  void saysWhenItIsNoSerfAgentThatAnswers() throws IOException {
    try (ServerSocket server = new ServerSocket(0)) {
      CompletableFuture<Void> http = Async.run(() -> answerAsHttp(server));
      SerfClientOptions wrong =
          SerfClientOptions.builder().address("127.0.0.1", server.getLocalPort()).build();
      assertThatThrownBy(() -> SerfClient.connect(wrong))
          .isInstanceOf(SerfProtocolException.class)
          .hasMessageContaining("does not speak Serf's RPC")
          .hasMessageContaining("'HTTP/1.1 400 Bad Request")
          .hasMessageContaining("7373");
      http.join();
    }
  }

  @Test
  void saysWhenAnotherVersionOfSerfAnswers() {
    agent.on("handshake", x -> x.error("Unsupported IPC version"));
    assertThatThrownBy(client::members)
        .isInstanceOf(SerfProtocolException.class)
        .hasMessageContaining("version 1");
  }

  @Test
  void refusesRepliesOfUnknownShape() {
    agent.once("members", x -> x.reply(Wire.map("Members", "none")));
    assertThatThrownBy(client::members)
        .isInstanceOf(SerfProtocolException.class)
        .hasMessageContaining("a list for Members but found a string");
    agent.once("members", x -> x.raw(x.encode(Wire.header(99, ""), Wire.map())));
    assertThatThrownBy(client::members)
        .isInstanceOf(SerfProtocolException.class)
        .hasMessageContaining("reply 99");
    assertThat(client.members()).hasSize(1);
  }

  private SerfClient hasty() {
    return SerfClient.connect(options().commandTimeout(Duration.ofMillis(300)).build());
  }

  private SerfClientOptions.Builder options() {
    return SerfClientOptions.builder().address(agent.address());
  }

  private static void answerAsHttp(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket
          .getOutputStream()
          .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
