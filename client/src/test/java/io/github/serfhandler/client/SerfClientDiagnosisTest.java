package io.github.serfhandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said of an address where no agent, or none that can be understood, answers. */
@Timeout(60)
class SerfClientDiagnosisTest {
  private final FakeAgent agent = FakeAgent.start();
  private final SerfClient client = TestClients.open(agent);

  @AfterEach
  void close() {
    client.close();
    agent.close();
  }

  @Test
  void saysWhenNobodyListens() {
    agent.stop();
    assertThatThrownBy(() -> SerfClient.connect(TestClients.at(agent).build()))
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

  private static void answerAsHttp(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket
          .getOutputStream()
          .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
