package io.github.serfhandler.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.catalog.Fixtures;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.client.UnknownEvent;
import io.github.serfhandler.client.UserEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private static MemberEvent joined(int count) {
    List<Member> members = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      members.add(Fixtures.member("web" + i, MemberStatus.ALIVE));
    }
    return new MemberEvent(MemberEvent.Type.JOIN, members);
  }

  private static String result(Outcome outcome, Throwable failure) {
    return Messages.of(
        new CallResult(
            "WebHandler",
            outcome,
            Optional.empty(),
            Optional.ofNullable(failure),
            Duration.ofMillis(12)));
  }

  @Test
  void namesEvents() {
    assertThat(Messages.of((SerfEvent) joined(1))).isEqualTo("member-join web1 (1 member)");
    assertThat(Messages.of((SerfEvent) joined(0))).isEqualTo("member-join (0 members)");
    assertThat(Messages.of((SerfEvent) joined(7)))
        .isEqualTo("member-join web1, web2, web3, web4, web5 and 2 more (7 members)");
    assertThat(Messages.of(new UserEvent(1, "deploy", Payload.EMPTY, false)))
        .isEqualTo("user event deploy");
    assertThat(Messages.of(new QueryEvent(0, 0, 1, "load", Payload.EMPTY))).isEqualTo("query load");
    assertThat(Messages.of(new UnknownEvent("member-dance")))
        .isEqualTo("member-dance, an event that this version does not know");
  }

  @Test
  void cutsNamesThatAreAsLongAsTheirSenderLiked() {
    String name = "n".repeat(100_000);
    String cut = "n".repeat(200) + "...";
    assertThat(Messages.of(new UserEvent(1, name, Payload.EMPTY, false)))
        .isEqualTo("user event " + cut);
    assertThat(Messages.of(new QueryEvent(0, 0, 1, name, Payload.EMPTY))).isEqualTo("query " + cut);
    assertThat(Messages.of(new UnknownEvent(name))).startsWith(cut + ", an event");
    assertThat(
            Messages.of(new UserEvent(1, "x" + "\ud83d\ude00".repeat(200), Payload.EMPTY, false)))
        .isEqualTo("user event x" + "\ud83d\ude00".repeat(99) + "...");
  }

  @Test
  @SuppressWarnings("NullAway") // No failure.
  void tellsWhatCameOfACall() {
    assertThat(result(Outcome.HANDLED, null)).isEqualTo("WebHandler handled in 12 ms");
    assertThat(result(Outcome.FAILED, new HandlerException("no disk")))
        .isEqualTo("WebHandler failed after 12 ms: no disk");
    assertThat(result(Outcome.FAILED, new IllegalStateException("bug")))
        .isEqualTo("WebHandler failed after 12 ms: IllegalStateException: bug");
    assertThat(result(Outcome.TIMED_OUT, new InterruptedException()))
        .isEqualTo("WebHandler timed out after 12 ms");
  }

  @Test
  void boundsWhatAnExceptionSaysOfItself() {
    assertThat(Messages.of(new IllegalStateException("x".repeat(1_000_000)))).hasSizeLessThan(1100);
  }

  @Test
  void outlivesAnExceptionThatCanNotTellItsMessage() {
    final class Mute extends RuntimeException {
      private static final long serialVersionUID = 1;

      @Override
      public String getMessage() {
        throw new IllegalStateException("mute");
      }
    }
    assertThat(Messages.of(new Mute())).isEqualTo("Mute");
    assertThat(Messages.of(new RuntimeException() {})).startsWith(getClass().getName());
  }

  @Test
  void namesTheRolesThatHaveNoHandler() {
    assertThat(Messages.noHandler(List.of("web", "mysql")))
        .isEqualTo("no handler for role web, mysql");
    assertThat(Messages.noHandler(List.of())).contains("no role", "default");
  }
}
