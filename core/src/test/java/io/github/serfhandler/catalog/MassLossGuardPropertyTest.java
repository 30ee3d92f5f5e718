package io.github.serfhandler.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds for every history of a small cluster. */
class MassLossGuardPropertyTest {
  private static final Subscription SUBSCRIPTION = Subscription.of(List.of("p"), List.of("o"));
  private static final Duration HOLD = GuardSettings.DEFAULT.hold();
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** One pass: the time since the one before, and the members then. */
  record Step(int seconds, List<Member> members) {}

  /** Product, service and instance. */
  record Place(String product, String service, Instance instance) {}

  private static Set<Place> places(View view) {
    Set<Place> places = new HashSet<>();
    view.products()
        .forEach(
            (product, services) ->
                services.forEach(
                    (service, instances) ->
                        instances.forEach(
                            instance -> places.add(new Place(product, service, instance)))));
    return places;
  }

  private static Set<Place> held(View view) {
    Set<Place> places = new HashSet<>();
    view.held()
        .forEach(held -> places.add(new Place(held.product(), held.service(), held.instance())));
    return places;
  }

  private static Optional<Duration> left(MassLossGuard guard, Instant now) {
    return guard.nextDeadline().map(end -> Duration.between(now, end));
  }

  /** What the subscriber would see of the members of one status. */
  private static Set<Place> ofStatus(List<Member> members, MemberStatus status) {
    List<Member> chosen = new ArrayList<>();
    for (Member member : members) {
      if (member.status() == status) {
        chosen.add(
            new Member(
                member.name(),
                member.addr(),
                member.port(),
                member.tags(),
                MemberStatus.ALIVE,
                member.protocol()));
      }
    }
    return places(Catalog.of(chosen).view(SUBSCRIPTION));
  }

