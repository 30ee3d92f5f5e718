package io.github.serfhandler.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed at any moment while it applies updates. */
class ConfigStoreCrashIT {
  private static final int KILLS = 200;
  private static final int WARM = 3;

  @TempDir Path folder;

  private final Deque<Process> waiting = new ArrayDeque<>();
  private final Map<String, Long> seen = new HashMap<>();
  private int begun;

  @AfterEach
  void endThem() throws InterruptedException {
    for (Process process : waiting) {
      kill(process);
    }
  }

  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly(); // SIGKILL
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  /** A process that waits for its turn; each has a key of its own beside the common ones. */
  private Process next() throws IOException {
    while (waiting.size() < WARM && begun < KILLS) {
      waiting.add(
          new ProcessBuilder(ConfigProbe.command("loop", folder.toString(), "own" + begun))
              .redirectErrorStream(true)
              .start());
      begun++;
    }
    return waiting.remove();
  }

  @Test
  void neverLosesOrTearsAFileHoweverOftenItIsKilled() throws Exception {
    Random random = new Random(1);
    List<String> told = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      String own = "own" + kill;
      Process writer = next();
      try (BufferedReader output = writer.inputReader(UTF_8);
          OutputStream go = writer.getOutputStream()) {
        go.write('\n');
        go.flush();
        assertThat(output.readLine()).isEqualTo("started 10");
        assertThat(output.readLine()).isEqualTo("at work");
        long end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(random.nextInt(60_000));
        do {
          look(own);
        } while (System.nanoTime() < end);
      } finally {
        kill(writer);
      }
      look(own);
      recover(own, told);
    }
    System.getLogger("test")
        .log(System.Logger.Level.INFO, told.size() + " updates were left half done");
    assertThat(told)
        .allMatch(notice -> notice.contains("as after a crash; "))
        .hasSizeBetween(1, KILLS * (ConfigProbe.KEYS.size() + 1));
  }

  /** As any program would: what is there is complete, and not older than before. */
  private void look(String own) throws IOException {
    for (String key : List.of("a", "b", "c", own)) {
      byte[] bytes;
      try {
        bytes = Files.readAllBytes(folder.resolve("product1/" + key + ".json"));
      } catch (NoSuchFileException e) {
        continue;
      }
      long version = ConfigUpdate.ofFile("product1", key, bytes).version();
      assertThat(bytes).isEqualTo(ConfigProbe.of(key, version).fileBytes());
      assertThat(version).isGreaterThanOrEqualTo(seen.getOrDefault(key, 0L));
      seen.put(key, version);
    }
  }

  /** As at the next start: each file is what its record says, and nothing that was seen is lost. */
  private void recover(String own, List<String> told) throws Exception {
    ConfigStore store = Updates.store(folder, told::add);
    SortedMap<String, KeyState> states = store.survey("product1");
    for (String key : List.of("a", "b", "c", own)) {
      Optional<ConfigRecord> found = store.record("product1", key);
      Path file = folder.resolve("product1/" + key + ".json");
      if (found.isEmpty()) {
        assertThat(file).doesNotExist();
        assertThat(seen).doesNotContainKey(key);
        continue;
      }
      Revision newest = found.get().newest().revision();
      ConfigUpdate expected = ConfigProbe.of(key, newest.version());
      assertThat(newest).isEqualTo(expected.revision());
      assertThat(newest.version()).isGreaterThanOrEqualTo(seen.getOrDefault(key, 0L));
      seen.put(key, newest.version());
      if (expected.isDeletion()) {
        assertThat(file).doesNotExist();
      } else {
        assertThat(file).hasBinaryContent(expected.fileBytes());
      }
      assertThat(states)
          .containsEntry(key, new KeyState(Optional.of(found.get().newest()), Optional.empty()));
    }
  }
}
