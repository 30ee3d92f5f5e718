package io.github.serfhandler.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventLogTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T15:49:48.123Z"), ZoneOffset.UTC);

  @TempDir Path temp;

  private Path folder = Path.of("");

  @BeforeEach
  void choose() {
    folder = temp.resolve("conf").resolve(".serf-handler");
  }

  private EventLog log() {
    return new EventLog(folder, Level.INFO, CLOCK);
  }

  private List<String> lines(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name));
  }

  @Test
  void appendsALineAndMakesItsFolder() throws IOException {
    log().write(Level.INFO, "member-join");
    log().write(Level.WARNING, "failed");
    assertThat(folder.resolve("event.log"))
        .hasContent(
            "2026-11-23T15:49:48.123Z INFO  member-join\n2026-11-23T15:49:48.123Z WARN  failed\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log().file())))
        .startsWith("rw-")
        .endsWith("---");
  }

  @Test
  void touchesNothingWhereNothingIsWorthALine() {
    log().write(Level.DEBUG, "detail");
    log().trace(new IOException("x"));
    assertThat(folder).doesNotExist();
  }

  @Test
  void keepsHostileTextOnItsLineAndCutsALongOne() throws IOException {
    log().write(Level.INFO, "a\nforged\u001b[31m");
    log().write(Level.INFO, "x".repeat(1_000_000));
    assertThat(lines("event.log")).hasSize(2);
    assertThat(lines("event.log").get(0)).endsWith("a\\nforged\\u001b[31m");
    assertThat(lines("event.log").get(1)).endsWith("xxx...").hasSizeLessThan(8300);
  }

  @Test
  void writesATraceAtDebugOnIndentedLines() throws IOException {
    new EventLog(folder, Level.DEBUG, CLOCK).trace(new IOException("a\nforged"));
    assertThat(lines("event.log")).hasSizeGreaterThan(3).allMatch(line -> line.startsWith("    "));
  }

  @Test
  void takesWhatIsWrittenToItsStream() throws IOException {
    try (OutputStream stream = log().stream()) {
      stream.write("a line\n".getBytes(StandardCharsets.UTF_8));
      stream.write('x');
    }
    assertThat(log().file()).hasContent("a line\nx");
  }

  @Test
  void movesAFullFileAway() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(log().file(), "x".repeat(1 << 20));
    Files.writeString(folder.resolve("event.log.1"), "the oldest");
    log().write(Level.INFO, "new");
    assertThat(lines("event.log")).singleElement().asString().endsWith("new");
    assertThat(Files.size(folder.resolve("event.log.1"))).isEqualTo(1 << 20);
  }

  @Test
  void losesNoLineWhereTwoWritersMeetAFullFile() throws IOException {
    EventLog first = log();
    EventLog second = log();
    first.write(Level.INFO, "first 0");
    second.write(Level.INFO, "second 0");
    String fill = "x".repeat(8000);
    for (int i = 0; i < 140; i++) {
      first.write(Level.INFO, fill);
    }
    first.write(Level.INFO, "first 1");
    second.write(Level.INFO, "second 1");
    second.write(Level.INFO, "second 2");
    List<String> all = new ArrayList<>(lines("event.log.1"));
    all.addAll(lines("event.log"));
    assertThat(all).hasSize(145);
    assertThat(String.join("\n", all))
        .contains("first 0", "second 0", "first 1", "second 1", "second 2");
  }

  @Test
  void followsNoLink() throws IOException {
    Files.createDirectories(folder);
    Path target = Files.writeString(temp.resolve("target"), "as it was");
    Files.createSymbolicLink(log().file(), target);
    EventLog log = log();
    log.write(Level.INFO, "x");
    assertThat(target).hasContent("as it was");
    assertThat(log.failure()).hasMessageContaining("not a regular file");
    Files.delete(log.file());
    Path missing = temp.resolve("missing");
    Files.createSymbolicLink(log.file(), missing);
    log().write(Level.INFO, "x");
    assertThat(Files.exists(missing, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void waitsForNoReaderOfAPipe() throws Exception {
    Files.createDirectories(folder);
    Process mkfifo = new ProcessBuilder("mkfifo", log().file().toString()).start();
    assertThat(mkfifo.waitFor()).isZero();
    EventLog log = log();
    log.write(Level.INFO, "x");
    assertThat(log.failure()).hasMessageContaining("not a regular file");
  }

  @Test
  void failsOnceAndSwallowsTheRestWhereItCanNotBeWritten() throws IOException {
    Files.createDirectories(temp.resolve("conf"));
    Files.writeString(folder, "a file in place of the folder");
    EventLog log = log();
    log.write(Level.INFO, "x");
    IOException failure = log.failure();
    assertThat(failure).isNotNull();
    log.write(Level.INFO, "y");
    assertThat(log.failure()).isSameAs(failure);
  }
}
