package io.github.serfhandler.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writers that die, and writers that race: whoever reads always finds a complete file. */
class FileStoreCrashIT {
  @TempDir Path folder;

  private static void assertComplete(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    assertThat(bytes).isNotEmpty();
    byte[] expected =
        StoreProbe.CONTENTS.stream().filter(c -> c[0] == bytes[0]).findFirst().orElseThrow();
    assertThat(bytes.length).isEqualTo(expected.length);
    assertThat(bytes).isEqualTo(expected);
  }

  @RepeatedTest(6)
  void leavesACompleteFileWheneverItIsKilled(RepetitionInfo repetition)
      throws IOException, InterruptedException {
    Path file = folder.resolve("f");
    Random random = new Random(repetition.getCurrentRepetition());
    Process writer = new ProcessBuilder(StoreProbe.command("loop", file.toString())).start();
    try (BufferedReader output = writer.inputReader(UTF_8)) {
      assertThat(output.readLine()).isEqualTo("started");
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20 + random.nextInt(180));
      while (System.nanoTime() < end) {
        assertComplete(file);
      }
    } finally {
      writer.destroyForcibly(); // SIGKILL
      assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    assertComplete(file);

    // The next writer goes on; one that comes later also clears away what this one left.
    Clock later = Clock.offset(Clock.systemUTC(), TempFiles.STALE.plus(Duration.ofMinutes(1)));
    new FileStore(later, notice -> {}).write(file, new byte[] {'z'});
    assertThat(file).hasContent("z");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void letsManyWritersRaceForOneFile() throws Exception {
    Path file = folder.resolve("f");
    List<Callable<Boolean>> writers = new ArrayList<>();
    FileStore shared = new FileStore(Clock.systemUTC(), notice -> {});
    shared.write(file, StoreProbe.CONTENTS.get(0));
    for (int i = 0; i < 4; i++) {
      byte[] bytes = StoreProbe.CONTENTS.get(i % StoreProbe.CONTENTS.size());
      FileStore store = i % 2 == 0 ? shared : new FileStore(Clock.systemUTC(), notice -> {});
      writers.add(
          () -> {
            for (int round = 0; round < 40; round++) {
              store.write(file, bytes);
              assertComplete(file);
            }
            return true;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(writers.size());
    try {
      for (Future<Boolean> done : threads.invokeAll(writers, 60, TimeUnit.SECONDS)) {
        assertThat(done.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }
}
