package io.github.serfhandler.peer;

import static io.github.serfhandler.peer.MemoryShelf.PRODUCT;
import static io.github.serfhandler.peer.PeerServerTest.SECRET;
import static io.github.serfhandler.peer.PeerServerTest.anyPort;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.serfhandler.config.Revision;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import io.github.serfhandler.testing.RecordingLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PeerClientTest {
  private static final PeerLimits SHORT =
      new PeerLimits(Duration.ofMillis(200), Duration.ofMillis(300), Duration.ofMinutes(1));

  private final MemoryShelf shelf = new MemoryShelf();
  private final PeerClient client = new PeerClient(SECRET);
  private final PeerClient impatient = new PeerClient(SECRET, SHORT);

  /** Impatient with answers alone: the first connection of a process may take a while. */
  private final PeerClient hasty =
      new PeerClient(
          SECRET,
          new PeerLimits(Duration.ofMinutes(1), Duration.ofMillis(300), Duration.ofMinutes(1)));

  private PeerServer start() {
    return PeerServer.start(anyPort(), SECRET, shelf, new RecordingLog());
  }

  private Held held(String key) {
    return shelf
        .held(PRODUCT)
        .getOrDefault(key, new Held(Revision.ofDeletion(0), Optional.empty(), 0));
  }

  private Download download(String key) {
    return new Download(PRODUCT, key, held(key));
  }

  private static PeerException failureOf(ThrowingCallable call) {
    PeerException e = catchThrowableOfType(PeerException.class, call);
    assertThat(e).isNotNull();
    assertThat(e.getMessage()).contains("127.0.0.1:").doesNotContain("\n", "horse", "xxxx");
    return e;
  }

  @Test
  void readsWhatAPeerHoldsPageByPage() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      shelf.put("key-" + i, i, MemoryShelf.content(60, i));
    }
    shelf.delete("key-7", 8);
    try (PeerServer server = start()) {
      TreeMap<String, Held> all = new TreeMap<>();
      int pages = 0;
      HeldPage page;
      do {
        page = client.held(server.address(), PRODUCT, all.isEmpty() ? "" : all.lastKey());
        all.putAll(page.keys());
        pages++;
      } while (page.more());
      assertThat(all).isEqualTo(shelf.held(PRODUCT));
      assertThat(pages).isBetween(3, 10);
    }
  }

  @Test
  void takesThePageOfANodeThatHoldsNothing() throws Exception {
    try (PeerServer server = start()) {
      HeldPage page = client.held(server.address(), PRODUCT, "");
      assertThat(page.keys()).isEmpty();
      assertThat(page.more()).isFalse();
      PeerException e = failureOf(() -> client.held(server.address(), "other", ""));
      assertThat(e).hasMessageContaining("it does not hold this product");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 4_096, 262_143, 262_144, 262_145, 1_000_000, 1_048_576})
  void fetchesContentsOfEverySize(int size) throws Exception {
    byte[] content = MemoryShelf.content(size, 1);
    shelf.put("key", 3, content);
    try (PeerServer server = start()) {
      assertThat(client.fetch(server.address(), download("key"))).isEqualTo(content);
      assertThat(server.answered()).isEqualTo((content.length + 262_143) / 262_144);
    }
  }

  @Test
  void goesOnWithAnotherPeerWhereTheFirstOneDied() throws Exception {
    byte[] content = MemoryShelf.content(Held.MAX_SIZE, 1);
    shelf.put("key", 3, content);
    Download download = download("key");
    try (PeerServer second = start();
        ScriptedPeer first =
            ScriptedPeer.lying(
                SECRET,
                shelf,
                (number, question, truth) -> {
                  if (number == 3) {
                    throw new IOException("dies");
                  }
                  return truth;
                })) {
      PeerException e = failureOf(() -> client.fetch(first.address(), download));
      assertThat(e.retryMayHelp()).isTrue();
      assertThat(e)
          .hasMessageStartingWith("fetching product1/key version 3 from peer 127.0.0.1:")
          .hasMessageContaining("it closed the connection before the end of its answer");
      assertThat(download.offset()).isEqualTo(512 * 1024);
      assertThat(download.content()).isEmpty();
      assertThat(client.fetch(second.address(), download)).isEqualTo(content);
      assertThat(second.answered()).isEqualTo(2);
    }
  }

  @Test
  void dropsAContentOfWhichOneByteIsWrong() throws Exception {
    shelf.put("key", 3, MemoryShelf.content(300_000, 1));
    Download download = download("key");
    try (PeerServer honest = start();
        ScriptedPeer liar =
            ScriptedPeer.lying(
                SECRET,
                shelf,
                (number, question, truth) -> {
                  byte[] raw = truth.raw().clone();
                  raw[raw.length / 2] ^= 1;
                  return new Reply(truth.head(), raw);
                })) {
      PeerException e = failureOf(() -> client.fetch(liar.address(), download));
      assertThat(e.retryMayHelp()).isFalse();
      assertThat(e).hasMessageContaining("its SHA-256 is not the one that was announced; dropped");
      assertThat(download.offset()).isZero();
      assertThat(client.fetch(honest.address(), download)).isEqualTo(shelf.content("key"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 262_143, 300_000})
  void refusesAPartOfAnotherLength(int length) throws Exception {
    shelf.put("key", 3, MemoryShelf.content(1_000_000, 1));
    try (ScriptedPeer liar =
        ScriptedPeer.lying(
            SECRET,
            shelf,
            (number, question, truth) ->
                new Reply(truth.head(), Arrays.copyOf(truth.raw(), length)))) {
      Download download = download("key");
      assertThat(failureOf(() -> client.fetch(liar.address(), download)).retryMayHelp()).isFalse();
      assertThat(download.offset()).isZero();
      assertThat(liar.requests()).isEqualTo(1);
    }
  }

  @Test
  void refusesAnotherSizeThanAnnounced() throws Exception {
    shelf.put("key", 3, MemoryShelf.content(5_000, 1));
    try (ScriptedPeer liar =
        ScriptedPeer.lying(
            SECRET,
            shelf,
            (number, question, truth) -> new Reply(object("{\"total\":5001}"), truth.raw()))) {
      assertThat(failureOf(() -> client.fetch(liar.address(), download("key"))))
          .hasMessageContaining("it is 5001 bytes long, announced were 5000");
    }
  }

  @Test
  void tellsThatARevisionIsGone() throws Exception {
    shelf.put("key", 3, MemoryShelf.content(5_000, 1));
    Download old = download("key");
    shelf.put("key", 4, MemoryShelf.content(5_000, 2));
    try (PeerServer server = start()) {
      PeerException e = failureOf(() -> client.fetch(server.address(), old));
      assertThat(e).hasMessageContaining("it does not hold this revision (any more)");
      assertThat(e.ofPeer()).isFalse();
    }
  }

  @Test
  void neverFetchesWhatIsTooLong() {
    Held tooLong =
        new Held(new Revision(1, false, "0".repeat(64)), Optional.empty(), Held.MAX_SIZE + 1);
    assertThatThrownBy(() -> new Download(PRODUCT, "key", tooLong))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fetchesManyAtOnceAndSaysWhichItCouldNot() throws Exception {
    shelf.put("a", 1, MemoryShelf.content(100, 1));
    shelf.put("b", 1, MemoryShelf.content(100, 2));
    shelf.put(
        "c", new Held(held("b").revision(), Optional.empty(), 100), "other".getBytes(US_ASCII));
    SortedMap<String, Held> wanted = new TreeMap<>(shelf.held(PRODUCT));
    shelf.put("b", 2, MemoryShelf.content(100, 3));
    try (PeerServer server = start()) {
      PeerClient.Batch batch = client.contents(server.address(), PRODUCT, wanted);
      assertThat(batch.contents()).containsOnlyKeys("a");
      assertThat(batch.contents().get("a")).isEqualTo(shelf.content("a"));
      assertThat(batch.failures()).containsOnlyKeys("b", "c");
      assertThat(batch.failures().get("b")).hasMessageContaining("does not hold this revision");
      assertThat(batch.failures().get("c")).hasMessageContaining("its size or SHA-256");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"sizes\":[]}",
        "{\"sizes\":[-2]}",
        "{\"sizes\":[99999]}",
        "{\"sizes\":[9223372036854775807]}",
        "{\"sizes\":[\"1\"]}",
        "{\"sizes\":[-1]}",
        "{\"fault\":\"unheard-of\"}",
        "{\"fault\":1}",
      })
  void refusesBatchesThatAreNone(String head) throws Exception {
    shelf.put("a", 1, MemoryShelf.content(100, 1));
    try (ScriptedPeer liar =
        ScriptedPeer.lying(
            SECRET, shelf, (number, question, truth) -> new Reply(object(head), truth.raw()))) {
      SortedMap<String, Held> wanted = new TreeMap<>(shelf.held(PRODUCT));
      PeerException e = failureOf(() -> client.contents(liar.address(), PRODUCT, wanted));
      assertThat(e.retryMayHelp()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"keys\":[]}",
        "{\"keys\":[],\"more\":true}",
        "{\"keys\":[KEY a END,KEY a END],\"more\":false}",
        "{\"keys\":[KEY b END,KEY a END],\"more\":false}",
        "{\"keys\":[KEY A END],\"more\":false}",
        "{\"keys\":[KEY ../../etc/passwd END],\"more\":false}",
        "{\"keys\":[KEY b\\u0000 END],\"more\":false}",
        "{\"keys\":[{\"key\":\"b\",\"version\":-1,\"deleted\":true}],\"more\":false}",
        "{\"keys\":[{\"key\":\"b\",\"version\":1.5,\"deleted\":true}],\"more\":false}",
        "{\"keys\":[{\"key\":\"b\",\"version\":1,\"sha256\":\"00\",\"size\":1}],\"more\":false}",
        "{\"keys\":[{\"key\":\"b\",\"version\":1,\"size\":1}],\"more\":false}",
        "{\"keys\":[{\"key\":\"b\",\"version\":1,\"deleted\":true,\"signature\":\"\\n\"}],\"more\":false}",
        "{\"keys\":{},\"more\":false}",
      })
  void refusesPagesThatAreNone(String text) throws Exception {
    String head =
        text.replace("KEY ", "{\"key\":\"").replace(" END", "\",\"version\":1,\"deleted\":true}");
    try (ScriptedPeer liar =
        ScriptedPeer.lying(
            SECRET, shelf, (number, question, truth) -> new Reply(object(head), truth.raw()))) {
      // After "Z", so that a page that begins anew is one in the wrong order.
      PeerException e = failureOf(() -> client.held(liar.address(), PRODUCT, "Z"));
      assertThat(e.retryMayHelp()).isFalse();
      assertThat(liar.requests()).isEqualTo(1);
    }
  }

  @Test
  void takesNeitherItsOwnRequestNorAnOldReply() throws Exception {
    List<byte[]> replies = new ArrayList<>();
    Seal seal = new Seal(SECRET);
    Answers answers = new Answers(shelf);
    try (ScriptedPeer relay =
        ScriptedPeer.start(
            (number, request, out) -> {
              byte[] question = seal.openRequest(request).orElseThrow();
              replies.add(seal.reply(answers.answer(question).bytes(), request));
              out.write(ScriptedPeer.http(number == 3 ? request : replies.get(0)));
            })) {
      assertThat(client.held(relay.address(), PRODUCT, "").keys()).isEmpty();
      for (int i = 0; i < 2; i++) {
        PeerException e = failureOf(() -> client.held(relay.address(), PRODUCT, ""));
        assertThat(e.retryMayHelp()).isFalse();
        assertThat(e).hasMessageContaining("the answer is not sealed as the one to this request");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2000000000\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd",
        "\u0000",
        "SSH-2.0-OpenSSH\r\n\r\n"
      })
  void refusesWhatIsNoPeerPort(String answer) throws Exception {
    try (ScriptedPeer stranger =
        ScriptedPeer.start((number, request, out) -> out.write(answer.getBytes(US_ASCII)))) {
      PeerException e = failureOf(() -> client.held(stranger.address(), PRODUCT, ""));
      assertThat(e.retryMayHelp()).isFalse();
    }
  }

  @Test
  void endsAHeadAndABodyThatDoNotEnd() throws Exception {
    byte[] filler = "x".repeat(1024).getBytes(US_ASCII);
    try (ScriptedPeer endless =
        ScriptedPeer.start(
            (number, request, out) -> {
              out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(US_ASCII));
              while (true) {
                out.write(filler);
              }
            })) {
      assertThat(failureOf(() -> client.held(endless.address(), PRODUCT, "")))
          .hasMessageContaining("no reply of a peer port");
    }
  }

  @Test
  void endsAnAnswerThatStalls() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    for (String start : List.of("", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")) {
      try (ScriptedPeer stalling =
          ScriptedPeer.start(
              (number, request, out) -> {
                out.write(start.getBytes(US_ASCII));
                over.await();
              })) {
        PeerException e = failureOf(() -> hasty.held(stalling.address(), PRODUCT, ""));
        assertThat(e.retryMayHelp()).isTrue();
        assertThat(e).hasMessageContaining("there is no whole answer within 300 ms");
      }
    }
  }

  @Test
  void endsAnAnswerThatDripsForEver() throws Exception {
    try (ScriptedPeer dripping =
        ScriptedPeer.start(
            (number, request, out) -> {
              out.write("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n".getBytes(US_ASCII));
              CountDownLatch never = new CountDownLatch(1);
              while (!never.await(20, TimeUnit.MILLISECONDS)) {
                out.write('x');
              }
            })) {
      assertThat(failureOf(() -> hasty.held(dripping.address(), PRODUCT, "")))
          .hasMessageContaining("there is no whole answer within 300 ms");
    }
  }

  @Test
  void saysThatNobodyTakesTheConnection() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    InetSocketAddress closed;
    List<SocketChannel> waiting = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, loopback)) {
      closed = (InetSocketAddress) full.getLocalSocketAddress();
      for (int i = 0; i < 4; i++) {
        SocketChannel channel = SocketChannel.open();
        waiting.add(channel);
        channel.configureBlocking(false);
        assertThat(channel.connect(closed) || channel.isConnectionPending()).isTrue();
      }
      assertThat(failureOf(() -> impatient.held(closed, PRODUCT, "")))
          .hasMessageContaining("it takes no connection within 200 ms");
    } finally {
      for (SocketChannel channel : waiting) {
        channel.close();
      }
    }
    PeerException e = failureOf(() -> client.held(closed, PRODUCT, ""));
    assertThat(e.retryMayHelp()).isTrue();
    assertThat(e).hasMessageContaining("Connection refused; is its peer port on");
  }

  @Test
  void endsAtAnInterrupt() throws Exception {
    Thread me = Thread.currentThread();
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedPeer peer =
        ScriptedPeer.start(
            (number, request, out) -> {
              me.interrupt();
              over.await();
            })) {
      assertThatThrownBy(() -> client.held(peer.address(), PRODUCT, ""))
          .isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @Test
  void saysThatANameHasNoAddress() {
    InetSocketAddress unresolved = InetSocketAddress.createUnresolved("no.such.host", 1);
    assertThatThrownBy(() -> client.held(unresolved, PRODUCT, ""))
        .isInstanceOf(PeerException.class)
        .hasMessageContaining("no.such.host:1")
        .hasMessageContaining("that name has no address");
  }

  private static JsonObject object(String text) {
    return JsonValue.parse(text).asObject();
  }
}
