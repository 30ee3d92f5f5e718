package io.github.serfhandler.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A clock that programs are told in the place of the machine's, by libfaketime, and that jumps
 * while they run; confined to the test's thread.
 *
 * <p>The monotonic clock and the times of files stay those of the machine, as when somebody sets
 * the clock. Without {@code FAKETIME_FORCE_MONOTONIC_FIX=0} libfaketime 0.9.10 ends each timed wait
 * of Java at once.
 */
final class ShiftedClock {
  private final String library;
  private final Path file;

  /** A clock that shows the right time, told by a file in this folder. */
  ShiftedClock(Path folder) {
    this.library = library();
    this.file = folder.resolve("clock");
    jump("+0");
  }

  /** The wrapper {@code faketime} sets the variable to where its library is. */
  private static String library() {
    String missing = "needs libfaketime: apt-get install -y --no-install-recommends faketime";
    try {
      Process process =
          new ProcessBuilder("faketime", "-m", "-f", "+0s", "printenv", "LD_PRELOAD")
              .redirectErrorStream(true)
              .start();
      String found =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      // What it complains of would be taken for a library, which is passed over: no clock jumps.
      assertThat(found).as("what faketime preloads").endsWith(".so.1").doesNotContain(" ");
      return found;
    } catch (IOException e) {
      Trial.require(false, missing);
      throw new UncheckedIOException(e);
    }
  }

  /** The program is told this clock. */
  Consumer<ProcessBuilder> shown() {
    Map<String, String> variables =
        Map.of(
            "LD_PRELOAD", library,
            "FAKETIME_TIMESTAMP_FILE", file.toString(),
            "FAKETIME_NO_CACHE", "1",
            "FAKETIME_DONT_FAKE_MONOTONIC", "1",
            "FAKETIME_FORCE_MONOTONIC_FIX", "0",
            "NO_FAKE_STAT", "1");
    return builder -> builder.environment().putAll(variables);
  }

  /** From now on it differs so much from the machine's: {@code +1h}, {@code -1d}, {@code +10y}. */
  void jump(String difference) {
    try {
      // Replaced whole: it is read at each look at the clock.
      Path beside = Files.writeString(file.resolveSibling("clock.new"), difference + "\n");
      Path ignored = Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
