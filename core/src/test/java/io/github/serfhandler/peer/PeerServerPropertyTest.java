package io.github.serfhandler.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.testing.RecordingLog;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever a stranger sends, it gets the same refusal, and peers are served afterwards. */
class PeerServerPropertyTest {
  private static final MemoryShelf SHELF = MemoryShelf.ofSmall(2);
  private static final PeerServer SERVER =
      PeerServer.start(PeerServerTest.anyPort(), PeerServerTest.SECRET, SHELF, new RecordingLog());

  @AfterContainer
  static void close() {
    SERVER.close();
  }

  @Property(tries = 300)
  void refusesAnyBytes(@ForAll @Size(min = 1, max = 6_000) byte[] bytes) throws IOException {
    assertThat(Stranger.send(SERVER.address(), bytes)).isEqualTo(Stranger.FORBIDDEN);
  }

  @Property(tries = 300)
  void refusesAnyBody(@ForAll @Size(max = 300) byte[] body)
      throws IOException, InterruptedException {
    assertThat(Stranger.send(SERVER.address(), Stranger.post(body))).isEqualTo(Stranger.FORBIDDEN);
    assertThat(
            new PeerClient(PeerServerTest.SECRET)
                .held(SERVER.address(), MemoryShelf.PRODUCT, "")
                .keys())
        .hasSize(2);
  }

  @Property(tries = 300)
  void answersAnyQuestionOfAPeer(@ForAll @Size(max = 300) byte[] question) {
    Reply reply = new Answers(SHELF).answer(question);
    assertThat(reply.head().member("fault")).isPresent();
    assertThat(reply.raw()).isEmpty();
  }
}
