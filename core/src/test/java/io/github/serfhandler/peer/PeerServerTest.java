package io.github.serfhandler.peer;

import static io.github.serfhandler.peer.MemoryShelf.PRODUCT;
import static io.github.serfhandler.peer.Stranger.FORBIDDEN;
import static io.github.serfhandler.peer.Stranger.post;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.config.Revision;
import io.github.serfhandler.testing.RecordingLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PeerServerTest {
  static final PeerSecret SECRET = PeerSecret.of("correct horse battery");
  private static final PeerSecret WRONG = PeerSecret.of("incorrect horse battery");
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final byte[] HALF = "POST /v1 HTTP/1.1\r\nContent-Le".getBytes(ISO_8859_1);

  private final RecordingLog log = new RecordingLog();
  private final MemoryShelf shelf = MemoryShelf.ofSmall(3);
  private final PeerClient client = new PeerClient(SECRET);

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private PeerServer start() {
    return PeerServer.start(anyPort(), SECRET, shelf, log);
  }

  private PeerServer start(int connections, Duration request, Duration reply) {
    return start(connections, request, reply, LONG);
  }

  private PeerServer start(int connections, Duration request, Duration reply, Duration stall) {
    ServerLimits limits = new ServerLimits(connections, request, reply, stall, reply);
    return PeerServer.start(anyPort(), SECRET, shelf, log, limits);
  }

  private void assertServes(PeerServer server) throws InterruptedException {
    assertThat(client.held(server.address(), PRODUCT, "").keys()).isEqualTo(shelf.held(PRODUCT));
  }

  @Test
  void answersWhoKnowsTheSecret() throws Exception {
    try (PeerServer server = start()) {
      assertServes(server);
      assertThat(server.answered()).isEqualTo(1);
      assertThat(server.refused()).isZero();
      assertThat(log.told()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /v1 HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
        "POST /v1 HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello and more than it told",
        "POST /v1 HTTP/1.1\r\nContent-Length: 2000000000\r\n\r\n",
        "POST /v1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000",
        "half"
      })
  void tellsStrangersNothing(String text) throws IOException {
    try (PeerServer server = start()) {
      assertThat(Stranger.send(server.address(), text.getBytes(ISO_8859_1))).isEqualTo(FORBIDDEN);
      assertThat(server.refused()).isEqualTo(1);
      assertThat(log.told())
          .containsExactly(
              "WARNING peer port 127.0.0.1:"
                  + server.address().getPort()
                  + ": refused a request from 127.0.0.1, which is not sealed with this node's peer"
                  + " secret (told once for this address). Give both nodes the same secret; if it"
                  + " is none of yours, keep it off this port");
    }
  }

  @Test
  void refusesAnotherSecret() throws Exception {
    try (PeerServer server = start()) {
      PeerClient wrong = new PeerClient(WRONG);
      assertThatThrownBy(() -> wrong.held(server.address(), PRODUCT, ""))
          .isInstanceOf(PeerException.class)
          .hasMessage(
              "asking peer 127.0.0.1:"
                  + server.address().getPort()
                  + " what it holds of product1: it refuses; give both nodes the same peer secret");
      assertThat(server.refused()).isEqualTo(1);
      assertThat(String.join("\n", log.told())).contains("127.0.0.1").doesNotContain("horse");
    }
  }

  @Test
  void doesNotCountWhoOnlyLooksWhetherItListens() throws Exception {
    try (PeerServer server = start()) {
      assertThat(Stranger.send(server.address(), new byte[0])).isEmpty();
      assertServes(server);
      assertThat(server.refused()).isZero();
    }
  }

  @Test
  void answersARecordedRequestWithBytesThatNobodyElseCanRead() throws Exception {
    try (PeerServer server = start()) {
      Seal seal = new Seal(SECRET);
      byte[] request = seal.request(new Question.OfHeld(PRODUCT, "").bytes());
      String first = Stranger.send(server.address(), post(request));
      String again = Stranger.send(server.address(), post(request));
      assertThat(again).startsWith("HTTP/1.1 200 OK").doesNotContain("key-0").isNotEqualTo(first);
    }
  }

  @Test
  void tellsAPeerThatItsQuestionIsNone() throws Exception {
    try (PeerServer server = start()) {
      assertThat(fault(server, "{\"v\":2}")).isEqualTo("version");
      assertThat(fault(server, "no JSON")).isEqualTo("question");
      assertThat(fault(server, "{\"v\":1,\"product\":\"../a\",\"op\":\"held\",\"after\":\"\"}"))
          .isEqualTo("question");
      assertThat(fault(server, "{\"v\":1,\"product\":\"a\",\"op\":\"drop\"}"))
          .isEqualTo("question");
      assertThat(fault(server, "{\"v\":1,\"product\":\"a\",\"op\":\"held\",\"after\":\"\"}"))
          .isEqualTo("product");
      assertThat(server.refused()).isZero();
    }
  }

  private static String fault(PeerServer server, String question) throws Exception {
    Seal seal = new Seal(SECRET);
    byte[] request = seal.request(question.getBytes(ISO_8859_1));
    HttpMessage reply =
        Exchange.post(server.address(), request, Reply.MAX_BYTES, PeerLimits.DEFAULT);
    byte[] plain = seal.openReply(reply.body(), request).orElseThrow();
    return Reply.parse(plain).head().required("fault").asText();
  }

  @Test
  void endsWhoSendsTooSlowly() throws Exception {
    // Long enough for the half to come, on a machine that halts between connecting and sending.
    try (PeerServer server = start(4, Duration.ofSeconds(5), SHORT);
        Socket half = Stranger.hang(server.address(), HALF);
        Socket silent = Stranger.hang(server.address(), new byte[0])) {
      assertThat(Stranger.rest(half)).isEqualTo(FORBIDDEN);
      assertThat(Stranger.rest(silent)).isEmpty();
      assertThat(server.refused()).isEqualTo(1);
    }
  }

  @Test
  void servesOthersWhileManyHang() throws Exception {
    List<Socket> hanging = new ArrayList<>();
    // Nobody is ended for being slow.
    try (PeerServer server = start(8, LONG, LONG)) {
      for (int i = 0; i < 100; i++) {
        hanging.add(Stranger.hang(server.address(), i % 2 == 0 ? HALF : new byte[0]));
        if (i % 10 == 9) {
          assertServes(server);
        }
      }
      assertThat(server.answered()).isEqualTo(10);
    } finally {
      for (Socket socket : hanging) {
        socket.close();
      }
    }
  }

  @Test
  void servesOthersWhilePeersDoNotReadWhatTheyAskedFor() throws Exception {
    assertServesWhileNobodyReads(SHORT, LONG);
  }

  @Test
  void servesOthersThoughThoseWhoReadNothingMayGoOn() throws Exception {
    assertServesWhileNobodyReads(LONG, SHORT);
  }

  private void assertServesWhileNobodyReads(Duration reply, Duration stall) throws Exception {
    byte[] large = MemoryShelf.content(Held.MAX_SIZE, 1);
    shelf.put("large", 1, large);
    Revision revision = new Revision(1, false, Download.hex(large));
    Wanted wanted = new Wanted("large", revision);
    List<Socket> hanging = new ArrayList<>();
    try (PeerServer server = start(8, LONG, reply, stall)) {
      byte[] question = new Question.OfContent(PRODUCT, wanted, 0).bytes();
      for (int i = 0; i < 40; i++) {
        hanging.add(Stranger.hang(server.address(), post(new Seal(SECRET).request(question))));
      }
      assertServes(server);
    } finally {
      for (Socket socket : hanging) {
        socket.close();
      }
    }
  }

  @Test
  void tellsOfAnAddressOnceAndOfNotTooMany() throws Exception {
    try (PeerServer server = start()) {
      byte[] bad = post(new byte[200]);
      for (int i = 0; i < 3_000; i++) {
        InetAddress from = InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) (1 + i % 200)});
        assertThat(Stranger.send(server.address(), bad, from)).isEqualTo(FORBIDDEN);
      }
      assertThat(server.refused()).isEqualTo(3_000);
      assertThat(log.told()).hasSize(Strangers.MAX_TOLD + 1);
      assertThat(log.told().get(Strangers.MAX_TOLD)).contains("64 addresses and more");
      assertServes(server);
    }
  }

  @Test
  void outlivesAShelfThatFails() throws Exception {
    Shelf broken =
        new Shelf() {
          @Override
          public Set<String> products() {
            throw new IllegalStateException("the disk is gone");
          }

          @Override
          public SortedMap<String, Held> held(String product) {
            return shelf.held(product);
          }

          @Override
          public Optional<byte[]> content(String product, String key, Revision revision) {
            return Optional.empty();
          }
        };
    try (PeerServer server = PeerServer.start(anyPort(), SECRET, broken, log)) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> client.held(server.address(), PRODUCT, ""))
            .isInstanceOfSatisfying(PeerException.class, e -> assertThat(e.retryMayHelp()).isTrue())
            .hasMessageEndingWith("it could not read what it holds; its log tells why");
      }
      assertThat(log.told())
          .singleElement()
          .satisfies(line -> assertThat(line).contains("the disk is gone"));
    }
  }

  @Test
  void closesItsPortAndSaysWhereItCanNotListen() throws Exception {
    PeerServer server = start();
    InetSocketAddress address = server.address();
    assertThatThrownBy(() -> PeerServer.start(address, SECRET, shelf, log))
        .isInstanceOf(PeerException.class)
        .hasMessageContaining("cannot open the peer port 127.0.0.1:" + address.getPort())
        .hasMessageEndingWith("give it an address of this machine and a free port");
    server.close();
    server.close();
    assertThatThrownBy(() -> client.held(address, PRODUCT, ""))
        .isInstanceOf(PeerException.class)
        .hasMessageContaining("is its peer port on");
    start(2, LONG, LONG).close();
  }
}
