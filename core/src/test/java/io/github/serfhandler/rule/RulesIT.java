package io.github.serfhandler.rule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import io.github.serfhandler.process.Program;
import io.github.serfhandler.testing.RecordingLog;
import io.github.serfhandler.testkit.ManualClock;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rules with real checks, good ones and such that misbehave. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RulesIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final JsonObject CONTENT =
      JsonValue.parse("{\"password\":\"5ecre7\",\"port\":80}").asObject();

  @TempDir Path folder;
  private final RecordingLog log = new RecordingLog();

  @Test
  void givesTheBytesOfTheFileOnStandardInputAndInAPrivateFile() throws Exception {
    Rules rules =
        rules(
            check(
                "cat > stdin; cp $1 file; echo $1 > path; stat -c %a $1 $(dirname $1) > modes;"
                    + " echo $SERF_HANDLER_PRODUCT $SERF_HANDLER_KEY $SERF_HANDLER_VERSION > env",
                LONG));
    assertThat(rules.refusal("shop", "db", 7, CONTENT)).isEmpty();
    String bytes = new String(new ConfigUpdate("shop", "db", 7, CONTENT).fileBytes(), UTF_8);
    assertThat(folder.resolve("stdin")).hasContent(bytes);
    assertThat(folder.resolve("file")).hasContent(bytes);
    assertThat(Files.readString(folder.resolve("modes"))).isEqualTo("600\n700\n");
    assertThat(Files.readString(folder.resolve("env"))).isEqualTo("shop db 7\n");
    assertThat(Files.readString(folder.resolve("path")))
        .startsWith(own().resolve("candidates").toString())
        .endsWith(".json\n");
    assertThat(candidates()).isEmpty();
  }

  @Test
  void refusesWithTheStatusAndNothingOfTheOutput() throws Exception {
    Rules rules = rules(check("cat; exit 3", LONG));
    assertThat(rules.refusal("shop", "db", 7, CONTENT)).contains("check failed (status 3)");
    assertThat(log.lines()).isEmpty();
    assertThat(candidates()).isEmpty();
  }

  @Test
  void logsTheOutputWhereTheRuleWantsIt() throws Exception {
    Rule plain = check("echo line 2 is bad; exit 1", LONG);
    Rule rule =
        new Rule(plain.match(), plain.schema(), plain.check(), plain.run(), plain.quiet(), true);
    assertThat(rules(rule).refusal("shop", "db", 7, CONTENT)).contains("check failed (status 1)");
    assertThat(log.lines()).containsExactly("WARNING the check for shop/*: line 2 is bad");
  }

  @Test
  void refusesAfterTheTimeoutAndEndsAllThatTheCheckStarted() throws Exception {
    Rules rules = rules(check("sleep 1000 & echo $! > child.pid; wait", Duration.ofSeconds(1)));
    assertThat(rules.refusal("shop", "db", 7, CONTENT)).contains("check failed (timed out)");
    Awaitility.await().atMost(LONG).until(() -> !lives(folder.resolve("child.pid")));
    assertThat(candidates()).isEmpty();
  }

  @Test
  void refusesACheckThatFloodsOrReadsNothing() throws Exception {
    assertThat(rules(check("yes", Duration.ofSeconds(1))).refusal("shop", "db", 7, CONTENT))
        .contains("check failed (timed out)");
    JsonObject large = CONTENT.with("x", JsonValue.of("y".repeat(500_000)));
    assertThat(rules(check("exec <&-; true", LONG)).refusal("shop", "db", 7, large)).isEmpty();
    assertThat(rules(check("kill -9 $$", LONG)).refusal("shop", "db", 7, large))
        .contains("check failed (status 137)");
  }

  @Test
  void refusesWhereTheCheckCanNotBeStarted() throws Exception {
    Path plain = folder.resolve("plain");
    Files.writeString(plain, "#!/bin/sh\n");
    Files.setPosixFilePermissions(plain, PosixFilePermissions.fromString("rw-r--r--"));
    for (String path : List.of(folder + "/missing", plain.toString())) {
      Rule rule = check(List.of(path, "{}"), LONG);
      assertThat(rules(rule).refusal("shop", "db", 7, CONTENT))
          .contains("check failed (can not be started)");
      assertThat(log.lines(Level.WARNING))
          .last()
          .asString()
          .contains("the check for shop/*: cannot start " + path)
          .contains("check the path");
    }
    assertThat(candidates()).isEmpty();
    assertThat(log.lines()).noneMatch(line -> line.contains("5ecre7"));
  }

  @Test
  void asksAllRulesThatMatchInTheirOrderUntilOneRefuses() throws Exception {
    Rules rules =
        rules(
            check("echo 1 >> asked", LONG),
            Rule.of(
                KeyPattern.parse("other/*"),
                Optional.empty(),
                Optional.of(shell("exit 9", LONG)),
                Optional.empty()),
            check("echo 2 >> asked; exit 2", LONG),
            check("echo 3 >> asked; exit 3", LONG));
    assertThat(rules.refusal("shop", "db", 7, CONTENT)).contains("check failed (status 2)");
    assertThat(folder.resolve("asked")).hasContent("1\n2\n");
    assertThat(rules.refusal("free", "db", 7, CONTENT)).isEmpty();
  }

  @Test
  void asksTheSchemaBeforeTheCheck() throws Exception {
    Path file = folder.resolve("schema.json");
    Files.writeString(file, "{\"properties\":{\"port\":{\"type\":\"string\"}}}");
    Rule rule =
        Rule.of(
            KeyPattern.parse("*/*"),
            Optional.of(Schema.read(file)),
            Optional.of(shell("touch checked", LONG)),
            Optional.empty());
    Rules rules = rules(rule);
    rules.prepare();
    assertThat(rules.refusal("shop", "db", 7, CONTENT)).contains("/port: type");
    assertThat(folder.resolve("checked")).doesNotExist();
    assertThat(rules.refusal("shop", "db", 7, CONTENT.without("port"))).isEmpty();
    assertThat(folder.resolve("checked")).exists();
  }

  @Test
  void refusesWhereTheSchemaCanNotBeUsedAndSaysWhyInTheLogAlone() throws Exception {
    Path file = folder.resolve("schema.json");
    Files.writeString(file, "{\"type\":\"strin\"}");
    Rule rule =
        Rule.of(
            KeyPattern.parse("*/*"),
            Optional.of(Schema.read(file)),
            Optional.empty(),
            Optional.empty());
    assertThat(rules(rule).refusal("shop", "db", 7, CONTENT))
        .contains("its schema can not be used; see the log of this node");
    assertThat(log.lines()).hasSize(1).first().asString().contains(file.toString());
    assertThatThrownBy(rules(rule)::prepare).isInstanceOf(SchemaException.class);
  }

  @Test
  void endsTheCheckWhenInterruptedAndRemovesItsFile() throws Exception {
    Rules rules = rules(check("echo $$ > root.pid; touch ready; sleep 1000", LONG));
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                Optional<String> unused = rules.refusal("shop", "db", 7, CONTENT);
                interrupted.complete(false);
              } catch (InterruptedException e) {
                interrupted.complete(true);
              }
            },
            "lane");
    thread.start();
    Awaitility.await().atMost(LONG).until(() -> Files.exists(folder.resolve("ready")));
    assertThat(candidates()).hasSize(1);
    thread.interrupt();
    assertThat(interrupted.get(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(candidates()).isEmpty();
    Awaitility.await().atMost(LONG).until(() -> !lives(folder.resolve("root.pid")));
  }

  @Test
  void sweepsWhatACrashedProcessLeftAndNothingYounger() throws Exception {
    Path directory = Files.createDirectories(own().resolve("candidates"));
    Path old = Files.writeString(directory.resolve("0.json"), "5ecre7");
    Path young = Files.writeString(directory.resolve("1.json"), "another process's");
    ManualClock clock = ManualClock.at(Instant.parse("2026-01-01T12:00:00Z"));
    Files.setLastModifiedTime(old, FileTime.from(clock.instant().minusSeconds(3601)));
    Files.setLastModifiedTime(young, FileTime.from(clock.instant().minusSeconds(600)));
    Rules rules = new Rules(List.of(check("true", LONG)), own(), log, clock);
    assertThat(rules.refusal("shop", "db", 7, CONTENT)).isEmpty();
    assertThat(candidates()).containsExactly(young);
    assertThat(Files.getPosixFilePermissions(directory))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void writesThroughNoLinkThatLeadsElsewhere() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.createDirectories(own());
    Files.createSymbolicLink(own().resolve("candidates"), elsewhere);
    assertThat(rules(check("true", LONG)).refusal("shop", "db", 7, CONTENT))
        .contains("check failed (no file for it can be written)");
    assertThat(elsewhere).isEmptyDirectory();
    assertThat(log.lines(Level.WARNING)).hasSize(1);
  }

  @Test
  void writesNoFileWhereNoArgumentWantsOne() throws Exception {
    Rule rule =
        Rule.of(
            KeyPattern.parse("*/*"),
            Optional.empty(),
            Optional.of(shell("cat > stdin", LONG)),
            Optional.empty());
    assertThat(rules(rule).refusal("shop", "db", 7, CONTENT)).isEmpty();
    assertThat(own()).doesNotExist();
  }

  private Rules rules(Rule... rules) {
    return new Rules(List.of(rules), own(), log);
  }

  private Path own() {
    return folder.resolve(".serf-handler");
  }

  private List<Path> candidates() throws IOException {
    List<Path> all = new ArrayList<>();
    if (Files.exists(own().resolve("candidates"))) {
      try (Stream<Path> files = Files.list(own().resolve("candidates"))) {
        files.forEach(all::add);
      }
    }
    return all;
  }

  private Rule check(String script, Duration timeout) {
    return check(List.of("/bin/sh", "-c", script, "check", "{}"), timeout);
  }

  private Rule check(List<String> argv, Duration timeout) {
    return Rule.of(
        KeyPattern.parse("shop/*"),
        Optional.empty(),
        Optional.of(new Program(argv, timeout, Map.of(), Optional.of(folder))),
        Optional.empty());
  }

  private Program shell(String script, Duration timeout) {
    return new Program(List.of("/bin/sh", "-c", script), timeout, Map.of(), Optional.of(folder));
  }

  private static boolean lives(Path file) throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc", Files.readString(file).strip(), "stat"));
      return !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
    } catch (java.nio.file.NoSuchFileException e) {
      return false;
    }
  }
}
