package io.github.serfhandler.handlertest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.handler.Outcome;
import io.github.serfhandler.handler.SerfHandler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestNodeTest {
  @TempDir Path temp;

  /** Records what it is told. */
  private static class Recording extends SerfHandler {
    final List<String> told = new ArrayList<>();

    Recording() {
      onEvent("deploy", event -> told.add("deploy " + event.payload().text()));
      onEvent(
          "break",
          event -> {
            throw new IllegalStateException("broken");
          });
      onQuery("load", query -> Payload.ofText("0.42"));
      onQuery(
          "break",
          query -> {
            throw new IllegalStateException("broken");
          });
      onQuery("silence", query -> null);
      onQuery("much", query -> Payload.of(new byte[2000]));
    }

    @Override
    public void memberFailed(MemberEvent event) {
      for (Member member : event.members()) {
        told.add(member.name() + " " + member.status());
      }
    }
  }

  private final Recording handler = new Recording();
  private final TestNode node = TestNode.named("web1").role("web").running("web", handler);

  @Test
  void callsWhatIsRegisteredForAUserEvent() {
    Seen seen = node.userEvent("deploy", "1.4.2");

    assertThat(seen.handledBy()).containsExactly("Recording");
    assertThat(handler.told).containsExactly("deploy 1.4.2");
    assertThat(seen.answer()).isEmpty();
    assertThat(seen.log()).isEmpty();
  }

  @Test
  void givesTheAnswerOfAQuery() {
    assertThat(node.query("load", "").answerText()).isEqualTo("0.42");
  }

  @Test
  void tellsThatNobodyAnswered() {
    Seen seen = node.query("silence", "");

    assertThat(seen.handledBy()).containsExactly("Recording");
    assertThatThrownBy(seen::answerText).isInstanceOf(AssertionError.class);
  }

  @Test
  void tellsTheAskerOfAFailure() {
    Seen seen = node.query("break", "");

    assertThat(seen.calls()).singleElement().extracting("outcome").isEqualTo(Outcome.FAILED);
    assertThat(seen.failures()).singleElement().isInstanceOf(IllegalStateException.class);
    assertThat(seen.answerText()).isEqualTo("error: break failed on web1; its log says why");
    assertThat(seen.log()).singleElement().asString().contains("broken");
  }

  @Test
  void runsTheNextHandlerAfterAFailure() {
    Recording other = new Recording();
    Seen seen = node.running("default", other).userEvent("break", "");
    Seen next = node.userEvent("deploy", "2");

    assertThat(seen.failures()).hasSize(2);
    assertThat(next.handledBy()).hasSize(2);
    assertThat(other.told).containsExactly("deploy 2");
  }

  @Test
  void replacesAnAnswerThatSerfWouldDrop() {
    assertThat(node.query("much", "").answerText()).startsWith("error: the answer of 2000 bytes");
  }

  @Test
  void tellsThatNothingIsRegisteredForTheEvent() {
    Seen seen = node.userEvent("unknown", "");

    assertThat(seen.handledBy()).isEmpty();
    assertThat(seen.log()).singleElement().asString().contains("not handled");
  }

  @Test
  void tellsThatNoRoleHasAHandler() {
    Seen seen = TestNode.named("db1").role("db").running("web", handler).userEvent("deploy", "1");

    assertThat(seen.calls()).isEmpty();
    assertThat(seen.log()).singleElement().asString().contains("no handler for role db");
  }

  @Test
  void tellsMembersInTheStateThatTheEventGivesThem() {
    Member db = TestNode.member("db1", "10.0.0.7", "role=db");
    Seen unheard = node.joins(db);
    Seen seen = node.fails(db);

    assertThat(unheard.handledBy()).isEmpty();
    assertThat(seen.handledBy()).containsExactly("Recording");
    assertThat(handler.told).containsExactly("db1 " + MemberStatus.FAILED);
  }

  @Test
  void knowsItsClusterAndItself() {
    List<String> names = new ArrayList<>();
    SerfHandler asking =
        new SerfHandler() {
          @Override
          public void memberJoin(MemberEvent event) {
            node().members().forEach(member -> names.add(member.name()));
            names.add(node().self().name());
          }
        };
    Seen seen =
        TestNode.named("web1")
            .role("web")
            .knows(TestNode.member("db1", "10.0.0.7"))
            .running("web", asking)
            .joins(TestNode.member("db2", "10.0.0.8"));

    assertThat(seen.failures()).isEmpty();
    assertThat(names).containsExactlyInAnyOrder("db1", "db2", "web1", "web1");
  }

  @Test
  void saysThatADirectoryIsMissing() {
    SerfHandler writing =
        new SerfHandler() {
          @Override
          public void memberJoin(MemberEvent event) {
            var ignored = node().refreshFiles();
          }
        };
    Seen seen = TestNode.named("a").running("default", writing).joins();

    assertThat(seen.failures()).singleElement().asString().contains("confDir");
  }

  @Test
  void writesTheFilesOfItsProducts() {
    SerfHandler writing =
        new SerfHandler() {
          @Override
          public void memberJoin(MemberEvent event) {
            log("updated " + node().refreshFiles().updated().size());
          }
        };
    Seen seen =
        TestNode.named("a")
            .tag("products", "shop")
            .confDir(temp)
            .running("default", writing)
            .joins(TestNode.member("b", "10.0.0.7", "svc=shop/web:80"));

    assertThat(seen.log()).singleElement().asString().endsWith("updated 3");
    assertThat(temp.resolve("services.json")).content().contains("10.0.0.7");
  }

  @Test
  void takesAnEventInTheFormInWhichSerfForks() {
    Seen seen =
        TestNode.named("other")
            .running("web", handler)
            .forkedWith(
                Map.of(
                    "SERF_EVENT", "user",
                    "SERF_USER_EVENT", "deploy",
                    "SERF_USER_LTIME", "7",
                    "SERF_SELF_NAME", "web9",
                    "SERF_SELF_ROLE", "web",
                    "SERF_TAG_ROLE", "web"),
                "1.4.2\n");

    assertThat(seen.handledBy()).containsExactly("Recording");
    assertThat(handler.told).containsExactly("deploy 1.4.2");
    assertThat(seen.log()).isEmpty();
  }

  @Test
  void takesMembersInTheFormInWhichSerfForks() {
    Seen seen =
        node.forkedWith(
            Map.of("SERF_EVENT", "member-failed", "SERF_SELF_NAME", "a", "SERF_TAG_ROLE", "web"),
            "db1\t10.0.0.7\tdb\trole=db,products=shop\n");

    assertThat(seen.handledBy()).containsExactly("Recording");
    assertThat(handler.told).containsExactly("db1 " + MemberStatus.FAILED);
  }

  @Test
  void refusesAnEnvironmentWithoutAnEvent() {
    assertThatThrownBy(() -> node.forkedWith(Map.of(), ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SERF_EVENT");
  }

  @Test
  void refusesAddressesThatWouldNeedANameServer() {
    assertThatThrownBy(() -> TestNode.member("a", "example.org"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("example.org");
  }

  @Test
  void answersAQueryWhoseHandlerWasInterruptedAsBothWaysToRunDo() {
    TestNode node = TestNode.named("n1").role("web").running("web", new Interrupted());

    assertThat(node.query("load", "").answerText())
        .isEqualTo("error: load failed on n1; its log says why");
  }

  private static final class Interrupted extends SerfHandler {
    Interrupted() {
      onQuery(
          "load",
          query -> {
            throw new InterruptedException();
          });
    }
  }
}
