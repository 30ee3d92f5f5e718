package io.github.serfhandler.config;

import static io.github.serfhandler.config.Updates.impatient;
import static io.github.serfhandler.config.Updates.store;
import static io.github.serfhandler.config.Updates.update;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes and one directory, as a resident agent and one-shot calls beside it. */
class ConfigStoreIT {
  private static final int NEWEST = 400;

  @TempDir Path folder;

  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void endThem() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private BufferedReader started(String... args) throws IOException {
    Process process =
        new ProcessBuilder(ConfigProbe.command(args)).redirectErrorStream(true).start();
    processes.add(process);
    BufferedReader output = process.inputReader(UTF_8);
    assertThat(output.readLine()).isEqualTo("started");
    return output;
  }

  @Test
  void neverGoesBackWhileProcessesRace() throws Exception {
    Path file = folder.resolve("product1/security.json");
    String last = String.valueOf(NEWEST);
    List<BufferedReader> outputs =
        List.of(
            started("apply", folder.toString(), "0", last),
            started("apply", folder.toString(), "1", last));
    long seen = -1;
    while (processes.stream().anyMatch(Process::isAlive)) {
      if (Files.exists(file)) {
        ConfigUpdate now = ConfigUpdate.ofFile("product1", "security", Files.readAllBytes(file));
        assertThat(now.version()).isGreaterThanOrEqualTo(seen);
        seen = now.version();
      }
    }
    int changes = 0;
    for (BufferedReader output : outputs) {
      changes += Integer.parseInt(output.readLine());
    }
    assertThat(changes).isBetween(1, NEWEST + 1);
    assertThat(file).hasBinaryContent(update(NEWEST, "u" + NEWEST).fileBytes());
  }

  @Test
  void endsOnTheNewestOfAllKeysWhileProcessesRace() throws Exception {
    List<BufferedReader> outputs =
        List.of(
            started("mix", folder.toString(), "0", "60"),
            started("mix", folder.toString(), "1", "60"));
    for (BufferedReader output : outputs) {
      assertThat(output.readLine()).isEqualTo("done");
    }
    for (String key : ConfigProbe.KEYS) {
      ConfigUpdate newest = ConfigProbe.of(key, 59);
      assertThat(folder.resolve("product1/" + key + ".json")).hasBinaryContent(newest.fileBytes());
      ConfigRecord found = store(folder).record("product1", key).orElseThrow();
      assertThat(found.newest().revision()).isEqualTo(newest.revision());
      for (Head head : found.versions()) {
        assertThat(store(folder).content("product1", key, head.revision()))
            .isEqualTo(ConfigProbe.of(key, head.revision().version()).content());
      }
    }
  }

  @Test
  void waitsForAnotherProcessOnlySoLong() throws Exception {
    BufferedReader output = started("hold", folder.toString());
    assertThatThrownBy(() -> impatient(folder).apply(update(1, "a"), "test"))
        .isInstanceOf(ConfigLockException.class)
        .hasMessageContaining(": another process holds it for more than 20 ms; a retry is safe");
    processes.get(0).getOutputStream().close();
    assertThat(store(folder).apply(update(1, "a"), "test").changed()).isTrue();
    assertThat(output.readLine()).isEqualTo("released -1");
  }

  @Test
  void getsTheLockOfAProcessThatWasKilled() throws Exception {
    started("hold", folder.toString());
    processes.get(0).destroyForcibly(); // SIGKILL
    assertThat(store(folder).apply(update(1, "a"), "test").changed()).isTrue();
  }

  @Test
  void neverWaitsForTheOtherEndOfAPipe() throws Exception {
    Path product = Files.createDirectory(folder.resolve("product1"));
    Process mkfifo =
        new ProcessBuilder("mkfifo", product.resolve("security.json").toString()).start();
    assertThat(mkfifo.waitFor()).isZero();
    assertThatThrownBy(() -> store(folder).apply(update(1, "a"), "test"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("device, pipe or socket");
  }
}
