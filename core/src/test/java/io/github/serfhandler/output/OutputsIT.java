package io.github.serfhandler.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.serfhandler.process.Program;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.testing.RecordingLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are kept with real programs, on real threads. */
@Timeout(60)
class OutputsIT {
  @TempDir Path folder;
  private final RecordingLog log = new RecordingLog();
  private final FileStore store = new FileStore(Clock.systemUTC(), notice -> {});
  private Path path;

  @BeforeEach
  void name() {
    path = folder.resolve("a.cfg");
  }

  private Outputs start(FileSpec... files) {
    return Outputs.start(List.of(files), store, folder, log);
  }

  /** A program of shell lines; its second argument is this test's folder. */
  private Program script(Duration timeout, String lines, String... args) {
    List<String> argv =
        Stream.concat(Stream.of("/bin/sh", "-c", lines, folder.toString()), Stream.of(args))
            .toList();
    return Program.of(argv, timeout);
  }

  private Program script(String lines, String... args) {
    return script(Duration.ofSeconds(20), lines, args);
  }

  /** Refuses what says bad. */
  private Program judge() {
    return script("if grep -q bad \"$1\"; then echo it is bad; exit 3; fi", "{}");
  }

  /** Leaves what it found in the file. */
  private Program reload() {
    return script("cat \"$0/a.cfg\" >> \"$0/loaded\"; echo >> \"$0/loaded\"");
  }

  private static void awaitThat(Path file, String content) {
    await().untilAsserted(() -> assertThat(file).exists().hasContent(content));
  }

