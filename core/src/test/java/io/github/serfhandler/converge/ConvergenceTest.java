package io.github.serfhandler.converge;

import static io.github.serfhandler.converge.Revisions.revision;
import static io.github.serfhandler.converge.Simulation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.config.Revision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** One node, and what it does about what it hears. */
class ConvergenceTest implements Network {
  private static final String PRODUCT = "product1";

  private final Convergence convergence =
      new Convergence(ConvergeSettings.DEFAULT, this, new SplittableRandom(1));
  private final List<Digest> digests = new ArrayList<>();
  private final List<byte[]> payloads = new ArrayList<>();
  private final List<String> repairs = new ArrayList<>();
  private final List<String> pulls = new ArrayList<>();
  private boolean failing;
  private String self = "";
  private long now = 100 * SECOND;

  ConvergenceTest() {
    convergence.fleet(3);
    convergence.subscribe(Set.of(PRODUCT), now);
  }

  @Test
  void saysWhatItHoldsLessAndLessOften() {
    holds("a", revision(1, "x"));
    pass(150);
    assertThat(digests).hasSizeBetween(7, 8);
    assertThat(digests.get(0)).isEqualTo(list(line("a", revision(1, "x"))));
  }

  @Test
  void staysQuietWhereAnotherSaysTheSame() {
    holds("a", revision(1, "x"));
    for (int i = 0; i < 100; i++) {
      hear(list(line("a", revision(1, "x"))));
      pass(0.3);
    }
    assertThat(digests).isEmpty();
    assertThat(status().settled()).isTrue();
  }

  @Test
  void repairsWhatAnotherLacksOrHoldsAnOlderRevisionOf() {
    holds("a", revision(2, "x"));
    holds("b", Revision.ofDeletion(2));
    pass(5);
    hear(list(line("a", revision(1, "y"))));
    assertThat(status().settled()).isFalse();
    pass(2);
    assertThat(repairs).containsExactlyInAnyOrder("a", "b");
    assertThat(convergence.status().repairsSent()).isEqualTo(2);
  }

  @Test
  void aRepairThatFailsIsOverAndAskedForAgain() {
    holds("a", revision(2, "x"));
    pass(5);
    hear(list());
    failing = true;
    assertThatThrownBy(() -> pass(2)).hasMessage("no network");
    assertThat(convergence.nextDeadline()).isGreaterThan(now);
    failing = false;
    pass(2);
    assertThat(repairs).isEmpty();
    hear(list());
    pass(2);
    assertThat(repairs).containsExactly("a");
  }

  @Test
  void repairsNothingThatAnotherHasJustRepaired() {
    holds("a", revision(2, "x"));
    pass(5);
    hear(list());
    convergence.heard(PRODUCT, "a", revision(2, "x"), now);
    pass(2);
    assertThat(repairs).isEmpty();
    // A list that still lacks it, later.
    hear(list());
    pass(2);
    assertThat(repairs).containsExactly("a");
  }

  @Test
  void anOlderUpdateIsNoRepair() {
    holds("a", revision(2, "x"));
    pass(5);
    hear(list());
    convergence.heard(PRODUCT, "a", revision(1, "x"), now);
    pass(2);
    assertThat(repairs).containsExactly("a");
  }

  @Test
  void showsWhatItLacksAndIsQuietWhenThatHasCome() {
    holds("a", revision(1, "x"));
    pass(200);
    digests.clear();
    hear(list(line("a", revision(2, "x"))));
    pass(0.6);
    assertThat(digests).containsExactly(list(line("a", revision(1, "x"))));
    assertThat(repairs).isEmpty();

    digests.clear();
    pass(200);
    digests.clear();
    hear(list(line("a", revision(3, "x"))));
    holds("a", revision(3, "x"));
    pass(0.5);
    assertThat(digests).isEmpty();
  }

  @Test
  void answersASumWithTheSumsOneDigitFurther() {
    for (int i = 0; i < 200; i++) {
      holds("key" + i, revision(1, "x"));
    }
    pass(200);
    assertThat(digests.get(0).items()).hasSize(1);
    assertThat(digests.get(0).items().get(0).lines()).isEmpty();
    digests.clear();
    hear(sum(17, 199));
    pass(3);
    assertThat(digests.stream().flatMap(digest -> digest.items().stream()).map(Item::prefix))
        .contains(Prefix.parse("0"), Prefix.parse("7"), Prefix.parse("f"));
    assertThat(payloads).allMatch(payload -> payload.length <= 440);
  }

  @Test
  void doesNotTakeItsOwnDigestForAnothers() {
    holds("a", revision(1, "x"));
    while (payloads.isEmpty()) {
      pass(0.1);
    }
    convergence.heardDigest(payloads.get(0), now);
    assertThat(convergence.status().digestsHeard()).isZero();
    assertThat(status().agreesSince()).isEmpty();
    // Another's with the same words counts.
    convergence.heardDigest(payloads.get(0), now);
    assertThat(convergence.status().digestsHeard()).isOne();
    assertThat(status().agreesSince()).hasValue(now);
  }

