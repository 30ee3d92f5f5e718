package io.github.serfhandler.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.client.EventFilter;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.handler.Call;
import io.github.serfhandler.handler.CallResult;
import io.github.serfhandler.handler.HandlerException;
import io.github.serfhandler.handler.Outcome;
import io.github.serfhandler.handler.Reaction;
import io.github.serfhandler.process.ProcessTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that misbehave. Each test ends because the fault is bounded, not because it is fast. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ScriptFaultsIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  /**
   * Prints more than a pipe takes, so that the script does not end before somebody reads. Where it
   * is over first, the JDK has closed the pipe.
   */
  private static final String UNTIL_READ = "head -c 200000 /dev/zero | tr '\\0' x; ";

  @TempDir Path folder;
  private final RecordingNode node = RecordingNode.withTags(Map.of("role", "web"));

  /** Ends what scripts of these tests left behind, which wrote its process id down. */
  @AfterEach
  void endWhatIsLeft() throws IOException {
    try (Stream<Path> pids = Files.list(folder).filter(f -> f.toString().endsWith(".pid"))) {
      pids.forEach(file -> process(file).ifPresent(ProcessHandle::destroyForcibly));
    }
  }

  @Test
  void endsTheWholeTreeWhenInterrupted() throws Exception {
    CallResult result =
        callAndInterrupt(
            "echo $$ > root.pid; (sleep 1000 & echo $! > child.pid; wait) & sleep 1001 & echo $!"
                + " > other.pid; touch ready; wait");
    assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
    for (String name : new String[] {"root.pid", "child.pid", "other.pid"}) {
      Awaitility.await(name).atMost(LONG).until(() -> process(folder.resolve(name)).isEmpty());
    }
  }

  @Test
  void killsWhatDoesNotListenToSigterm() throws Exception {
    long begin = System.nanoTime();
    CallResult result =
        callAndInterrupt(
            "trap '' TERM; echo $$ > root.pid; (trap '' TERM; sh -c 'echo $$ > child.pid; sleep"
                + " 1000; sleep 1000') & touch ready; while :; do sleep 1000; done");
    assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(ProcessTree.PATIENCE);
    Awaitility.await().atMost(LONG).until(() -> process(folder.resolve("root.pid")).isEmpty());
    Awaitility.await().atMost(LONG).until(() -> process(folder.resolve("child.pid")).isEmpty());
  }

  @Test
  void givesAScriptThatListensTheTimeToCleanUp() throws Exception {
    CallResult result =
        callAndInterrupt("trap 'touch cleaned; exit 0' TERM; sleep 1000 & touch ready; wait");
    assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(folder.resolve("cleaned")).exists();
  }

  @Test
  void doesNotWaitForAChildThatHoldsTheOutputAndLeavesItAlive() throws Exception {
    Reaction reaction =
        run(
            "sleep 1000 & echo $! > child.pid; " + UNTIL_READ + "echo answer",
            Events.query("q", ""));
    assertThat(reaction.answer().orElseThrow().text()).endsWith("xanswer\n");
    assertThat(process(folder.resolve("child.pid"))).isPresent();
    assertThat(node.log()).anyMatch(line -> line.contains("left something behind"));
  }

  @Test
  void isNotFloodedByAChildThatGoesOnPrinting() throws Exception {
    Reaction reaction = run("yes & echo $! > child.pid; " + UNTIL_READ, Events.query("q", ""));
    assertThat(reaction.answer().orElseThrow().size()).isEqualTo(64 * 1024 + 1);
    assertThat(process(folder.resolve("child.pid"))).isPresent();
  }

  @Test
  void goesOnWhenTooMuchWasLeftBehindAndReadsWithoutAThreadThen() throws Exception {
    ScriptSpec spec =
        in(folder, "sleep 1000 & echo $! > $SERF_QUERY_LTIME.$SERF_HANDLER_PAYLOAD.pid; echo a");
    ScriptHandler handler = new ScriptHandler(spec, 2);
    for (int i = 0; i < 5; i++) {
      Reaction reaction = handler.handle(Events.query("q", Integer.toString(i)), node);
      assertThat(reaction.answer()).contains(Payload.ofText("a\n"));
    }
    assertThat(handler.handle(Events.query("q", "last"), node).answer()).isPresent();
    // What is long needs a thread to be told.
    assertThatThrownBy(() -> handler.handle(Events.user("e", "x".repeat(5000)), node))
        .isInstanceOf(HandlerException.class)
        .hasMessageContaining("</dev/null");
    endWhatIsLeft();
    Awaitility.await()
        .atMost(LONG)
        .ignoreException(HandlerException.class)
        .until(() -> handler.handle(Events.query("q", "x".repeat(200)), node).handled());
  }

  @Test
  void readsMegabytesWithoutAThreadToo() throws Exception {
    ScriptSpec spec = in(folder, "head -c 3000000 /dev/zero | tr '\\0' x; echo end");
    Reaction reaction = new ScriptHandler(spec, 0).handle(Events.query("q", ""), node);
    assertThat(reaction.answer().orElseThrow().text()).hasSize(64 * 1024 + 1).endsWith("xend\n");
  }

  @Test
  void endsAFloodWhenInterruptedWithAndWithoutAThread() throws Exception {
    for (int permits : new int[] {0, 16}) {
      Files.deleteIfExists(folder.resolve("ready"));
      CallResult result = callAndInterrupt("touch ready; yes", permits);
      assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
    }
  }

  @Test
  void keepsTheEndOfMegabytesAndNeverTakesItForAShortAnswer() throws Exception {
    Reaction reaction =
        run("head -c 5000000 /dev/zero | tr '\\0' x; echo end", Events.query("q", ""));
    String answer = reaction.answer().orElseThrow().text();
    assertThat(answer).hasSize(64 * 1024 + 1).endsWith("xend\n");
    assertThat(node.log()).anyMatch(line -> line.endsWith("having printed 5000004 bytes"));
    assertThatThrownBy(
            () -> run("head -c 5000000 /dev/zero | tr '\\0' x; exit 1", Events.user("e", "")))
        .message()
        .hasSizeLessThan(1000);
  }

  @Test
  void doesNotMindAScriptThatReadsNothing() throws Exception {
    SerfEvent large = Events.user("e", "x".repeat(3_000_000));
    assertThat(run("true", large)).isEqualTo(Reaction.HANDLED);
    assertThat(run("exec <&-; sleep 0.1", large)).isEqualTo(Reaction.HANDLED);
    assertThat(run("head -c 10 >/dev/null; sleep 0.1", large)).isEqualTo(Reaction.HANDLED);
    assertThat(run("exec <&-", Events.user("e", "x"))).isEqualTo(Reaction.HANDLED);
    assertThat(run("true", Events.user("e", "x".repeat(4000)))).isEqualTo(Reaction.HANDLED);
  }

  @Test
  void tellsMegabytesToAScriptThatPrintsThemBack() throws Exception {
    Path file = folder.resolve("copy");
    run("tee " + file, Events.user("e", "x".repeat(3_000_000)));
    assertThat(Files.size(file)).isEqualTo(3_000_001);
  }

  @Test
  void keepsNoDescriptorNoThreadAndNoZombie() throws Exception {
    SerfEvent event = Events.user("e", "x".repeat(5000));
    run("cat", event);
    long descriptors = count(Path.of("/proc/self/fd"));
    for (int i = 0; i < 200; i++) {
      run("read -r line; echo done", event);
    }
    Awaitility.await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              // Some slack for what the test's own JVM opens meanwhile.
              assertThat(count(Path.of("/proc/self/fd"))).isLessThan(descriptors + 10);
              assertThat(Thread.getAllStackTraces().keySet())
                  .noneMatch(thread -> thread.getName().startsWith("child-"));
              assertThat(ProcessHandle.current().children()).isEmpty();
            });
  }

  @Test
  void replacesANulInTheNameOfAnEvent() throws Exception {
    assertThat(run("printf %s \"$SERF_QUERY_NAME\"", Events.query("a\0b", "")).answer())
        .contains(Payload.ofText("a\ufffdb"));
  }

  private Reaction run(String script, SerfEvent event) throws InterruptedException {
    return new ScriptHandler(in(folder, script)).handle(event, node);
  }

  private CallResult callAndInterrupt(String script) throws Exception {
    return callAndInterrupt(script, 16);
  }

  /** Calls it on a thread of its own, and interrupts that when the file {@code ready} is there. */
  private CallResult callAndInterrupt(String script, int permits) throws Exception {
    CompletableFuture<CallResult> result = new CompletableFuture<>();
    ScriptHandler handler = new ScriptHandler(in(folder, script), permits);
    Thread lane =
        new Thread(() -> result.complete(Call.of(handler, Events.user("e", ""), node)), "lane");
    lane.start();
    Awaitility.await().atMost(LONG).until(() -> Files.exists(folder.resolve("ready")));
    lane.interrupt();
    return result.get(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  private static ScriptSpec in(Path folder, String script) {
    return new ScriptSpec(
        "default",
        EventFilter.all(),
        ScriptSpec.shell(script),
        Optional.empty(),
        Optional.of(folder),
        "");
  }

  /** The process whose id stands in the file, where it lives: a zombie does not. */
  private static Optional<ProcessHandle> process(Path file) {
    try {
      String pid = Files.readString(file).strip();
      String stat = Files.readString(Path.of("/proc", pid, "stat"));
      boolean zombie = stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
      return zombie ? Optional.empty() : ProcessHandle.of(Long.parseLong(pid));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static long count(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.count();
    }
  }
}
