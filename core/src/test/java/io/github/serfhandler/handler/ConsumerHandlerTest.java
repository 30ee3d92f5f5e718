package io.github.serfhandler.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.serfhandler.catalog.Fixtures;
import io.github.serfhandler.catalog.View;
import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.SerfConnectionException;
import io.github.serfhandler.client.SerfInterruptedException;
import io.github.serfhandler.client.UserEvent;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.StoreException;
import io.github.serfhandler.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConsumerHandlerTest {
  private static final MemberEvent JOIN = new MemberEvent(MemberEvent.Type.JOIN, List.of());
  private static final View ONE = StubNode.view(Fixtures.instance("a", "10.0.0.1", 80));
  private static final View TWO =
      StubNode.view(Fixtures.instance("a", "10.0.0.1", 80), Fixtures.instance("b", "10.0.0.2", 80));
  private static final List<String> WRITTEN = List.of("services.json");

  @TempDir Path temp;

  private final List<View> changes = new ArrayList<>();
  private boolean reloadFails;
  private BalancedConsumerHandler handler = newHandler();
  private StubNode node = new StubNode("web");

  /** As a process that Serf forks has it. */
  private BalancedConsumerHandler newHandler() {
    return new BalancedConsumerHandler(
        view -> {
          changes.add(view);
          if (reloadFails) {
            throw new IOException("reload");
          }
        });
  }

  @BeforeEach
  void useAFolder() {
    node = new StubNode("web", temp);
  }

  private void event() throws Exception {
    assertThat(handler.handle(JOIN, node)).isEqualTo(Reaction.HANDLED);
  }

  private void pass(View view, List<String> updated) {
    node.passes(StubNode.pass(view, updated, List.of()));
  }

  @ParameterizedTest
  @EnumSource(MemberEvent.Type.class)
  void refreshesTheFilesForEachMemberEvent(MemberEvent.Type type) throws Exception {
    Reaction reaction = new ConsumerHandler().handle(new MemberEvent(type, List.of()), node);
    assertThat(reaction).isEqualTo(Reaction.HANDLED);
    assertThat(node.passes).isOne();
  }

  @Test
  void leavesUserEventsAlone() throws Exception {
    assertThat(new ConsumerHandler().handle(new UserEvent(1, "x", Payload.EMPTY, false), node))
        .isEqualTo(Reaction.NOT_HANDLED);
    assertThat(node.passes).isZero();
  }

  @Test
  void reloadsAtTheFirstPassOnlyWhereAFileWasWritten() throws Exception {
    pass(ONE, List.of());
    event();
    assertThat(changes).isEmpty();
  }

  @Test
  void reloadsOnceForAChange() throws Exception {
    pass(ONE, WRITTEN);
    event();
    pass(ONE, List.of());
    event();
    event();
    assertThat(changes).containsExactly(ONE);
  }

  @Test
  void reloadsOnceForAPassThatSeveralEventsFollow() throws Exception {
    pass(ONE, WRITTEN);
    event();
    event();
    assertThat(changes).containsExactly(ONE);
  }

  @Test
  void reloadsForAChangeThatAnEarlierPassHasWritten() throws Exception {
    pass(ONE, List.of());
    event();
    pass(TWO, List.of());
    event();
    assertThat(changes).containsExactly(TWO);
  }

  @Test
  void reloadsForAFileThatWasRepaired() throws Exception {
    pass(ONE, WRITTEN);
    event();
    pass(ONE, WRITTEN);
    event();
    assertThat(changes).containsExactly(ONE, ONE);
  }

  @Test
  void triesAFailedReloadAgainAtTheNextEventWithTheNewestView() throws Exception {
    reloadFails = true;
    pass(ONE, WRITTEN);
    assertThatThrownBy(this::event).hasMessage("reload");
    pass(ONE, List.of());
    assertThatThrownBy(this::event).hasMessage("reload");
    reloadFails = false;
    pass(TWO, List.of());
    event();
    pass(TWO, List.of());
    event();
    assertThat(changes).containsExactly(ONE, ONE, TWO);
  }

  @Test
  void failsWithTheReasonsOfTheFilesThatCanNotBeWrittenAndTellsTheOthersChange() {
    StoreException first = failureAt("a");
    StoreException second = failureAt("b");
    node.passes(StubNode.pass(ONE, WRITTEN, List.of(first, second)));
    assertThatThrownBy(this::event)
        .isInstanceOf(HandlerException.class)
        .hasMessage(first.getMessage() + "; " + second.getMessage());
    assertThat(changes).containsExactly(ONE);
  }

  @Test
  void makesAReloadInTheNextProcessThatFailedInThisOne() throws Exception {
    reloadFails = true;
    pass(ONE, WRITTEN);
    assertThatThrownBy(this::event).hasMessage("reload");
    Path owed = temp.resolve(".serf-handler").resolve("reload-BalancedConsumerHandler");
    assertThat(owed).isEmptyFile();
    pass(ONE, List.of());
    handler = newHandler();
    assertThatThrownBy(this::event).hasMessage("reload");
    reloadFails = false;
    handler = newHandler();
    event();
    assertThat(owed).doesNotExist();
    handler = newHandler();
    event();
    assertThat(changes).containsExactly(ONE, ONE, ONE);
  }

  @Test
  void reloadsAlsoWhereThatCanNotBeNoted() throws Exception {
    Files.writeString(temp.resolve(".serf-handler"), "in the way");
    pass(ONE, WRITTEN);
    event();
    assertThat(changes).containsExactly(ONE);
    assertThat(node.logged).anyMatch(line -> line.startsWith("WARNING cannot note in "));
  }

  @Test
  void keepsTheNoteInItsFolderWhateverTheHandlersName() throws Exception {
    handler =
        new BalancedConsumerHandler(
            view -> {
              throw new IOException("reload");
            }) {
          @Override
          public String name() {
            return "../../../" + "x".repeat(300);
          }
        };
    pass(ONE, WRITTEN);
    assertThatThrownBy(this::event).hasMessage("reload");
    try (Stream<Path> files = Files.list(temp.resolve(".serf-handler"))) {
      assertThat(files).singleElement().asString().contains("reload-_________xxx");
    }
  }

  /** What the store throws for a directory in place of a file. */
  private StoreException failureAt(String name) {
    Path directory = temp.resolve(name);
    assertThat(directory.toFile().mkdir()).isTrue();
    FileStore store = new FileStore(ManualClock.create(), notice -> {});
    return catchThrowableOfType(StoreException.class, () -> store.write(directory, new byte[] {1}));
  }

  @Test
  void failsWithOneLineWhileTheAgentIsAway() {
    SerfConnectionException away = new SerfConnectionException("cannot reach", true, null);
    node.fails(away);
    assertThatThrownBy(this::event)
        .isInstanceOf(HandlerException.class)
        .hasMessage("cannot reach")
        .hasCause(away);
  }

  @Test
  void takesAnInterruptForWhatItIs() {
    node.fails(new SerfInterruptedException("interrupted", true, null));
    assertThat(Call.of(handler, JOIN, node).outcome()).isEqualTo(Outcome.TIMED_OUT);
  }

  @Test
  void letsASubclassReactToAnEventAndKeepTheFiles() throws Exception {
    List<String> joined = new ArrayList<>();
    SerfHandler subclass =
        new ConsumerHandler() {
          @Override
          public void memberJoin(MemberEvent event) throws Exception {
            super.memberJoin(event);
            joined.add("joined");
          }
        };
    assertThat(subclass.handle(JOIN, node)).isEqualTo(Reaction.HANDLED);
    assertThat(joined).hasSize(1);
    assertThat(node.passes).isOne();
  }
}
