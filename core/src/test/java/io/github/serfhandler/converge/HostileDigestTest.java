package io.github.serfhandler.converge;

import static io.github.serfhandler.converge.Revisions.revision;
import static io.github.serfhandler.converge.Simulation.PRODUCT;
import static io.github.serfhandler.converge.Simulation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.config.Revision;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Digests of anybody who can send a user event. */
class HostileDigestTest {
  private static final long MAX_VERSION = (1L << 53) - 1;

  @Property(tries = 300)
  void neverThrowsAtAnyBytes(@ForAll byte @Size(max = 5000) [] bytes) {
    Rig rig = new Rig(1);
    rig.convergence.heardDigest(bytes, rig.now);
    assertThat(rig.convergence.status().malformed()).isOne();
  }

  @Property(tries = 500)
  void neverThrowsAtADigestOfWhichABitIsWrong(
      @ForAll long seed, @ForAll @IntRange(max = 10_000) int where) {
    Rig rig = new Rig(seed);
    byte[] bytes = lie(new SplittableRandom(seed)).payload();
    bytes[where % bytes.length] ^= (byte) (1 << (where % 7));
    rig.convergence.heardDigest(bytes, rig.now);
    rig.runTo(rig.now + 60 * SECOND);
  }

  @Property(tries = 10, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void aStreamOfLiesMakesANodeSendAtItsPaceAtMost(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 100) int liesASecond) {
    Rig rig = new Rig(seed);
    for (int k = 0; k < 500; k++) {
      rig.convergence.holds(PRODUCT, "key" + k, Fleet.REVISIONS[k], rig.now);
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 60 * liesASecond; i++) {
      rig.runTo(rig.now + SECOND / liesASecond);
      rig.convergence.heardDigest(lie(random).payload(), rig.now);
    }
    rig.runTo(rig.now + 600 * SECOND);
    int rate = ConvergeSettings.DEFAULT.rate();
    for (int i = rate; i < rig.sentAt.size(); i++) {
      assertThat(rig.sentAt.get(i) - rig.sentAt.get(i - rate)).isGreaterThan(SECOND - 1000);
    }
    assertThat(rig.longest).isLessThanOrEqualTo(ConvergeSettings.DEFAULT.payload());
    // After the last lie there is an end.
    int sent = rig.sentAt.size();
    rig.runTo(rig.now + 600 * SECOND);
    assertThat(rig.sentAt.size() - sent).isLessThanOrEqualTo(11);
  }

  @Property(tries = 6, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void honestNodesConvergeWhileAnotherLies(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 40) int nodes,
      @ForAll @IntRange(min = 1, max = 20) int liesASecond) {
    Simulation simulation = new Simulation(seed, Set.of(PRODUCT));
    simulation.gossip = new Gossip(0.1, 0.1);
    SplittableRandom random = simulation.random;
    for (int i = 0; i < nodes; i++) {
      SimNode node = simulation.add(random.nextBoolean());
      for (int k = 0; k < 30; k++) {
        if (random.nextInt(10) != 0) {
          simulation.store(node, PRODUCT, "key" + k, revision(1 + random.nextInt(3), "x"));
        }
      }
    }
    simulation.startAll();
    SimNode liar = simulation.nodes.get(0);
    int seconds = 2400;
    for (int i = 0; i < seconds * liesASecond; i++) {
      simulation.at(
          i * SECOND / liesASecond,
          () -> simulation.broadcast(liar, Message.raw(lie(random).payload())));
    }
    assertThat(simulation.runUntil(simulation::converged, 5 * SECOND, seconds * SECOND))
        .as("%d of %d lack something", simulation.lacking(), nodes)
        .isTrue();
    for (SimNode node : simulation.nodes.subList(1, nodes)) {
      assertThat(node.busiestSecond()).isLessThanOrEqualTo(9);
    }
  }

  @Example
  void ignoresAFormatThatIsToCome() {
    Rig rig = new Rig(1);
    rig.convergence.heardDigest("{\"f\":2,\"x\":[[[]]]}".getBytes(StandardCharsets.UTF_8), rig.now);
    assertThat(rig.convergence.status().unknownFormat()).isOne();
    assertThat(rig.convergence.status().malformed()).isZero();
  }

  /** A digest in good form that says anything. */
  static Digest lie(SplittableRandom random) {
    String node = random.nextBoolean() ? "" : "node0";
    List<Item> items = new ArrayList<>();
    Set<Prefix> prefixes = new HashSet<>();
    for (int i = random.nextInt(20); i >= 0; i--) {
      Prefix prefix = Prefix.ALL;
      for (int depth = random.nextInt(random.nextInt(8) == 0 ? 16 : 3); depth > 0; depth--) {
        prefix = prefix.child(random.nextInt(16));
      }
      if (prefixes.add(prefix)) {
        items.add(
            random.nextBoolean()
                ? Item.ofSum(prefix, new Sum(random.nextLong(), random.nextInt(1 << 30)))
                : Item.ofLines(prefix, lines(prefix, random)));
      }
    }
    return new Digest(PRODUCT, node, items);
  }

  private static List<Line> lines(Prefix prefix, SplittableRandom random) {
    long mask = prefix.digits() == 0 ? -1 : -1L >>> (4 * prefix.digits());
    return LongStream.generate(() -> prefix.bits() | (random.nextLong() & mask))
        .limit(random.nextInt(4))
        .boxed()
        .sorted(Long::compareUnsigned)
        .distinct()
        .map(key -> new Line(key, random.nextLong(MAX_VERSION + 1), random.nextBoolean(), 0))
        .toList();
  }

  /** A node alone with whatever it is told. */
  private static final class Rig implements Network {
    final Convergence convergence;
    final List<Long> sentAt = new ArrayList<>();
    long now = SECOND;
    int longest;

    Rig(long seed) {
      convergence = new Convergence(ConvergeSettings.DEFAULT, this, new SplittableRandom(seed));
      convergence.subscribe(Set.of(PRODUCT), now);
      convergence.fleet(10);
      convergence.holds(PRODUCT, "one", Revision.ofDeletion(MAX_VERSION), now);
    }

    void runTo(long end) {
      while (convergence.nextDeadline() <= end) {
        now = Math.max(now, convergence.nextDeadline());
        convergence.run(now);
      }
      now = end;
    }

    @Override
    public void digest(byte[] payload) {
      longest = Math.max(longest, payload.length);
      sentAt.add(now);
      assertThat(DigestReader.read(payload)).isPresent();
    }

    @Override
    public void repair(String product, String key) {
      sentAt.add(now);
    }

    @Override
    public boolean canPull(String node) {
      return node.equals("node0");
    }

    @Override
    public void pull(String product, String node) {}

    @Override
    public String self() {
      return "";
    }
  }
}
