package io.github.serfhandler.resident;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.catalog.Fixtures;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.MemberStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MemberDifferencePropertyTest {

  @Provide
  Arbitrary<Map<String, Member>> members() {
    Arbitrary<Member> member =
        Combinators.combine(
                Arbitraries.integers().between(1, 12),
                Arbitraries.of(MemberStatus.values()),
                Arbitraries.of("a=1", "a=2"))
            .as((number, status, tag) -> Fixtures.member("n" + number, status, tag));
    return member
        .list()
        .ofMaxSize(12)
        .map(
            list -> {
              Map<String, Member> byName = new LinkedHashMap<>();
              list.forEach(m -> byName.put(m.name(), m));
              return byName;
            });
  }

  /** Who is there, with the tags, for one who heard these events and knew that before. */
  private static Map<String, Map<String, String>> heard(
      Map<String, Map<String, String>> known, List<MemberEvent> events) {
    Map<String, Map<String, String>> present = new TreeMap<>(known);
    for (MemberEvent event : events) {
      for (Member member : event.members()) {
        if (event.type() == MemberEvent.Type.JOIN || event.type() == MemberEvent.Type.UPDATE) {
          present.put(member.name(), member.tags());
        } else {
          present.remove(member.name());
        }
      }
    }
    return present;
  }

  private static Map<String, Map<String, String>> alive(Map<String, Member> members) {
    Map<String, Map<String, String>> present = new TreeMap<>();
    for (Member member : members.values()) {
      if (member.status() == MemberStatus.ALIVE) {
        present.put(member.name(), member.tags());
      }
    }
    return present;
  }

  @Property
  void leadsFromOneStateToTheOther(
      @ForAll("members") Map<String, Member> before, @ForAll("members") Map<String, Member> after) {
    assertThat(heard(alive(before), MemberDifference.between(before, after)))
        .isEqualTo(alive(after));
  }

  @Property
  void endsTheSameHoweverManyStatesAreToldInBetween(
      @ForAll List<@net.jqwik.api.From("members") Map<String, Member>> states) {
    Map<String, Map<String, String>> present = Map.of();
    Map<String, Member> told = Map.of();
    for (Map<String, Member> state : states) {
      present = heard(present, MemberDifference.between(told, state));
      told = state;
    }
    assertThat(present).isEqualTo(alive(told));
  }

  @Property
  void tellsNothingBetweenEquals(@ForAll("members") Map<String, Member> members) {
    assertThat(MemberDifference.between(members, new TreeMap<>(members))).isEmpty();
  }

  @Property
  void doesNotDependOnTheOrder(
      @ForAll("members") Map<String, Member> before, @ForAll("members") Map<String, Member> after) {
    assertThat(MemberDifference.between(new TreeMap<>(before), new TreeMap<>(after)))
        .isEqualTo(MemberDifference.between(before, after));
  }

  @Property
  void tellsEachMemberOnceAtMost(
      @ForAll("members") Map<String, Member> before, @ForAll("members") Map<String, Member> after) {
    assertThat(MemberDifference.between(before, after))
        .flatExtracting(MemberEvent::members)
        .extracting(Member::name)
        .doesNotHaveDuplicates();
  }
}