  private boolean isOwed() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(".serf-handler"))) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith("reload-files-"));
    }
  }

  @Test
  void checksReplacesAndReloads() throws IOException {
    FileSpec spec = Shows.file(path).check(judge()).reload(reload()).waits(Wait.NONE).build();
    try (Outputs outputs = start(spec)) {
      outputs.offer(Shows.snapshot("one"));
      awaitThat(folder.resolve("loaded"), "one\n");
      outputs.offer(Shows.snapshot("bad"));
      await()
          .until(() -> outputs.status().get(0).files().get(0).state() == FileStatus.State.REFUSED);
      assertThat(path).hasContent("one");
      outputs.offer(Shows.snapshot("two"));
      awaitThat(folder.resolve("loaded"), "one\ntwo\n");
      // The status is still that of the step before; only the end of the reload removes the mark.
      await().until(() -> !isOwed());
    }
    assertThat(log.told())
        .anyMatch(line -> line.startsWith("ERROR the check refused " + path))
        .contains("ERROR the check of a.cfg: it is bad", "INFO " + path + " is in line again");
    assertThat(isOwed()).isFalse();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("a.cfg", "loaded", ".serf-handler");
    }
  }

  @Test
  void endsACheckThatHangs() {
    Program hangs = script(Duration.ofMillis(300), "sleep 1000", "{}");
    try (Outputs outputs = start(Shows.file(path).check(hangs).build())) {
      outputs.offer(Shows.snapshot("one"));
      await().until(() -> outputs.status().get(0).counters().checksFailed() > 0);
      assertThat(outputs.status().get(0).files().get(0).reason()).contains("/bin/sh timed out");
      assertThat(path).doesNotExist();
    }
  }

  @Test
  void boundsWhatAFloodOfOutputLeavesInTheLog() {
    Program floods = script("yes it is bad | head -n 200000; exit 1", "{}");
    try (Outputs outputs = start(Shows.file(path).check(floods).build())) {
      outputs.offer(Shows.snapshot("one"));
      await().until(() -> outputs.status().get(0).counters().checksFailed() > 0);
    }
    assertThat(log.told()).hasSizeBetween(2, 30);
  }

  @Test
  void saysThatACheckCannotBeStarted() {
    Program missing = Shows.program(folder.resolve("missing").toString(), "{}");
    try (Outputs outputs = start(Shows.file(path).check(missing).build())) {
      outputs.offer(Shows.snapshot("one"));
      await().until(() -> outputs.status().get(0).counters().checksFailed() > 0);
      assertThat(outputs.status().get(0).files().get(0).reason())
          .contains("there is no file yet: cannot start " + folder.resolve("missing"));
    }
  }

  @Test
  void endsAReloadThatRunsAndLeavesItToTheNextProcess() throws IOException {
    // It ends before the bound of this class only where the close ends it.
    Program hangs =
        script(
            Duration.ofMinutes(10), "echo $$ > \"$0/pid\"; [ -e \"$0/free\" ] || exec sleep 1000");
    FileSpec spec = Shows.file(path).reload(hangs).build();
    Outputs first = start(spec);
    first.offer(Shows.snapshot("one"));
    await().until(() -> Files.exists(folder.resolve("pid")) && isOwed());
    await().until(() -> Files.size(folder.resolve("pid")) > 0);
    long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    first.close();
    assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)).isFalse();
    assertThat(log.told()).contains("WARNING the reload of a.cfg is owed; the next start makes it");
    assertThat(isOwed()).isTrue();

    Files.createFile(folder.resolve("free"));
    try (Outputs second = start(Shows.file(path).reload(hangs).build())) {
      await().until(() -> second.status().get(0).counters().reloads() == 1);
    }
    assertThat(isOwed()).isFalse();
  }

  @Test
  void bringsAllInLineInOnePass() throws Exception {
    Path other = folder.resolve("b.cfg");
    FileSpec one = Shows.file(path).check(judge()).reload(reload()).build();
    FileSpec two = Shows.file(other).check(judge()).reload(reload()).build();
    List<FileSpec> both = List.of(one, two);
    OutputPass.Result result = OutputPass.run(both, store, folder, Shows.snapshot("one"));
    assertThat(result.updated()).containsExactly(path, other);
    assertThat(result.failures()).isEmpty();
    assertThat(folder.resolve("loaded")).hasContent("one\n");
    result = OutputPass.run(both, store, folder, Shows.snapshot("one"));
    assertThat(result.updated()).isEmpty();
    assertThat(folder.resolve("loaded")).hasContent("one\n");
    result = OutputPass.run(both, store, folder, Shows.snapshot("bad"));
    assertThat(result.failures())
        .hasSize(4)
        .anyMatch(line -> line.startsWith("the check refused " + other))
        .noneMatch(line -> line.contains("trying again"));
  }

  @Test
  void makesInOnePassWhatAnEarlierOneOwes() throws Exception {
    Program once = script("[ -e \"$0/free\" ] && echo >> \"$0/loaded\"");
    List<FileSpec> files = List.of(Shows.file(path).reload(once).build());
    OutputPass.Result result = OutputPass.run(files, store, folder, Shows.snapshot("one"));
    assertThat(result.failures()).hasSize(1).first().asString().contains("/bin/sh status 1");
    assertThat(isOwed()).isTrue();
    Files.createFile(folder.resolve("free"));
    result = OutputPass.run(files, store, folder, Shows.snapshot("one"));
    assertThat(result).isEqualTo(new OutputPass.Result(List.of(), List.of()));
    assertThat(folder.resolve("loaded")).hasContent("\n");
    assertThat(isOwed()).isFalse();
  }

  @Test
  void doesNotDisturbAProcessThatStays() throws Exception {
    FileSpec spec = Shows.file(path).check(judge()).reload(reload()).waits(Wait.NONE).build();
    try (Outputs outputs = start(spec)) {
      outputs.offer(Shows.snapshot("one"));
      awaitThat(folder.resolve("loaded"), "one\n");
      FileSpec same = Shows.file(path).check(judge()).reload(reload()).build();
      for (int i = 0; i < 10; i++) {
        OutputPass.Result result =
            OutputPass.run(List.of(same), store, folder, Shows.snapshot("pass " + i));
        assertThat(result.failures()).isEmpty();
        outputs.offer(Shows.snapshot("one"));
      }
      await()
          .untilAsserted(
              () -> {
                outputs.offer(Shows.snapshot("one"));
                assertThat(path).hasContent("one");
              });
      // Only the process that stays writes this, and only the end of its reload removes the mark.
      outputs.offer(Shows.snapshot("two"));
      await().until(() -> Files.readString(path).equals("two") && !isOwed());
    }
    assertThat(Files.readAllLines(folder.resolve("loaded"))).endsWith("two");
    assertThat(log.told()).noneMatch(line -> !line.startsWith("INFO "));
  }

  @Test
  void doesNothingMoreOnceItIsClosed() {
    Outputs outputs = start(Shows.file(path).waits(Wait.DEFAULT).build());
    outputs.offer(Shows.snapshot("one"));
    awaitThat(path, "one");
    outputs.close();
    outputs.close();
    outputs.offer(Shows.snapshot("two"));
    assertThat(path).hasContent("one");
  }
}
