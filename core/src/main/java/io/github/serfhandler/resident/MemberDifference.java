package io.github.serfhandler.resident;

import io.github.serfhandler.catalog.NaturalOrder;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.MemberStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stateless: what there is to tell about members, given what was told before and what is now.
 *
 * <p>One event of each type at most, in this order: join, update, leave, failed, reap. What comes
 * stands before what goes, so that who keeps a list of servers does not empty it where one node
 * replaces another. In an event the members are in the natural order of their names, in the state
 * after it: one that the agent does not know any more is given as it was, with the status {@link
 * MemberStatus#NONE}.
 *
 * <table>
 * <caption>Which event tells of a member</caption>
 * <tr><th>before</th><th>alive now</th><th>leaving or left</th><th>failed</th><th>unknown</th></tr>
 * <tr><td>alive</td><td>update, where tags, address or port differ</td><td>leave</td><td>failed</td>
 *   <td>failed: the agent lost sight of it</td></tr>
 * <tr><td>leaving or left</td><td>join</td><td>-</td><td>-</td><td>reap</td></tr>
 * <tr><td>failed</td><td>join</td><td>leave</td><td>-</td><td>reap</td></tr>
 * <tr><td>unknown</td><td>join</td><td>-</td><td>-</td><td>-</td></tr>
 * </table>
 */
final class MemberDifference {
  private static final List<MemberEvent.Type> ORDER =
      List.of(
          MemberEvent.Type.JOIN,
          MemberEvent.Type.UPDATE,
          MemberEvent.Type.LEAVE,
          MemberEvent.Type.FAILED,
          MemberEvent.Type.REAP);

  private static final Comparator<Member> BY_NAME =
      Comparator.comparing(Member::name, NaturalOrder.INSTANCE);

  private enum Presence {
    ALIVE,
    LEFT,
    FAILED,
    UNKNOWN
  }

  private MemberDifference() {}

  /**
   * What leads from one state to the other; both by name. Of one and the same map at once: nothing.
   */
  static List<MemberEvent> between(Map<String, Member> before, Map<String, Member> after) {
    if (before == after) {
      return List.of();
    }
    Map<MemberEvent.Type, List<Member>> changed = new EnumMap<>(MemberEvent.Type.class);
    for (Member now : after.values()) {
      MemberEvent.Type type = type(before.get(now.name()), now);
      if (type != null) {
        changed.computeIfAbsent(type, t -> new ArrayList<>()).add(now);
      }
    }
    for (Member was : before.values()) {
      MemberEvent.Type type = after.containsKey(was.name()) ? null : type(was, null);
      if (type != null) {
        changed.computeIfAbsent(type, t -> new ArrayList<>()).add(forgotten(was));
      }
    }
    List<MemberEvent> events = new ArrayList<>(changed.size());
    for (MemberEvent.Type type : ORDER) {
      List<Member> members = changed.get(type);
      if (members != null) {
        members.sort(BY_NAME);
        events.add(new MemberEvent(type, members));
      }
    }
    return events;
  }

  private static MemberEvent.@Nullable Type type(@Nullable Member before, @Nullable Member after) {
    Presence was = presence(before);
    return switch (presence(after)) {
      case ALIVE -> {
        if (was != Presence.ALIVE) {
          yield MemberEvent.Type.JOIN;
        }
        yield before != null && after != null && same(before, after)
            ? null
            : MemberEvent.Type.UPDATE;
      }
      case LEFT -> was == Presence.ALIVE || was == Presence.FAILED ? MemberEvent.Type.LEAVE : null;
      case FAILED -> was == Presence.ALIVE ? MemberEvent.Type.FAILED : null;
      case UNKNOWN ->
          switch (was) {
            case ALIVE -> MemberEvent.Type.FAILED;
            case LEFT, FAILED -> MemberEvent.Type.REAP;
            case UNKNOWN -> null;
          };
    };
  }

  private static Presence presence(@Nullable Member member) {
    if (member == null) {
      return Presence.UNKNOWN;
    }
    return switch (member.status()) {
      case ALIVE -> Presence.ALIVE;
      case LEAVING, LEFT -> Presence.LEFT;
      case FAILED -> Presence.FAILED;
      // Also a word of tomorrow's Serf: whatever it means, it is not alive.
      case NONE -> Presence.UNKNOWN;
    };
  }

  private static boolean same(Member a, Member b) {
    return a.port() == b.port()
        && (a.addr() == null ? b.addr() == null : a.addr().equals(b.addr()))
        && a.tags().equals(b.tags());
  }

  private static Member forgotten(Member was) {
    return new Member(
        was.name(), was.addr(), was.port(), was.tags(), MemberStatus.NONE, was.protocol());
  }
}