  @Property(tries = 1_500, edgeCases = EdgeCasesMode.NONE)
  void showsAllAliveAndHoldsOnlyWhatWasLostAfterItWasAlive(
      @ForAll("histories") List<Step> history) {
    MassLossGuard guard = new MassLossGuard(GuardSettings.DEFAULT);
    Map<Place, Instant> lostSince = new HashMap<>(); // only of those that were alive before
    Set<Place> vanished = new HashSet<>();
    Set<Place> alive = new HashSet<>();
    Instant now = START;
    for (Step step : history) {
      now = now.plusSeconds(step.seconds());
      final Instant time = now;
      View view = guard.pass(Catalog.of(step.members()), SUBSCRIPTION, now);

      Set<Place> nowFailed = ofStatus(step.members(), MemberStatus.FAILED);
      Set<String> known = new HashSet<>();
      step.members().forEach(member -> known.add(member.name()));
      vanished.removeIf(place -> known.contains(place.instance().node()));
      lostSince
          .keySet()
          .removeIf(
              place ->
                  !nowFailed.contains(place)
                      && (known.contains(place.instance().node())
                          || (known.size() > 1 && !vanished.contains(place))));
      for (Place place : alive) {
        boolean unknown = !known.contains(place.instance().node());
        if (unknown) {
          vanished.add(place);
        }
        if (unknown || nowFailed.contains(place)) {
          lostSince.put(place, now);
        }
      }
      alive = ofStatus(step.members(), MemberStatus.ALIVE);

      Set<Place> shown = places(view);
      Set<Place> held = held(view);
      assertThat(shown).containsAll(alive).containsAll(held);
      assertThat(shown).hasSize(alive.size() + held.size());
      assertThat(held)
          .allSatisfy(
              place -> {
                assertThat(lostSince).containsKey(place);
                assertThat(lostSince.getOrDefault(place, Instant.MIN)).isAfter(time.minus(HOLD));
              });
      assertThat(guard.nextDeadline())
          .isEqualTo(held.stream().map(lostSince::get).sorted().findFirst().map(t -> t.plus(HOLD)));
    }
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void showsTheSameWhereTheClockIsSet(
      @ForAll("histories") List<Step> history, @ForAll("jumps") List<Duration> jumps) {
    MassLossGuard steady = new MassLossGuard(GuardSettings.DEFAULT);
    MassLossGuard told = new MassLossGuard(GuardSettings.DEFAULT);
    Instant time = START;
    Instant clock = START;
    for (int i = 0; i < history.size(); i++) {
      Step step = history.get(i);
      Duration jump = jumps.get(i % jumps.size());
      time = time.plusSeconds(step.seconds());
      clock = clock.plusSeconds(step.seconds()).plus(jump);
      told.clockWasSet(jump);
      Catalog catalog = Catalog.of(step.members());
      View expected = steady.pass(catalog, SUBSCRIPTION, time);
      View view = told.pass(catalog, SUBSCRIPTION, clock);
      assertThat(view.products()).isEqualTo(expected.products());
      assertThat(held(view)).isEqualTo(held(expected));
      assertThat(left(told, clock)).isEqualTo(left(steady, time));
    }
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void rescuesAServiceThatLosesMostAtOnce(
      @ForAll("histories") List<Step> history, @ForAll("clusters") List<Member> last) {
    MassLossGuard guard = new MassLossGuard(GuardSettings.DEFAULT);
    Instant now = START;
    Set<Place> before = Set.of();
    for (Step step : history) {
      now = now.plusSeconds(step.seconds());
      guard.pass(Catalog.of(step.members()), SUBSCRIPTION, now);
      before = ofStatus(step.members(), MemberStatus.ALIVE);
    }
    View view = guard.pass(Catalog.of(last), SUBSCRIPTION, now.plusSeconds(1));
    Set<Place> lost = new HashSet<>(ofStatus(last, MemberStatus.FAILED));
    Set<Place> failed = Set.copyOf(lost);
    lost.retainAll(before);
    for (Place place : lost) {
      long lostHere = lost.stream().filter(other -> sameService(place, other)).count();
      long failedHere = failed.stream().filter(other -> sameService(place, other)).count();
      long aliveHere =
          ofStatus(last, MemberStatus.ALIVE).stream().filter(o -> sameService(place, o)).count();
      // Those that failed earlier may or may not count; this is a mass loss even if all do.
      if (lostHere >= 2 && 2 * lostHere > aliveHere + failedHere) {
        assertThat(held(view)).contains(place);
      }
    }
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void remembersInAFileAsWellAsInMemory(@ForAll("histories") List<Step> history) {
    MassLossGuard resident = new MassLossGuard(GuardSettings.DEFAULT);
    MassLossGuard restarted = new MassLossGuard(GuardSettings.DEFAULT);
    Instant now = START.plusNanos(123_456_789);
    Random random = new Random(history.size());
    for (Step step : history) {
      now = now.plusSeconds(step.seconds());
      View expected = resident.pass(Catalog.of(step.members()), SUBSCRIPTION, now);
      List<Member> shuffled = new ArrayList<>(step.members());
      Collections.shuffle(shuffled, random);
      GuardStateFile.Loaded loaded =
          GuardStateFile.decode(GuardStateFile.encode(restarted.state()));
      assertThat(loaded.problem()).isEmpty();
      restarted = new MassLossGuard(GuardSettings.DEFAULT, loaded.state());
      assertThat(restarted.pass(Catalog.of(shuffled), SUBSCRIPTION, now)).isEqualTo(expected);
      assertThat(restarted.nextDeadline()).isEqualTo(resident.nextDeadline());
      assertThat(restarted.state()).isEqualTo(resident.state());
    }
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void isHonestWhenOff(@ForAll("histories") List<Step> history) {
    MassLossGuard guard = new MassLossGuard(GuardSettings.OFF);
    for (Step step : history) {
      Catalog catalog = Catalog.of(step.members());
      assertThat(guard.pass(catalog, SUBSCRIPTION, START)).isEqualTo(catalog.view(SUBSCRIPTION));
    }
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void neverShowsAFailedOneForEverWhateverTheClockDoes(
      @ForAll("histories") List<Step> history, @ForAll long jump) {
    MassLossGuard guard = new MassLossGuard(GuardSettings.DEFAULT);
    Instant now = START;
    List<Member> last = List.of();
    for (Step step : history) {
      // At most some 30,000 years either way: what an Instant in milliseconds can hold.
      now = START.plusSeconds(jump % 1_000_000_000_000L * (step.seconds() % 2 == 0 ? 1 : -1));
      last = step.members();
      guard.pass(Catalog.of(last), SUBSCRIPTION, now);
    }
    Catalog catalog = Catalog.of(last);
    View view = guard.pass(catalog, SUBSCRIPTION, now.plus(HOLD));
    assertThat(view.products()).isEqualTo(catalog.view(SUBSCRIPTION).products());
    assertThat(view.held()).isEmpty();
  }

  private static boolean sameService(Place a, Place b) {
    return a.product().equals(b.product()) && a.service().equals(b.service());
  }

  /** Most passes without one; years back and forth, but never before 1980. */
  @Provide
  Arbitrary<List<Duration>> jumps() {
    Arbitrary<Duration> jump =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just(Duration.ZERO)),
            Tuple.of(1, Arbitraries.longs().between(-700, 3_000).map(Duration::ofDays)),
            Tuple.of(1, Arbitraries.longs().between(-4_000, 4_000).map(Duration::ofSeconds)));
    return jump.list().ofSize(20);
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Integer> seconds =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.integers().between(0, 20)),
            Tuple.of(1, Arbitraries.of(30, 31, 299, 569, 570, 600, 601)));
    return Combinators.combine(seconds, clusters()).as(Step::new).list().ofMinSize(1).ofMaxSize(12);
  }

  @Provide
  Arbitrary<List<Member>> clusters() {
    Arbitrary<MemberStatus> status =
        Arbitraries.frequency(
            Tuple.of(6, MemberStatus.ALIVE),
            Tuple.of(6, MemberStatus.FAILED),
            Tuple.of(1, MemberStatus.LEFT),
            Tuple.of(1, MemberStatus.LEAVING),
            Tuple.of(1, MemberStatus.NONE));
    Arbitrary<String> tags =
        Arbitraries.frequency(
            Tuple.of(8, "p/web:80,o/public:1,o/web:2"),
            Tuple.of(1, "p/web:80,p/web:81,p/db:3"),
            Tuple.of(1, "p/web:99"));
    Arbitrary<String> names = Arbitraries.of("a", "b", "c", "d", "e\t\\", "f\uD800");
    Arbitrary<Member> members =
        Combinators.combine(names, status, tags)
            .as((name, state, svc) -> Fixtures.member(name, state, "svc=" + svc));
    return members.list().uniqueElements(Member::name).ofMaxSize(6);
  }
}
