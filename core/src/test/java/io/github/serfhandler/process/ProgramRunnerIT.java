package io.github.serfhandler.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that misbehave. Each test ends because the fault is bounded. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProgramRunnerIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  /** Long enough for a script to begin on a machine that halts now and then. */
  private static final Duration TO_BEGIN = Duration.ofSeconds(5);

  @TempDir Path folder;
  private final ProgramRunner runner = new ProgramRunner();

  @Test
  void tellsStatusAndTheEndOfTheOutput() throws Exception {
    ProgramResult result = run("echo out; echo err >&2; exit 3", LONG);
    assertThat(result.succeeded()).isFalse();
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.reason()).isEqualTo("status 3");
    assertThat(result.output()).containsExactly("out", "err");
    assertThat(run("kill -9 $$", LONG).status()).isEqualTo(128 + 9);
    assertThat(run("true", LONG).succeeded()).isTrue();
  }

  @Test
  void givesInputEnvironmentAndDirectory() throws Exception {
    Program program =
        new Program(
            List.of("/bin/sh", "-c", "cat > in; echo $A"),
            LONG,
            Map.of("A", "b"),
            Optional.of(folder));
    byte[] input = "x".repeat(3_000_000).getBytes(UTF_8);
    assertThat(runner.run(program, input).output()).containsExactly("b");
    assertThat(folder.resolve("in")).hasSize(3_000_000);
  }

  @Test
  void neverGivesAnythingToAShell() throws Exception {
    Program program = Program.of(List.of("/bin/echo", "$(id)", ";id", "*"), LONG);
    assertThat(runner.run(program, ProgramRunner.NOTHING).output()).containsExactly("$(id) ;id *");
  }

  @Test
  void endsTheWholeTreeAtTheTimeout() throws Exception {
    ProgramResult result = run("sleep 1000 & echo $! > child.pid; echo last words; wait", TO_BEGIN);
    assertThat(result.end()).isEqualTo(ProgramResult.End.TIMED_OUT);
    assertThat(result.reason()).isEqualTo("timed out");
    assertThat(result.output()).containsExactly("last words");
    Awaitility.await().atMost(LONG).until(() -> !lives(folder.resolve("child.pid")));
  }

  @Test
  void endsTheWholeTreeWhenInterrupted() throws Exception {
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                ProgramResult unused =
                    run("sleep 1000 & echo $! > child.pid; touch ready; wait", LONG);
                interrupted.complete(false);
              } catch (InterruptedException e) {
                interrupted.complete(true);
              }
            },
            "runner");
    thread.start();
    Awaitility.await().atMost(LONG).until(() -> Files.exists(folder.resolve("ready")));
    thread.interrupt();
    assertThat(interrupted.get(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    Awaitility.await().atMost(LONG).until(() -> !lives(folder.resolve("child.pid")));
  }

  @Test
  void isNotFlooded() throws Exception {
    ProgramResult result = run("yes; exit 1", TO_BEGIN);
    assertThat(result.end()).isEqualTo(ProgramResult.End.TIMED_OUT);
    assertThat(result.output()).hasSize(20).containsOnly("y");
  }

  @Test
  void saysWhyItCanNotBeStarted() throws Exception {
    Path plain = folder.resolve("plain");
    Files.writeString(plain, "#!/bin/sh\n");
    Files.setPosixFilePermissions(plain, PosixFilePermissions.fromString("rw-r--r--"));
    for (String path : List.of(folder + "/missing", plain.toString(), folder.toString())) {
      ProgramResult result =
          runner.run(Program.of(List.of(path, "secret"), LONG), ProgramRunner.NOTHING);
      assertThat(result.end()).isEqualTo(ProgramResult.End.NOT_STARTED);
      assertThat(result.problem())
          .startsWith("cannot start " + path + ": ")
          .contains("check the path")
          .doesNotContain("secret");
    }
  }

  @Test
  void doesNotWaitForWhatWasLeftBehind() throws Exception {
    ProgramResult result = run("sleep 1000 & echo $! > child.pid", LONG);
    assertThat(result.succeeded()).isTrue();
    long pid = Long.parseLong(Files.readString(folder.resolve("child.pid")).strip());
    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
  }

  private ProgramResult run(String script, Duration timeout) throws InterruptedException {
    Program program =
        new Program(List.of("/bin/sh", "-c", script), timeout, Map.of(), Optional.of(folder));
    return runner.run(program, ProgramRunner.NOTHING);
  }

  /** Whether the process lives whose id stands in the file; a zombie does not. */
  private static boolean lives(Path file) throws IOException {
    Path stat = Path.of("/proc", Files.readString(file).strip(), "stat");
    try {
      String text = Files.readString(stat);
      return !text.substring(text.lastIndexOf(')')).startsWith(") Z");
    } catch (IOException e) {
      return false;
    }
  }
}
