package io.github.serfhandler.peer;

import static io.github.serfhandler.peer.MemoryShelf.PRODUCT;
import static io.github.serfhandler.peer.MemoryShelf.content;
import static io.github.serfhandler.peer.PeerServerTest.SECRET;
import static io.github.serfhandler.peer.PeerServerTest.anyPort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.config.Revision;
import io.github.serfhandler.testing.RecordingLog;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PullerTest {
  private final MemoryShelf theirs = new MemoryShelf();
  private final MemoryShelf ours = new MemoryShelf();
  private final Puller puller = puller(PeerLimits.DEFAULT);

  private Puller puller(PeerLimits limits) {
    return new Puller(new PeerClient(SECRET), ours, limits);
  }

  private static PeerServer serve(Shelf shelf) {
    return PeerServer.start(anyPort(), SECRET, shelf, new RecordingLog());
  }

  private static PullReport report(int compared, int fetched) {
    return new PullReport(compared, fetched, 0, 0, true, Optional.empty());
  }

  @Test
  void pullsFiveThousandKeysInTensOfRequests() throws Exception {
    MemoryShelf many = MemoryShelf.ofSmall(5_000);
    try (PeerServer server = serve(many)) {
      assertThat(puller.pull(PRODUCT, server.address())).isEqualTo(report(5_000, 5_000));
      assertThat(ours.sameAs(many)).isTrue();
      assertThat(server.answered()).isBetween(20L, 60L);
      assertThat(ours.batches()).hasSize(20).allMatch(size -> size <= 256);
    }
  }

  @Test
  void fetchesOnlyWhatIsNewer() throws Exception {
    theirs.put("deleted-later", 1, content(100, 1));
    theirs.put("newer-here", 1, content(100, 1));
    theirs.put("older-here", 2, content(100, 2));
    theirs.put("same", 1, content(100, 1));
    theirs.put("only-there", 1, content(100, 1));
    theirs.delete("deleted-there", 2);
    ours.delete("deleted-later", 2);
    ours.put("newer-here", 2, content(100, 2));
    ours.put("older-here", 1, content(100, 1));
    ours.put("same", 1, content(100, 1));
    ours.put("only-here", 1, content(100, 1));
    ours.put("deleted-there", 1, content(100, 1));
    try (PeerServer server = serve(theirs)) {
      assertThat(puller.pull(PRODUCT, server.address())).isEqualTo(report(6, 3));
      assertThat(ours.content("older-here")).isEqualTo(content(100, 2));
      assertThat(ours.content("only-there")).isEqualTo(content(100, 1));
      assertThat(ours.revision(PRODUCT, "deleted-there")).hasValue(Revision.ofDeletion(2));
      assertThat(ours.content("newer-here")).isEqualTo(content(100, 2));
      assertThat(server.answered()).isEqualTo(2);
      assertThat(puller.pull(PRODUCT, server.address())).isEqualTo(report(6, 0));
      assertThat(server.answered()).isEqualTo(3);
    }
  }

  @Test
  void pullsBothWaysUntilBothHoldTheSame() throws Exception {
    for (int i = 0; i < 300; i++) {
      (i % 2 == 0 ? theirs : ours).put("key-" + i % 200, i % 7, content(50 * (i % 11), i));
    }
    Puller back = new Puller(new PeerClient(SECRET), theirs, PeerLimits.DEFAULT);
    try (PeerServer there = serve(theirs);
        PeerServer here = serve(ours)) {
      assertThat(puller.pull(PRODUCT, there.address()).failed()).isZero();
      assertThat(back.pull(PRODUCT, here.address()).failed()).isZero();
      assertThat(ours.sameAs(theirs)).isTrue();
    }
  }

  @Test
  void pullsSmallAndLargeOnesSideBySide() throws Exception {
    for (int i = 0; i < 20; i++) {
      theirs.put("key-" + i, 1, content(i % 2 == 0 ? 4_096 : 100_000, i));
    }
    theirs.put("largest", 1, content(Held.MAX_SIZE, 1));
    try (PeerServer server = serve(theirs)) {
      assertThat(puller.pull(PRODUCT, server.address())).isEqualTo(report(21, 21));
      assertThat(ours.sameAs(theirs)).isTrue();
      assertThat(server.answered()).isEqualTo(1 + 1 + 10 + 4);
    }
  }

  @Test
  void goesOnWithALargeOneAtTheNextPeer() throws Exception {
    theirs.put("a", 1, content(100, 1));
    theirs.put("large", 1, content(Held.MAX_SIZE, 1));
    theirs.put("z", 1, content(100, 2));
    try (PeerServer second = serve(theirs);
        ScriptedPeer first =
            ScriptedPeer.lying(
                SECRET,
                theirs,
                (number, question, truth) -> {
                  if (number > 3) {
                    throw new IOException("dies");
                  }
                  return truth;
                })) {
      PullReport failed = puller.pull(PRODUCT, first.address());
      assertThat(failed.complete()).isFalse();
      assertThat(failed.failed()).isEqualTo(2);
      assertThat(failed.problem())
          .hasValueSatisfying(e -> assertThat(e).hasMessageContaining("product1/large version 1"));
      // One page, two parts, the third part and its second try.
      assertThat(first.requests()).isEqualTo(5);
      assertThat(puller.pull(PRODUCT, second.address())).isEqualTo(report(3, 3));
      assertThat(ours.sameAs(theirs)).isTrue();
      // One page, two parts, one batch.
      assertThat(second.answered()).isEqualTo(4);
    }
  }

  @Test
  void startsAnewWhereTheNextPeerHasAnotherRevision() throws Exception {
    theirs.put("large", 1, content(Held.MAX_SIZE, 1));
    try (ScriptedPeer first =
        ScriptedPeer.lying(
            SECRET,
            theirs,
            (number, question, truth) -> {
              if (number > 3) {
                throw new IOException("dies");
              }
              return truth;
            })) {
      assertThat(puller.pull(PRODUCT, first.address()).complete()).isFalse();
    }
    theirs.put("large", 2, content(Held.MAX_SIZE, 2));
    try (PeerServer second = serve(theirs)) {
      assertThat(puller.pull(PRODUCT, second.address())).isEqualTo(report(1, 1));
      assertThat(ours.sameAs(theirs)).isTrue();
      assertThat(second.answered()).isEqualTo(5);
    }
  }

  @Test
  void triesAPeerTwiceThatHickups() throws Exception {
    theirs.put("a", 1, content(100, 1));
    theirs.put("large", 1, content(10_000, 1));
    try (ScriptedPeer peer =
        ScriptedPeer.lying(
            SECRET,
            theirs,
            (number, question, truth) -> {
              if (number % 2 == 1) {
                throw new IOException("hickups");
              }
              return truth;
            })) {
      assertThat(puller.pull(PRODUCT, peer.address())).isEqualTo(report(2, 2));
      assertThat(peer.requests()).isEqualTo(6);
    }
  }

  @Test
  void leavesOutOneKeyThatFailsAndGoesOn() throws Exception {
    theirs.put("a", 1, content(100, 1));
    theirs.put("b", new Held(hash(7), Optional.empty(), 100), content(100, 2));
    theirs.put("c", 1, content(100, 3));
    theirs.put("d", new Held(hash(8), Optional.empty(), 10_000), content(10_000, 4));
    theirs.put("e", 1, content(10_000, 5));
    theirs.put("f", new Held(hash(9), Optional.empty(), Held.MAX_SIZE + 1), content(100, 6));
    theirs.put("g", 1, content(100, 7));
    try (PeerServer server = serve(theirs)) {
      PullReport report = puller.pull(PRODUCT, server.address());
      assertThat(report).hasToString("7 compared, 4 fetched, 0 refused, 3 failed");
      assertThat(report.problem()).isPresent();
      assertThat(ours.held(PRODUCT)).containsOnlyKeys("a", "c", "e", "g");
    }
  }

  private static Revision hash(int digit) {
    return new Revision(1, false, String.valueOf(digit).repeat(64));
  }

  @Test
  void countsWhatTheSinkRefuses() throws Exception {
    theirs.put("a", 1, content(100, 1));
    theirs.put("b", 1, content(100, 2));
    ours.refuse("a");
    try (PeerServer server = serve(theirs)) {
      assertThat(puller.pull(PRODUCT, server.address()))
          .isEqualTo(new PullReport(2, 2, 1, 0, true, Optional.empty()));
    }
  }

  @Test
  void endsAtOnceWhereTheSecretsDiffer() throws Exception {
    Puller stranger =
        new Puller(
            new PeerClient(PeerSecret.of("incorrect horse battery")), ours, PeerLimits.DEFAULT);
    try (PeerServer server = serve(theirs)) {
      PullReport report = stranger.pull(PRODUCT, server.address());
      assertThat(report).hasToString("0 compared, 0 fetched, 0 refused, 0 failed, not complete");
      assertThat(server.refused()).isEqualTo(1);
    }
  }

  @Test
  void endsWhereItTakesTooLong() throws Exception {
    theirs.put("a", 1, content(100, 1));
    PeerLimits none =
        new PeerLimits(Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofNanos(1));
    try (PeerServer server = serve(theirs)) {
      PullReport report = puller(none).pull(PRODUCT, server.address());
      assertThat(report.complete()).isFalse();
      assertThat(report.problem())
          .hasValueSatisfying(e -> assertThat(e).hasMessageContaining("not done within 0 ms"));
      assertThat(server.answered()).isZero();
    }
  }

  @Test
  void deliversWhatItHasWhereThePeerDies() throws Exception {
    MemoryShelf many = MemoryShelf.ofSmall(2_000);
    try (ScriptedPeer peer =
        ScriptedPeer.lying(
            SECRET,
            many,
            (number, question, truth) -> {
              if (number > 8) {
                throw new IOException("dies");
              }
              return truth;
            })) {
      PullReport report = puller.pull(PRODUCT, peer.address());
      assertThat(report.complete()).isFalse();
      assertThat(report.fetched()).isPositive().isEqualTo(ours.held(PRODUCT).size());
    }
  }

  @Test
  void endsAtAnInterrupt() throws Exception {
    theirs.put("large", 1, content(Held.MAX_SIZE, 1));
    Thread me = Thread.currentThread();
    try (ScriptedPeer peer =
        ScriptedPeer.lying(
            SECRET,
            theirs,
            (number, question, truth) -> {
              if (number == 3) {
                me.interrupt();
                throw new IOException("dies");
              }
              return truth;
            })) {
      assertThatThrownBy(() -> puller.pull(PRODUCT, peer.address()))
          .isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isFalse();
      assertThat(puller.pull(PRODUCT, peer.address())).isEqualTo(report(1, 1));
      // One page, one part, then the interrupt; one page, three parts.
      assertThat(peer.requests()).isEqualTo(3 + 4);
    }
  }
}
