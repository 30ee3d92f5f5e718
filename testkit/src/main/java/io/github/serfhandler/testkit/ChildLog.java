package io.github.serfhandler.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What a real program has printed since its first start, and waiting for what it does; thread-safe.
 *
 * @param file where its output is appended; need not exist yet
 * @param program its name, for messages
 * @param where its name and where it listens, for messages
 */
record ChildLog(Path file, String program, String where) {
  /** How long it may take for what is waited for to happen. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration POLL = Duration.ofMillis(10);
  private static final int TAIL_LINES = 40;

  /** All of it. */
  String text() {
    try {
      return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      throw new UncheckedIOException("reading the log of " + program, e);
    }
  }

  /** Its last lines, for messages. */
  String tail() {
    List<String> lines = text().lines().toList();
    return "log of "
        + where
        + ":\n  "
        + String.join("\n  ", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }

  /**
   * Waits until that is so.
   *
   * @param what what is waited for, for messages
   * @throws AssertionError with the end of the log, where it is not within {@link #PATIENCE}
   */
  void await(String what, BooleanSupplier condition) {
    try {
      Awaitility.await(what)
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(POLL)
          .until(condition::getAsBoolean);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("waited in vain for " + what + "; " + tail(), e);
    }
  }
}
