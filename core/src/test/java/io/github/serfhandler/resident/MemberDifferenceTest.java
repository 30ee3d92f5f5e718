package io.github.serfhandler.resident;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.catalog.Fixtures;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.MemberStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberDifferenceTest {

  static Map<String, Member> members(Member... members) {
    Map<String, Member> byName = new HashMap<>();
    for (Member member : members) {
      byName.put(member.name(), member);
    }
    return byName;
  }

  /** Of one member; {@code -} for unknown. */
  private static Map<String, Member> one(String status) {
    return status.equals("-")
        ? Map.of()
        : members(Fixtures.member("n", MemberStatus.ofWord(status)));
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource({
    "-, alive, member-join",
    "-, leaving, ''",
    "-, left, ''",
    "-, failed, ''",
    "-, none, ''",
    "alive, alive, ''",
    "alive, leaving, member-leave",
    "alive, left, member-leave",
    "alive, failed, member-failed",
    "alive, none, member-failed",
    "alive, -, member-failed",
    "leaving, alive, member-join",
    "leaving, left, ''",
    "leaving, failed, ''",
    "leaving, -, member-reap",
    "left, alive, member-join",
    "left, leaving, ''",
    "left, failed, ''",
    "left, none, member-reap",
    "left, -, member-reap",
    "failed, alive, member-join",
    "failed, leaving, member-leave",
    "failed, left, member-leave",
    "failed, failed, ''",
    "failed, none, member-reap",
    "failed, -, member-reap",
    "none, alive, member-join",
    "none, left, ''",
    "none, -, ''",
  })
  void tellsOneEventOrNone(String before, String after, String event) {
    List<MemberEvent> events = MemberDifference.between(one(before), one(after));
    assertThat(events)
        .extracting(e -> e.type().word())
        .isEqualTo(event.isEmpty() ? List.of() : List.of(event));
    assertThat(events).allSatisfy(e -> assertThat(e.members()).hasSize(1));
  }

  @Test
  void tellsOtherTagsAddressesAndPortsAsUpdates() {
    Member before = Fixtures.member("n", "10.0.0.1", MemberStatus.ALIVE, "a=1");
    Member port =
        new Member("n", before.addr(), 1, before.tags(), before.status(), before.protocol());
    Member nowhere =
        new Member("n", null, before.port(), before.tags(), before.status(), before.protocol());
    for (Member after :
        List.of(
            Fixtures.member("n", "10.0.0.1", MemberStatus.ALIVE, "a=2"),
            Fixtures.member("n", "10.0.0.1", MemberStatus.ALIVE),
            Fixtures.member("n", "10.0.0.2", MemberStatus.ALIVE, "a=1"),
            port,
            nowhere)) {
      assertThat(MemberDifference.between(members(before), members(after)))
          .containsExactly(new MemberEvent(MemberEvent.Type.UPDATE, List.of(after)));
      assertThat(MemberDifference.between(members(after), members(before)))
          .containsExactly(new MemberEvent(MemberEvent.Type.UPDATE, List.of(before)));
    }
  }

  @Test
  void tellsTagsOfTheDeadToNobody() {
    Member before = Fixtures.member("n", MemberStatus.FAILED, "a=1");
    Member after = Fixtures.member("n", MemberStatus.FAILED, "a=2");
    assertThat(MemberDifference.between(members(before), members(after))).isEmpty();
  }

  @Test
  void givesThoseForgottenAsTheyWereWithoutAStatus() {
    Member lost = Fixtures.member("lost", MemberStatus.ALIVE, "role=web");
    Member left = Fixtures.member("left", MemberStatus.LEFT, "role=db");
    assertThat(MemberDifference.between(members(lost, left), Map.of()))
        .containsExactly(
            new MemberEvent(
                MemberEvent.Type.FAILED,
                List.of(Fixtures.member("lost", MemberStatus.NONE, "role=web"))),
            new MemberEvent(
                MemberEvent.Type.REAP,
                List.of(Fixtures.member("left", MemberStatus.NONE, "role=db"))));
  }

  @Test
  void groupsByTypeThoseThatComeFirstAndMembersInNaturalOrder() {
    Map<String, Member> before =
        members(
            Fixtures.member("web3", MemberStatus.ALIVE),
            Fixtures.member("web4", MemberStatus.ALIVE),
            Fixtures.member("web5", MemberStatus.ALIVE),
            Fixtures.member("web6", MemberStatus.LEFT));
    Map<String, Member> after =
        members(
            Fixtures.member("web10", MemberStatus.ALIVE),
            Fixtures.member("web2", MemberStatus.ALIVE),
            Fixtures.member("web3", MemberStatus.FAILED),
            Fixtures.member("web4", MemberStatus.LEFT),
            Fixtures.member("web5", MemberStatus.ALIVE, "a=1"));
    assertThat(MemberDifference.between(before, after))
        .extracting(
            event -> event.type().word() + event.members().stream().map(Member::name).toList())
        .containsExactly(
            "member-join[web2, web10]",
            "member-update[web5]",
            "member-leave[web4]",
            "member-failed[web3]",
            "member-reap[web6]");
  }
}
