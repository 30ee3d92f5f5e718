package io.github.serfhandler.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.client.EventFilter;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.client.UnknownEvent;
import io.github.serfhandler.client.UserEvent;
import io.github.serfhandler.handler.Call;
import io.github.serfhandler.handler.HandlerException;
import io.github.serfhandler.handler.Outcome;
import io.github.serfhandler.handler.Reaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a script gets and what becomes of what it gives back, with the real shell. */
class ScriptHandlerIT {
  @TempDir Path folder;
  private final RecordingNode node = RecordingNode.withTags(Map.of("role", "web", "zone", "ä"));

  @Test
  void answersAQueryWithAllThatTheScriptPrints() throws Exception {
    Reaction reaction = run("echo out; echo err >&2; cat", Events.query("load", "in"));
    assertThat(reaction.answer()).contains(Payload.ofText("out\nerr\nin\n"));
    assertThat(node.log())
        .containsExactly(
            "DEBUG echo out; echo err >&2; cat ended with status 0, having printed 11 bytes");
  }

  @Test
  void answersNothingWithoutOutput() throws Exception {
    assertThat(run("true", Events.query("load", ""))).isEqualTo(Reaction.HANDLED);
  }

  @Test
  void answersNoOtherEvent() throws Exception {
    assertThat(run("echo hello; echo again", Events.user("deploy", "")))
        .isEqualTo(Reaction.HANDLED);
    assertThat(node.log()).hasSize(3);
    assertThat(node.log().get(1)).isEqualTo("DEBUG echo hello; echo again: hello");
    assertThat(node.log().get(2)).isEqualTo("DEBUG echo hello; echo again: again");
  }

  @Test
  void leavesAloneWhatItsFilterKeepsAway() throws Exception {
    Path mark = folder.resolve("mark");
    ScriptHandler handler = new ScriptHandler(ScriptSpec.parse("user:deploy=touch " + mark));
    assertThat(handler.handle(Events.user("other", ""), node)).isEqualTo(Reaction.NOT_HANDLED);
    assertThat(handler.handle(Events.query("deploy", ""), node)).isEqualTo(Reaction.NOT_HANDLED);
    assertThat(
            new ScriptHandler(ScriptSpec.parse("touch " + mark))
                .handle(new UnknownEvent("news"), node))
        .isEqualTo(Reaction.NOT_HANDLED);
    assertThat(mark).doesNotExist();
  }

  @Test
  void givesEveryByteOfAPayloadAndTheNewlineThatShellsNeed() throws Exception {
    byte[] bytes = new byte[256];
    for (int i = 0; i < 256; i++) {
      bytes[i] = (byte) i;
    }
    Path file = folder.resolve("stdin");
    run("cat > " + file, new UserEvent(1, "e", Payload.of(bytes), false));
    byte[] expected = Arrays.copyOf(bytes, 257);
    expected[256] = '\n';
    assertThat(file).hasBinaryContent(expected);
    run("cat > " + file, Events.user("e", "ends with one\n"));
    assertThat(file).hasContent("ends with one\n");
    run("cat > " + file, Events.user("e", ""));
    assertThat(file).isEmptyFile();
  }

  @Test
  void givesTheEnvironment() throws Exception {
    Reaction reaction =
        run(
            "printf '%s|%s|%s|%s|%s' \"$SERF_EVENT\" \"$SERF_SELF_NAME\" \"$SERF_TAG_ZONE\""
                + " \"$SERF_HANDLER_PAYLOAD\" \"$SERF_HANDLER_CONF_DIR\"",
            Events.query("load", "a b"));
    assertThat(reaction.answer())
        .contains(Payload.ofText("query|n1|ä|a b|" + Path.of("conf").toAbsolutePath()));
  }

