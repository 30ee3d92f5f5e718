package io.github.serfhandler.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.app.system.ConfDir;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL and SIGSTOP of a script that handles events, and of the program that waits for it. */
class ScriptFaultsIT {
  // One that stays says which process it is; the others note what they were given.
  private static final String SCRIPT =
      """
      read -r payload
      case $payload in
        stay*) echo $$ >"$1/$payload.new"; mv "$1/$payload.new" "$1/$payload"; exec sleep 600 ;;
        *) echo "$payload" >>"$1/done" ;;
      esac
      """;

  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  private SerfNode node;
  private ConfDir conf;
  private Path notes;
  private final List<String> sent = new ArrayList<>();
  private boolean killed;
  private int crashes;

  @BeforeEach
  void start() throws IOException {
    node = serf.start(SerfOptions.named("a").withTag("products", "p"));
    conf = new ConfDir(temp.resolve("conf"));
    notes = Files.createDirectory(temp.resolve("notes"));
    Path ignored = Files.writeString(temp.resolve("work.sh"), SCRIPT);
  }

  private Program handle(String timeout) {
    Program program =
        programs.start(
            "agent",
            "--rpc-addr=" + node.rpcAddr(),
            conf.option(),
            "--log-level=debug",
            "--handler-timeout=" + timeout,
            "--script=user:work=exec /bin/sh '" + temp.resolve("work.sh") + "' '" + notes + "'");
    Waiting.until(
        "the program to hear events",
        () -> {
          // Not at once after the kill of the one before: Serf takes its time to end.
          revive();
          assertThat(program.err()).contains("listening to user events and queries");
        });
    return program;
  }

  /** Starts Serf again where it ended because a client of its event stream did. */
  private void revive() {
    if (killed && !node.isRunning()) {
      assertThat(node.log()).contains("send on closed channel");
      crashes++;
      node.restart();
    }
  }

  /** Sends an event whose script stays, and gives its process. */
  private ProcessHandle stay(int round) {
    node.event("work", "stay" + round);
    Path file = notes.resolve("stay" + round);
    Waiting.until("the script of round " + round, () -> assertThat(file).exists());
    try {
      return ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends events whose script ends. */
  private void send(int round, Random random) {
    for (int i = random.nextInt(3); i >= 0; i--) {
      sent.add("go" + round + "-" + i);
      node.event("work", "go" + round + "-" + i);
    }
  }

  private void assertAllDoneOnce() {
    Waiting.until(
        "all events",
        () ->
            assertThat(Files.readAllLines(notes.resolve("done")))
                .as("events handled")
                .containsExactlyInAnyOrderElementsOf(sent));
  }

  private void awaitCount(String name, long count) {
    Waiting.until(
        name,
        () ->
            assertThat(conf.text(".serf-handler/handlers.json"))
                .contains("\"" + name + "\": " + count + ","));
  }

  @Fault("SIGKILL of a script")
  void laterEventsRunWhenAScriptIsKilled(Trial trial) {
    Program program = handle("1m");
    int kills = trial.rounds(5, 60);
    for (int i = 0; i < kills; i++) {
      ProcessHandle script = stay(i);
      send(i, trial.random());
      assertThat(script.destroyForcibly()).isTrue();
    }
    assertAllDoneOnce();
    awaitCount("failed", kills);
    awaitCount("handled", sent.size());
    assertThat(program.logged("WARN")).filteredOn(line -> line.contains("work.sh")).hasSize(kills);
    trial.saw(
        "%d kills, all counted as failed and logged; %d later events, each handled once",
        kills, sent.size());
  }

  @Fault("SIGSTOP of a script")
  void itsTimeoutEndsAScriptThatIsStopped(Trial trial) throws IOException {
    // Far longer than the scripts take that end, also on a slow machine.
    Program program = handle("10s");
    int stops = trial.rounds(1, 5);
    for (int i = 0; i < stops; i++) {
      ProcessHandle script = stay(i);
      Process kill = new ProcessBuilder("kill", "-STOP", String.valueOf(script.pid())).start();
      assertThat(kill.onExit().join().exitValue()).isZero();
      send(i, trial.random());
      CompletableFuture<ProcessHandle> end = script.onExit();
      Waiting.until("the end of the script", () -> assertThat(end).isDone());
    }
    assertAllDoneOnce();
    awaitCount("timedOut", stops);
    assertThat(program.isRunning()).isTrue();
    trial.saw(
        "%d stops, each ended by its timeout; %d later events, each handled once",
        stops, sent.size());
  }

  @Fault("SIGKILL of serf-handler agent while a script runs")
  void laterEventsRunWhenTheProgramIsKilledInAScript(Trial trial) {
    int kills = trial.rounds(2, 20);
    for (int i = 0; i < kills; i++) {
      Program program = handle("1m");
      send(2 * i, trial.random());
      ProcessHandle script = stay(i);
      assertAllDoneOnce();
      program.process().destroyForcibly();
      assertThat(program.status()).isEqualTo(137);
      // Nobody is left who could end it.
      boolean ended = script.destroyForcibly();
      assertThat(ended || !script.isAlive()).isTrue();
      killed = true;
    }
    Program last = handle("1m");
    send(2 * kills, trial.random());
    assertAllDoneOnce();
    assertThat(last.logged("ERROR")).isEmpty();
    trial.saw(
        "%d kills, %d other events, each handled once; %d crashes of Serf",
        kills, sent.size(), crashes);
  }
}
