package io.github.serfhandler.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StderrLoggerTest {
  private static final Instant NOW = Instant.parse("2026-11-23T15:49:48.123Z");

  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
  private Level level = Level.INFO;

  @Test
  void writesALineWithTimeLevelAndTopic() {
    logger("io.github.serfhandler.discovery.Follower").log(Level.WARNING, "the agent is gone");
    assertThat(written())
        .isEqualTo("2026-11-23T15:49:48.123Z WARN  discovery: the agent is gone\n");
  }

  @Test
  void keepsHostileTextOnItsLine() {
    logger("io.github.serfhandler.catalog.X").log(Level.INFO, "tag a\n2026 WARN forged\u001b[31m");
    assertThat(written())
        .isEqualTo("2026-11-23T15:49:48.123Z INFO  catalog: tag a\\n2026 WARN forged\\u001b[31m\n");
  }

  @Test
  void writesTheMessageOfAnExceptionAndNoTrace() {
    logger("io.github.serfhandler.store.X")
        .log(Level.ERROR, "cannot write", new IOException("full"));
    assertThat(written()).isEqualTo("2026-11-23T15:49:48.123Z ERROR store: cannot write: full\n");
  }

  @Test
  void writesTheTraceAtDebugOnIndentedLines() {
    level = Level.DEBUG;
    logger("io.github.serfhandler.store.X").log(Level.ERROR, "x", new IOException("a\nforged"));
    String[] lines = written().split("\n", -1);
    assertThat(lines[0]).endsWith("store: x: a\\nforged");
    assertThat(lines).hasSizeGreaterThan(3);
    assertThat(java.util.List.of(lines).subList(1, lines.length - 1))
        .allMatch(line -> line.startsWith("    "));
  }

  @Test
  void fillsInParameters() {
    logger("io.github.serfhandler.store.X").log(Level.INFO, "{0} of {1}", 1, "two");
    assertThat(written()).endsWith("store: 1 of two\n");
  }

  @Test
  void leavesBracesAloneWhereThereAreNoParameters() {
    logger("io.github.serfhandler.store.X").log(Level.INFO, "it''s {0}");
    assertThat(written()).endsWith("store: it''s {0}\n");
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR,ERROR,true",
    "ERROR,WARNING,false",
    "WARNING,WARNING,true",
    "WARNING,INFO,false",
    "INFO,INFO,true",
    "INFO,DEBUG,false",
    "DEBUG,DEBUG,true",
    "DEBUG,TRACE,false",
    "DEBUG,OFF,false"
  })
  void writesOnlyWhatTheLevelLetsThrough(Level threshold, Level record, boolean passes) {
    level = threshold;
    logger("io.github.serfhandler.store.X").log(record, "x");
    assertThat(stream.size() > 0).isEqualTo(passes);
  }

  @Test
  void keepsThePlatformQuietAtDebug() {
    level = Level.DEBUG;
    System.Logger logger = logger("java.lang.Runtime");
    assertThat(logger.isLoggable(Level.DEBUG)).isFalse();
    assertThat(logger.isLoggable(Level.INFO)).isTrue();
    level = Level.ERROR;
    assertThat(logger.isLoggable(Level.WARNING)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00.000Z",
    "1969-12-31T23:59:59.999Z",
    "2000-02-29T12:00:00.001Z",
    "2026-11-23T15:49:48.123Z",
    "9999-12-31T23:59:59.999Z"
  })
  void writesTimesAsIsoDoes(String time) {
    StringBuilder out = new StringBuilder();
    Timestamps.append(out, Instant.parse(time).toEpochMilli());
    assertThat(out).hasToString(time);
  }

  @Test
  void isWhatThePlatformFinds() {
    assertThat(System.LoggerFinder.getLoggerFinder()).isInstanceOf(StderrLoggerFinder.class);
  }

  private System.Logger logger(String name) {
    return new StderrLogger(name, () -> level, Clock.fixed(NOW, ZoneOffset.UTC), stream);
  }

  private String written() {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