  @Test
  void runsAProgramWithoutAShellInItsDirectory() throws Exception {
    ScriptSpec spec =
        new ScriptSpec(
            "default",
            EventFilter.all(),
            List.of("/bin/sh", "-c", "echo \"$0|$1|$(pwd)\"", "zero", "$HOME; *"),
            Optional.of(Duration.ofSeconds(5)),
            Optional.of(folder.toRealPath()),
            "mine");
    ScriptHandler handler = new ScriptHandler(spec);
    assertThat(handler.name()).isEqualTo("mine");
    assertThat(handler.timeout()).contains(Duration.ofSeconds(5));
    assertThat(handler.handle(Events.query("q", ""), node).answer())
        .contains(Payload.ofText("zero|$HOME; *|" + folder.toRealPath() + "\n"));
  }

  @Test
  void failsWithTheStatusAndTheEndOfTheOutput() {
    assertThatThrownBy(
            () -> run("echo first; echo 'no \u001b[31mspace' >&2; exit 3", Events.user("q", "")))
        .isInstanceOf(HandlerException.class)
        .hasMessage("ended with status 3; the end of its output: first | no ?[31mspace");
    assertThatThrownBy(() -> run("echo secret; exit 3", Events.query("q", "")))
        .as("what was to be an answer")
        .hasMessage("ended with status 3");
    assertThatThrownBy(() -> run("exit 1", Events.user("q", "")))
        .hasMessage("ended with status 1 and printed nothing");
    assertThatThrownBy(() -> run("kill -9 $$", Events.user("q", "")))
        .hasMessageContaining("ended with status 137");
  }

  @Test
  void saysWhatToDoAboutAScriptThatCanNotBeRun() throws IOException {
    Path plain = Files.writeString(folder.resolve("plain"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(plain, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> run(folder + "/none", Events.user("e", "")))
        .hasMessageContaining("status 127")
        .hasMessageContaining("check the path");
    assertThatThrownBy(() -> run(plain.toString(), Events.user("e", "")))
        .hasMessageContaining("status 126")
        .hasMessageContaining("chmod +x");
    for (String program : List.of(folder + "/none", plain.toString())) {
      ScriptSpec spec = ScriptSpec.of(EventFilter.all(), List.of(program));
      assertThatThrownBy(() -> new ScriptHandler(spec).handle(Events.user("e", ""), node))
          .isInstanceOf(HandlerException.class)
          .hasMessageContaining("can not be started")
          .hasMessageContaining("check the path");
    }
  }

  @Test
  void tellsTenThousandMembersInSeveralRunsAndLosesNone() throws Exception {
    Path lines = folder.resolve("lines");
    Path json = folder.resolve("json");
    run(
        "cat >> " + lines + "; printf '%s\\n' \"$SERF_HANDLER_MEMBERS\" >> " + json,
        Events.join(Events.members(10_000)));
    try (Stream<String> told = Files.lines(lines, UTF_8)) {
      assertThat(told.map(line -> line.substring(0, line.indexOf('\t'))).distinct())
          .hasSize(10_000);
    }
    try (Stream<String> runs = Files.lines(json, UTF_8)) {
      assertThat(runs).hasSizeGreaterThan(10).allMatch(line -> line.startsWith("[{"));
    }
  }

  @Test
  void runsAllPartsThoughOneFailsAndSaysHowMany() throws IOException {
    Path runs = folder.resolve("runs");
    assertThatThrownBy(
            () -> run("echo x >> " + runs + "; exit 4", Events.join(Events.members(2_000))))
        .isInstanceOf(HandlerException.class)
        .hasMessageMatching("(\\d+) of \\1 runs failed; the first: .* status 4 .*");
    assertThat(Files.readAllLines(runs).size()).isGreaterThan(1);
  }

  @Test
  void givesTheCallersResultItsDuration() {
    var result = Call.of(new ScriptHandler(ScriptSpec.parse("exit 2")), Events.user("e", ""), node);
    assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(result.duration()).isPositive();
  }

  private Reaction run(String script, SerfEvent event) throws InterruptedException {
    ScriptSpec spec = ScriptSpec.of(EventFilter.all(), ScriptSpec.shell(script));
    return new ScriptHandler(spec).handle(event, node);
  }
}
