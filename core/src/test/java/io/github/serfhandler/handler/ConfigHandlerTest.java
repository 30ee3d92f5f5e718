package io.github.serfhandler.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.catalog.Subscription;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.client.UserEvent;
import io.github.serfhandler.discovery.PassResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigHandlerTest {
  private static final String UPDATE =
      "{\"p\":\"product1\",\"k\":\"security\",\"v\":%,\"c\":{\"pass\":\"hunter2\"}}";

  /** A node of product1 that observes product2. */
  private record FakeNode(Path confDir, List<String> lines) implements LocalNode {
    @Override
    public Self self() {
      return Self.of("n1", Map.of());
    }

    @Override
    public List<Member> members() {
      throw new AssertionError("not asked for");
    }

    @Override
    public PassResult refreshFiles() {
      throw new AssertionError("not asked for");
    }

    @Override
    public Subscription subscription() {
      return Subscription.of(List.of("product1"), List.of("product2"));
    }

    @Override
    public void log(System.Logger.Level level, String text) {
      lines.add(level + " " + text);
    }
  }

  @TempDir Path folder;

  private final ConfigHandler handler = new ConfigHandler();
  private final List<String> lines = new ArrayList<>();
  private FakeNode node;

  @BeforeEach
  void makeNode() {
    node = new FakeNode(folder, lines);
  }

  private CallResult call(SerfEvent event) {
    return Call.of(handler, event, node);
  }

  private CallResult query(String payload) {
    return call(new QueryEvent(0, 0, 1, "config_updated", Payload.ofText(payload)));
  }

  private CallResult event(String payload) {
    return call(new UserEvent(1, "config_updated", Payload.ofText(payload), false));
  }

  private static String answer(CallResult result) {
    return result.answer().map(Payload::text).orElse("none");
  }

  private Path file() {
    return folder.resolve("product1/security.json");
  }

  @Test
  void appliesAnEventAndAnswersNothing() {
    CallResult result = event(UPDATE.replace("%", "12") + "\n");
    assertThat(result.outcome()).isEqualTo(Outcome.HANDLED);
    assertThat(result.answer()).isEmpty();
    assertThat(file()).hasContent("{\n    \"_version\": 12,\n    \"pass\": \"hunter2\"\n}\n");
    assertThat(lines).containsExactly("INFO ConfigHandler: product1/security version 12 applied");
  }

  @Test
  void answersAQueryWithOkWhetherAppliedOrHeldAlready() {
    assertThat(answer(query(UPDATE.replace("%", "12")))).isEqualTo("ok");
    assertThat(answer(query(UPDATE.replace("%", "12")))).isEqualTo("ok");
    assertThat(answer(query(UPDATE.replace("%", "\"11\"")))).isEqualTo("ok");
    assertThat(file()).content().contains("\"_version\": 12");
    assertThat(lines)
        .containsExactly(
            "INFO ConfigHandler: product1/security version 12 applied",
            "DEBUG ConfigHandler: product1/security version 12 ignored, stored is 12",
            "DEBUG ConfigHandler: product1/security version 11 ignored, stored is 12");
    assertThat(handler.rejected()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"p\":\"product2\",\"k\":\"security\",\"v\":1,\"c\":{}}",
        "{\"p\":\"product3\",\"k\":\"../x\",\"v\":-1,\"c\":0}",
      })
  void saysNothingWhereItIsNotInterested(String payload) {
    CallResult result = query(payload);
    assertThat(result.outcome()).isEqualTo(Outcome.HANDLED);
    assertThat(result.answer()).isEmpty();
    assertThat(lines).singleElement().asString().startsWith("DEBUG ConfigHandler: not interested");
    assertThat(folder).isEmptyDirectory();
    assertThat(handler.rejected()).isZero();
  }

  @Test
  void answersAndLogsAndCountsWhatItRejects() {
    assertThat(answer(query(UPDATE.replace("%", "-1"))))
        .isEqualTo(
            "error: v is not a version: an integer or a string of digits, 0 to 9007199254740991");
    assertThat(event("hunter2").outcome()).isEqualTo(Outcome.HANDLED);
    assertThat(answer(query(""))).startsWith("error: not JSON: line 1");
    assertThat(lines)
        .containsExactly(
            "WARNING ConfigHandler: config_updated rejected: v is not a version: an integer or a"
                + " string of digits, 0 to 9007199254740991",
            "WARNING ConfigHandler: config_updated rejected: not JSON: line 1, column 1: expected"
                + " a value",
            "WARNING ConfigHandler: config_updated rejected: not JSON: line 1, column 1: expected"
                + " a value, found the end");
    assertThat(handler.rejected()).isEqualTo(3);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void boundsItsAnswerWhateverWasSent() {
    for (String letter : List.of("x", "\\u0001", "\uD83D\uDE00", "\\n")) {
      String name = "a" + letter.repeat(2000);
      String answer = answer(query(UPDATE.replace("%", "1").replace("security", name)));
      assertThat(answer)
          .startsWith("error: key ")
          .hasLineCount(1)
          .matches("[ -~…\uD83D\uDE00]*")
          .doesNotContain("\uFFFD");
      assertThat(answer.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(800);
    }
  }

  @Test
  void tellsOfTwoContentsUnderOneVersion() {
    query(UPDATE.replace("%", "1"));
    assertThat(answer(query(UPDATE.replace("%", "1").replace("hunter2", "hunter3"))))
        .isEqualTo("ok");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("WARNING"))
        .singleElement()
        .asString()
        .contains("product1/security version 1 has two contents");
    assertThat(lines).noneMatch(line -> line.contains("hunter"));
  }

  @Test
  void failsWithOneLineWhereItCanNotWrite() throws IOException {
    Files.writeString(folder.resolve("product1"), "in the way");
    CallResult result = query(UPDATE.replace("%", "1"));
    assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(result.answer()).isEmpty();
    assertThat(result.failure())
        .hasValueSatisfying(
            failure ->
                assertThat(failure)
                    .isInstanceOf(HandlerException.class)
                    .hasMessageStartingWith("cannot write " + file() + ": ")
                    .hasMessageContaining("ot a directory"));
    assertThat(handler.rejected()).isZero();
  }

  @Test
  void failsWhereItCanNotLock() throws IOException {
    Files.writeString(folder.resolve(".serf-handler"), "in the way");
    CallResult result = event(UPDATE.replace("%", "1"));
    assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(result.failure()).containsInstanceOf(HandlerException.class);
    assertThat(file()).doesNotExist();
  }

  @Test
  void rejectsWhatWouldLeaveTheDirectory() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.createSymbolicLink(folder.resolve("product1"), outside);
    assertThat(answer(query(UPDATE.replace("%", "1"))))
        .startsWith("error: product1 is a symbolic link");
    assertThat(outside).isEmptyDirectory();
    assertThat(handler.rejected()).isEqualTo(1);
  }

  @Test
  void leavesOtherEventsToOthers() {
    assertThat(call(new UserEvent(1, "deploy", Payload.EMPTY, false)).outcome())
        .isEqualTo(Outcome.NOT_HANDLED);
    assertThat(lines).isEmpty();
  }

  @Test
  void readsAndWritesJsonForHandlers() {
    SerfHandler echo =
        new SerfHandler() {
          {
            onQuery("echo", query -> payload(json(query.payload()).required("a")));
          }
        };
    Payload good = Payload.ofText("{\"a\": [1, \"é\"]}\n");
    CallResult result = Call.of(echo, new QueryEvent(0, 0, 1, "echo", good), node);
    assertThat(answer(result)).isEqualTo("[1,\"é\"]");
    Payload bad = Payload.ofText("{\"a\": hunter2}");
    assertThat(Call.of(echo, new QueryEvent(0, 0, 1, "echo", bad), node).failure())
        .hasValueSatisfying(
            failure ->
                assertThat(failure)
                    .isInstanceOf(HandlerException.class)
                    .hasMessage("the payload is not JSON: line 1, column 7: expected a value"));
  }
}
