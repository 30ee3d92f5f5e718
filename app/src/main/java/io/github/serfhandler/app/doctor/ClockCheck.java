package io.github.serfhandler.app.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Immutable: compares the wall clock with the monotonic one over the time of the other checks. What
 * the clocks of other nodes show cannot be seen through Serf.
 */
final class ClockCheck {
  private static final Instant OLDEST = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration SLACK = Duration.ofSeconds(1);

  private final Clock clock;
  private final Instant wallBegin;
  private final long nanosBegin;

  private ClockCheck(Clock clock, Instant wallBegin, long nanosBegin) {
    this.clock = clock;
    this.wallBegin = wallBegin;
    this.nanosBegin = nanosBegin;
  }

  static ClockCheck begin(Clock clock) {
    return new ClockCheck(clock, clock.instant(), System.nanoTime());
  }

  List<Check> end(Path confDir) {
    Instant now = clock.instant();
    Duration wall = Duration.between(wallBegin, now);
    Duration real = Duration.ofNanos(System.nanoTime() - nanosBegin);
    return List.of(judge(now, wall, real, confDir));
  }

  static Check judge(Instant now, Duration wall, Duration real, Path confDir) {
    String remedy =
        "set the clock and keep it set (for example: apt-get install systemd-timesyncd)";
    if (now.isBefore(OLDEST)) {
      return Check.fail("clock", "shows " + now + ", which is past", remedy);
    }
    if (wall.minus(real).abs().compareTo(SLACK) > 0) {
      return Check.warn(
          "clock", "was moved by " + wall.minus(real).toMillis() + " ms meanwhile", remedy);
    }
    Path file = confDir.resolve("services.json");
    try {
      if (Files.exists(file)
          && Files.getLastModifiedTime(file).toInstant().isAfter(now.plus(SLACK))) {
        return Check.warn("clock", file + " is from the future: it was set back", remedy);
      }
    } catch (IOException e) {
      return Check.warn("clock", "the time of " + file + " cannot be read", "");
    }
    return Check.ok("clock", "shows " + now + "; clocks of other nodes cannot be seen");
  }
}
