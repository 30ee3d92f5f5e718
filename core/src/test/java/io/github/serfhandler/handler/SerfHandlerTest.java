package io.github.serfhandler.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.client.UnknownEvent;
import io.github.serfhandler.client.UserEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SerfHandlerTest {
  private final StubNode node = new StubNode("web");
  private final List<String> called = new ArrayList<>();

  private static UserEvent user(String name) {
    return new UserEvent(1, name, Payload.ofText("data"), false);
  }

  private static QueryEvent query(String name) {
    return new QueryEvent(0, 0, 1, name, Payload.ofText("data"));
  }

  private static MemberEvent members(MemberEvent.Type type) {
    return new MemberEvent(type, List.of());
  }

  /** Knows each kind of event. */
  private final class Everything extends SerfHandler {
    Everything() {
      onEvent("deploy", event -> called.add("deploy " + event.payload().text()));
      onQuery("load", query -> Payload.ofText("0.42 " + query.payload().text()));
      onQuery("nothing", query -> null);
      onEvent("broken", event -> fail());
    }

    private void fail() throws IOException {
      throw new IOException("disk");
    }

    @Override
    public void memberJoin(MemberEvent event) {
      called.add(event.type().word());
    }

    @Override
    public void memberLeave(MemberEvent event) {
      called.add(event.type().word());
    }

    @Override
    public void memberFailed(MemberEvent event) {
      called.add(event.type().word());
    }

    @Override
    public void memberUpdate(MemberEvent event) {
      called.add(event.type().word());
    }

    @Override
    public void memberReap(MemberEvent event) {
      called.add(event.type().word());
    }
  }

  /** Knows joins alone. */
  static class Joins extends SerfHandler {
    @Override
    public void memberJoin(MemberEvent event) {
      log("joined");
    }

    /** Not an override, whatever its name says. */
    public void memberLeave(UserEvent event) {
      throw new IllegalStateException("called with " + event);
    }
  }

  /** Inherits what it knows. */
  private static final class StillJoins extends Joins {}

  @ParameterizedTest
  @EnumSource(MemberEvent.Type.class)
  void callsTheMethodOfAMemberEvent(MemberEvent.Type type) throws Exception {
    assertThat(new Everything().handle(members(type), node)).isEqualTo(Reaction.HANDLED);
    assertThat(called).containsExactly(type.word());
  }

  @ParameterizedTest
  @EnumSource(value = MemberEvent.Type.class, mode = EnumSource.Mode.EXCLUDE, names = "JOIN")
  void handlesOnlyTheMemberEventsThatAreOverridden(MemberEvent.Type type) throws Exception {
    assertThat(new Joins().handle(members(type), node)).isEqualTo(Reaction.NOT_HANDLED);
    assertThat(new StillJoins().handle(members(type), node)).isEqualTo(Reaction.NOT_HANDLED);
  }

  @Test
  void handlesWhatASuperclassOverrides() throws Exception {
    SerfEvent join = members(MemberEvent.Type.JOIN);
    assertThat(new StillJoins().handle(join, node)).isEqualTo(Reaction.HANDLED);
    assertThat(node.logged).containsExactly("INFO StillJoins: joined");
  }

  @Test
  void callsTheMethodOfAUserEventWithItsPayload() throws Exception {
    assertThat(new Everything().handle(user("deploy"), node)).isEqualTo(Reaction.HANDLED);
    assertThat(called).containsExactly("deploy data");
  }

  @Test
  void answersAQueryWithTheReturnValue() throws Exception {
    assertThat(new Everything().handle(query("load"), node))
        .isEqualTo(Reaction.answer(Payload.ofText("0.42 data")));
  }

  @Test
  void answersNothingWhereTheMethodReturnsNull() throws Exception {
    assertThat(new Everything().handle(query("nothing"), node)).isEqualTo(Reaction.HANDLED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Deploy", "deploy ", "toString", "memberJoin", "fail", "handle", "log", "\0"})
  void reachesNothingByANameFromTheNetwork(String name) throws Exception {
    assertThat(new Everything().handle(user(name), node)).isEqualTo(Reaction.NOT_HANDLED);
    assertThat(new Everything().handle(query(name), node)).isEqualTo(Reaction.NOT_HANDLED);
    assertThat(called).isEmpty();
  }

  @Test
  void keepsUserEventsAndQueriesOfOneNameApart() throws Exception {
    assertThat(new Everything().handle(user("load"), node)).isEqualTo(Reaction.NOT_HANDLED);
    assertThat(new Everything().handle(query("deploy"), node)).isEqualTo(Reaction.NOT_HANDLED);
  }

  @Test
  void leavesAloneWhatThisVersionDoesNotKnow() throws Exception {
    assertThat(new Everything().handle(new UnknownEvent("member-dance"), node))
        .isEqualTo(Reaction.NOT_HANDLED);
  }

  @Test
  void letsAnExceptionOfTheMethodThrough() {
    assertThatThrownBy(() -> new Everything().handle(user("broken"), node))
        .isInstanceOf(IOException.class)
        .hasMessage("disk");
  }

  @Test
  void refusesASecondMethodForAName() {
    final class Twice extends SerfHandler {
      Twice(boolean events) {
        if (events) {
          onEvent("deploy", event -> {});
          onEvent("deploy", event -> {});
        } else {
          onQuery("load", query -> null);
          onQuery("load", query -> null);
        }
      }
    }
    assertThatThrownBy(() -> new Twice(true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Twice handles the user event deploy already");
    assertThatThrownBy(() -> new Twice(false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Twice handles the query load already");
  }

  @Test
  void hasNoNodeBeforeItsFirstEvent() {
    final class Hasty extends SerfHandler {
      Hasty() {
        log("hello");
      }
    }
    assertThatThrownBy(Hasty::new)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Hasty asks for its node before its first event");
  }

  @Test
  void hasANameAlsoWhereItsClassHasNone() {
    SerfHandler nameless = new SerfHandler() {};
    assertThat(nameless.name()).isEqualTo(nameless.getClass().getName());
  }
}