  @Test
  void pullsManyKeysAndSearchesWhereThatIsOfNoUse() {
    self = "me";
    for (int i = 0; i < 200; i++) {
      holds("key" + i, revision(1, "x"));
    }
    pass(100);
    digests.clear();
    Digest ahead = new Digest(PRODUCT, "peer", sum(1, 900).items());
    hear(ahead);
    pass(2);
    assertThat(pulls).containsExactly("peer");
    assertThat(digests).allMatch(digest -> digest.items().size() == 1);
    pass(12);
    hear(ahead);
    pass(3);
    assertThat(pulls).hasSize(1);
    assertThat(digests).anyMatch(digest -> digest.items().size() > 1);
  }

  @Test
  void whoIsAheadLeavesThePullToOthersOfItsState() {
    self = "me";
    for (int i = 0; i < 200; i++) {
      holds("key" + i, revision(1, "x"));
    }
    pass(100);
    Digest mine = digests.get(digests.size() - 1);
    hear(new Digest(PRODUCT, "peer", list().items()));
    hear(new Digest(PRODUCT, "other", mine.items()));
    pass(30);
    assertThat(pulls).isEmpty();
    assertThat(repairs).isEmpty();
  }

  @Test
  void forgetsProductsItNoLongerTakesPartIn() {
    holds("a", revision(1, "x"));
    convergence.subscribe(Set.of("other"), now);
    assertThat(convergence.products()).containsOnlyKeys("other");
    hear(list());
    holds("a", revision(2, "x"));
    pass(100);
    assertThat(repairs).isEmpty();
    assertThat(digests).allMatch(digest -> digest.product().equals("other"));
    convergence.subscribe(Set.of(), now);
    assertThat(convergence.nextDeadline()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void forgetsAKeyThatTheStoreNoLongerHolds() {
    holds("a", revision(1, "x"));
    pass(5);
    hear(list());
    convergence.dropped(PRODUCT, "a", now);
    pass(5);
    assertThat(status().keys()).isZero();
    assertThat(repairs).isEmpty();
  }

  @Test
  void saysSoonWhatItHoldsAfterADisturbance() {
    holds("a", revision(1, "x"));
    pass(300);
    digests.clear();
    convergence.disturbed(now);
    pass(1.1);
    assertThat(digests).hasSize(1);
  }

  @Test
  void timeMayBeginBelowZero() {
    now = Long.MIN_VALUE / 2;
    Convergence early = new Convergence(ConvergeSettings.DEFAULT, this, new SplittableRandom(1));
    early.subscribe(Set.of(PRODUCT), now);
    early.holds(PRODUCT, "a", revision(1, "x"), now);
    now += 10 * SECOND;
    early.heardDigest(list().payload(), now);
    for (long end = now + 10 * SECOND; early.nextDeadline() <= end; ) {
      now = Math.max(now, early.nextDeadline());
      early.run(now);
    }
    assertThat(repairs).containsExactly("a");
    assertThat(digests).hasSizeBetween(1, 10);
  }

  @Test
  void productsWithIllegalNamesAreRefused() {
    assertThatThrownBy(() -> convergence.subscribe(Set.of("../a"), now))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(convergence.products()).containsOnlyKeys(PRODUCT);
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(
            () -> new ConvergeSettings(Duration.ZERO, Duration.ofSeconds(60), 1, 8, 8, 440))
        .hasMessageContaining("imin");
    assertThatThrownBy(
            () -> new ConvergeSettings(Duration.ofSeconds(2), Duration.ofSeconds(1), 1, 8, 8, 440))
        .hasMessageContaining("imax");
    assertThatThrownBy(
            () -> new ConvergeSettings(Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 0, 8, 440))
        .hasMessage("rate 0 is not 1 to 100");
  }

  private void holds(String key, Revision revision) {
    convergence.holds(PRODUCT, key, revision, now);
  }

  private void hear(Digest digest) {
    convergence.heardDigest(digest.payload(), now);
  }

  private void pass(double seconds) {
    long end = now + (long) (seconds * SECOND);
    while (convergence.nextDeadline() <= end) {
      now = Math.max(now, convergence.nextDeadline());
      convergence.run(now);
    }
    now = end;
  }

  private ProductStatus status() {
    return Objects.requireNonNull(convergence.products().get(PRODUCT));
  }

  private static Line line(String key, Revision revision) {
    return Line.of(Line.keyHash(key), revision);
  }

  private static Digest list(Line... lines) {
    return new Digest(PRODUCT, "", List.of(Item.ofLines(Prefix.ALL, List.of(lines))));
  }

  private static Digest sum(long hash, int count) {
    return new Digest(PRODUCT, "", List.of(Item.ofSum(Prefix.ALL, new Sum(hash, count))));
  }

  @Override
  public void digest(byte[] payload) {
    payloads.add(payload);
    digests.add(DigestReader.read(payload).orElseThrow());
  }

  @Override
  public void repair(String product, String key) {
    if (failing) {
      throw new IllegalStateException("no network");
    }
    repairs.add(key);
  }

  @Override
  public boolean canPull(String node) {
    return true;
  }

  @Override
  public void pull(String product, String node) {
    pulls.add(node);
  }

  @Override
  public String self() {
    return self;
  }
}
