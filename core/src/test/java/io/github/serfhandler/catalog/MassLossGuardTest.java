package io.github.serfhandler.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MassLossGuardTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Subscription P = Subscription.of(List.of("p"), List.of("o"));

  private final Map<String, Member> members = new TreeMap<>();
  private MassLossGuard guard = new MassLossGuard(GuardSettings.DEFAULT);
  private Instant now = START;

  private void set(MemberStatus status, String... names) {
    for (String name : names) {
      members.put(name, Fixtures.member(name, status, "svc=p/web:80,p/db:1,o/public:2,o/web:3"));
    }
  }

  private View pass() {
    return guard.pass(Catalog.of(List.copyOf(members.values())), P, now);
  }

  private List<String> web() {
    return pass().instances("p", "web").stream().map(Instance::node).toList();
  }

  private void after(Duration time) {
    now = now.plus(time);
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  @Test
  void holdsTheLastKnownOnesWhenMostFail() {
    set(MemberStatus.ALIVE, "a", "b", "c", "d");
    View before = pass();
    set(MemberStatus.FAILED, "a", "b", "c");
    after(seconds(7));
    View view = pass();
    assertThat(view.products()).isEqualTo(before.products());
    assertThat(view.held())
        .hasSize(9)
        .contains(
            new Held(
                "p",
                "web",
                Fixtures.instance("a", "10.0.0.1", 80),
                now.plus(Duration.ofMinutes(10))))
        .noneMatch(held -> held.product().equals("o") && held.service().equals("web"));
  }

  @Test
  void holdsAllWhenAllFail() {
    set(MemberStatus.ALIVE, "a", "b");
    pass();
    set(MemberStatus.FAILED, "a", "b");
    assertThat(web()).containsExactly("a", "b");
  }

  @Test
  void believesTheLossOfHalf() {
    set(MemberStatus.ALIVE, "a", "b", "c", "d");
    pass();
    set(MemberStatus.FAILED, "a", "b");
    assertThat(web()).containsExactly("c", "d");
    assertThat(guard.nextDeadline()).isEmpty();
  }

  @Test
  void believesTheLossOfAnOnlyInstance() {
    set(MemberStatus.ALIVE, "a");
    pass();
    set(MemberStatus.FAILED, "a");
    assertThat(web()).isEmpty();
  }

  @Test
  void bringsBackThoseThatItDroppedAMomentBefore() {
    set(MemberStatus.ALIVE, "a", "b", "c");
    pass();
    set(MemberStatus.FAILED, "a");
    assertThat(web()).containsExactly("b", "c");
    after(seconds(30));
    set(MemberStatus.FAILED, "b");
    assertThat(web()).containsExactly("a", "b", "c");
  }

  @Test
  void doesNotAddUpFailuresThatLieFurtherApart() {
    set(MemberStatus.ALIVE, "a", "b", "c");
    pass();
    set(MemberStatus.FAILED, "a");
    pass();
    after(seconds(20));
    pass();
    after(seconds(10).plusMillis(1));
    set(MemberStatus.FAILED, "b");
    assertThat(web()).containsExactly("c");
  }

  @Test
  void judgesEachServiceByItself() {
    set(MemberStatus.ALIVE, "a", "b", "c", "d", "e");
    members.put("x", Fixtures.member("x", MemberStatus.ALIVE, "svc=p/mail:25"));
    members.put("y", Fixtures.member("y", MemberStatus.ALIVE, "svc=p/mail:25"));
    pass();
    members.put("x", Fixtures.member("x", MemberStatus.FAILED, "svc=p/mail:25"));
    members.put("y", Fixtures.member("y", MemberStatus.FAILED, "svc=p/mail:25"));
    set(MemberStatus.FAILED, "a");
    View view = pass();
    assertThat(view.instances("p", "mail")).extracting(Instance::node).containsExactly("x", "y");
    assertThat(view.instances("p", "web"))
        .extracting(Instance::node)
        .containsExactly("b", "c", "d", "e");
  }

  @Test
  void believesThoseThatLeaveAtOnce() {
    set(MemberStatus.ALIVE, "a", "b", "c", "d");
    pass();
    set(MemberStatus.LEFT, "a");
    set(MemberStatus.LEAVING, "b", "c");
    assertThat(web()).containsExactly("d");
    set(MemberStatus.ALIVE, "b", "c");
    pass();
    set(MemberStatus.FAILED, "b", "c", "d");
    assertThat(web()).containsExactly("b", "c", "d");
    set(MemberStatus.LEFT, "b");
    assertThat(web()).containsExactly("c", "d");
  }

  @Test
  void letsGoOfTheReaped() {
    set(MemberStatus.ALIVE, "a", "b");
    pass();
    set(MemberStatus.FAILED, "a", "b");
    members.put("self", Fixtures.member("self", MemberStatus.ALIVE, "role=x"));
    pass();
    members.remove("a");
    assertThat(web()).containsExactly("b");
  }

  @Test
  void holdsThoseThatAnAgentForgotWhenItWasRestarted() {
    set(MemberStatus.ALIVE, "a", "b", "c");
    pass();
    members.remove("b");
    members.remove("c");
    assertThat(web()).containsExactly("a", "b", "c");
    after(seconds(5));
    set(MemberStatus.FAILED, "b");
    set(MemberStatus.ALIVE, "c");
    View view = pass();
    assertThat(view.instances("p", "web"))
        .extracting(Instance::node)
        .containsExactly("a", "b", "c");
    assertThat(view.held()).extracting(held -> held.instance().node()).containsOnly("b");
    set(MemberStatus.LEFT, "b");
    assertThat(web()).containsExactly("a", "c");
  }

  @Test
  void holdsAnOnlyInstanceThatAnAgentForgotWhenItWasRestarted() {
    set(MemberStatus.ALIVE, "a");
    members.put("self", Fixtures.member("self", MemberStatus.ALIVE, "svc=p/cache:6"));
    pass();
    members.remove("a");
    assertThat(web()).containsExactly("a");
    assertThat(web()).containsExactly("a");
    after(seconds(90));
    assertThat(web()).containsExactly("a");
    set(MemberStatus.ALIVE, "a");
    assertThat(pass().held()).isEmpty();
  }

  @Test
  void letsGoOfAnOnlyInstanceThatVanishesWhileMostStay() {
    set(MemberStatus.ALIVE, "a");
    for (String other : List.of("self", "x", "y")) {
      members.put(other, Fixtures.member(other, MemberStatus.ALIVE, "svc=p/cache:6"));
    }
    pass();
    members.remove("a");
    assertThat(web()).isEmpty();
  }

  @Test
  void letsGoOfAFewThatVanish() {
    set(MemberStatus.ALIVE, "a", "b", "c", "d");
    pass();
    members.remove("c");
    members.remove("d");
    assertThat(web()).containsExactly("a", "b");
  }

  @Test
  void letsGoOfNothingHeldWhileTheAgentKnowsOnlyItself() {
    set(MemberStatus.ALIVE, "a", "b", "c");
    members.put("self", Fixtures.member("self", MemberStatus.ALIVE, "role=x"));
    pass();
    set(MemberStatus.FAILED, "a", "b", "c");
    assertThat(web()).containsExactly("a", "b", "c");
    members.keySet().removeAll(List.of("a", "b", "c"));
    assertThat(web()).containsExactly("a", "b", "c");
    after(Duration.ofMinutes(10));
    assertThat(web()).isEmpty();
  }

  @Test
  void letsGoOfWhatTheTagsNoLongerDescribe() {
    set(MemberStatus.ALIVE, "a", "b", "c");
    pass();
    set(MemberStatus.FAILED, "a", "b", "c");
    pass();
    members.put("a", Fixtures.member("a", MemberStatus.FAILED, "svc=p/web:81"));
    members.put("b", Fixtures.member("b", "10.9.9.9", MemberStatus.FAILED, "svc=p/web:80"));
    assertThat(web()).containsExactly("c");
  }

  @Test
  void letsGoAfterTheHoldTimeAndNotHoldAgain() {
    set(MemberStatus.ALIVE, "a", "b");
    pass();
    set(MemberStatus.FAILED, "a", "b");
    pass();
    Instant deadline = START.plus(Duration.ofMinutes(10));
    assertThat(guard.nextDeadline()).contains(deadline);
    now = deadline.minusMillis(1);
    assertThat(web()).containsExactly("a", "b");
    assertThat(guard.nextDeadline()).contains(deadline);
    now = deadline;
    assertThat(web()).isEmpty();
    assertThat(guard.nextDeadline()).isEmpty();
    assertThat(web()).isEmpty();
    set(MemberStatus.ALIVE, "a", "b");
    assertThat(web()).containsExactly("a", "b");
    set(MemberStatus.FAILED, "a", "b");
    assertThat(web()).containsExactly("a", "b");
    assertThat(guard.nextDeadline()).contains(now.plus(Duration.ofMinutes(10)));
  }

  @Test
  void showsReturnedOnesAsAlive() {
    set(MemberStatus.ALIVE, "a", "b");
    pass();
    set(MemberStatus.FAILED, "a", "b");
    assertThat(pass().held()).isNotEmpty();
    set(MemberStatus.ALIVE, "a", "b");
    assertThat(pass().held()).isEmpty();
    assertThat(guard.state().losses()).isEmpty();
  }

  @Test
  void knowsNothingAtTheFirstPass() {
    set(MemberStatus.FAILED, "a", "b", "c");
    assertThat(web()).isEmpty();
    assertThat(web()).isEmpty();
  }

  @Test
  void goesOnInANewProcess() {
    set(MemberStatus.ALIVE, "a", "b");
    pass();
    guard = reloaded(guard);
    set(MemberStatus.FAILED, "a", "b");
    after(seconds(60));
    assertThat(web()).containsExactly("a", "b");
    guard = reloaded(guard);
    after(seconds(599));
    assertThat(web()).containsExactly("a", "b");
    guard = reloaded(guard);
    after(seconds(1));
    assertThat(web()).isEmpty();
  }

  @Test
  void showsTheHonestViewWhenOff() {
    set(MemberStatus.ALIVE, "a", "b");
    guard = new MassLossGuard(GuardSettings.OFF);
    pass();
    set(MemberStatus.FAILED, "a", "b");
    assertThat(web()).isEmpty();
    assertThat(guard.state()).isEqualTo(GuardState.EMPTY);
  }

  @Test
  void holdsNotForEverWhenTheClockIsSetBack() {
    set(MemberStatus.ALIVE, "a", "b");
    pass();
    set(MemberStatus.FAILED, "a", "b");
    pass();
    now = START.minus(Duration.ofDays(365));
    assertThat(web()).containsExactly("a", "b");
    assertThat(guard.nextDeadline()).contains(now.plus(Duration.ofMinutes(10)));
    after(Duration.ofMinutes(10));
    assertThat(web()).isEmpty();
  }

  @Test
  void forgetsServicesThatAreNoLongerSeen() {
    set(MemberStatus.ALIVE, "a", "b");
    pass();
    set(MemberStatus.FAILED, "a", "b");
    pass();
    Catalog catalog = Catalog.of(List.copyOf(members.values()));
    View view = guard.pass(catalog, Subscription.NONE, now);
    assertThat(view).isEqualTo(View.EMPTY);
    assertThat(web()).isEmpty();
  }

  @Test
  void holdsNothingOfAServiceThatIsNoLongerSeen() {
    set(MemberStatus.ALIVE, "a", "b");
    Catalog catalog = Catalog.of(List.copyOf(members.values()));
    guard.pass(catalog, Subscription.of(List.of("o"), List.of()), now);
    set(MemberStatus.FAILED, "a", "b");
    View view = pass(); // Now it only observes.
    assertThat(view.services("o").keySet()).containsExactly("public");
  }

  @Test
  void countsThoseHeldAmongAll() {
    set(MemberStatus.ALIVE, "a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    pass();
    set(MemberStatus.FAILED, "a", "b", "c", "d", "e", "f");
    assertThat(web()).hasSize(10);
    after(seconds(30));
    pass();
    after(seconds(1));
    set(MemberStatus.FAILED, "g", "h", "i"); // Three of ten, though three of the last four.
    assertThat(web()).containsExactly("a", "b", "c", "d", "e", "f", "j");
  }

  @Test
  void heedsItsSettings() {
    guard = new MassLossGuard(new GuardSettings(true, seconds(5), 0.2, 3, Duration.ofSeconds(20)));
    set(MemberStatus.ALIVE, "a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    pass();
    set(MemberStatus.FAILED, "a", "b");
    assertThat(web()).hasSize(8);
    after(seconds(5));
    set(MemberStatus.FAILED, "c");
    assertThat(web()).hasSize(10);
    assertThat(guard.nextDeadline()).contains(START.plusSeconds(20));
  }

  @Test
  void keepsItsStateWhileNothingChanges() {
    set(MemberStatus.ALIVE, "a", "b", "c");
    set(MemberStatus.FAILED, "x");
    pass();
    GuardState state = guard.state();
    after(seconds(40));
    pass();
    assertThat(guard.state()).isEqualTo(state);
  }

  private static MassLossGuard reloaded(MassLossGuard guard) {
    GuardStateFile.Loaded loaded = GuardStateFile.decode(GuardStateFile.encode(guard.state()));
    assertThat(loaded.problem()).isEmpty();
    return new MassLossGuard(GuardSettings.DEFAULT, loaded.state());
  }
}
