package io.github.serfhandler.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.process.Program;
import io.github.serfhandler.testing.RecordingLog;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reactions with real processes, threads and times. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReactionsIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final RecordingLog log = new RecordingLog();

  @Test
  void makesFewRunsOfAThousandChangesAndTellsTheLast() throws Exception {
    try (Reactions reactions =
        Reactions.start(
            List.of(rule("*/*", "echo >> runs; cat > last; echo $SERF_HANDLER_VERSION > v")),
            log)) {
      for (int i = 1; i <= 1000; i++) {
        reactions.changed(change("db", i));
      }
      Awaitility.await().atMost(LONG).until(() -> waiting(reactions) == 0);
      assertThat(Files.readString(folder.resolve("v"))).isEqualTo("1000\n");
      assertThat(Files.readString(folder.resolve("last"))).contains("\"version\":1000");
      assertThat(Files.readAllLines(folder.resolve("runs"))).hasSizeLessThan(20);
    }
    assertThat(log.lines(Level.WARNING)).isEmpty();
  }

  @Test
  void repeatsUntilItSucceeds() {
    Rule rule = rule("*/*", "test -e fixed && touch done");
    try (Reactions reactions = Reactions.start(List.of(rule), log)) {
      reactions.changed(change("db", 1));
      Awaitility.await().atMost(LONG).until(() -> reactions.status().get(0).failures() > 0);
      assertThat(folder.resolve("fixed").toFile().mkdir()).isTrue();
      Awaitility.await().atMost(LONG).until(() -> waiting(reactions) == 0);
    }
    assertThat(folder.resolve("done")).exists();
    assertThat(log.lines(Level.WARNING)).hasSize(1);
    assertThat(log.lines(Level.INFO)).hasSize(1);
  }

  @Test
  void runsDifferentRulesSideBySideAndLeavesNothingBehindWhenClosed() throws Exception {
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      rules.add(rule("*/*", "echo $$ > " + i + ".pid; touch began" + i + "; sleep 1000"));
    }
    long begin;
    try (Reactions reactions = Reactions.start(rules, log)) {
      reactions.changed(change("db", 1));
      for (int i = 0; i < 3; i++) {
        Path began = folder.resolve("began" + i);
        Awaitility.await().atMost(LONG).until(() -> Files.exists(began));
      }
      begin = System.nanoTime();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    for (int i = 0; i < 3; i++) {
      Path stat = Path.of("/proc", Files.readString(folder.resolve(i + ".pid")).strip());
      Awaitility.await().atMost(LONG).until(() -> !Files.exists(stat));
    }
    assertThat(log.lines(Level.WARNING)).hasSize(3).allMatch(line -> line.contains("by hand"));
    Awaitility.await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("reaction-")));
  }

  @Test
  void endsAndRepeatsOneThatHangsFloodsOrIsNotThere() {
    List<Rule> rules =
        List.of(
            rule(List.of("/bin/sh", "-c", "sleep 1000 & wait"), Duration.ofMillis(200)),
            rule(List.of("/bin/sh", "-c", "yes"), Duration.ofMillis(200)),
            rule(List.of(folder + "/missing"), LONG));
    try (Reactions reactions = Reactions.start(rules, log)) {
      reactions.changed(change("db", 1));
      Awaitility.await()
          .atMost(LONG)
          .until(() -> reactions.status().stream().allMatch(status -> status.failures() > 1));
      assertThat(reactions.status())
          .extracting(ReactionStatus::last)
          .containsExactly("timed out", "timed out", "can not be started");
    }
    assertThat(log.lines(Level.WARNING)).filteredOn(line -> line.contains(" fails: ")).hasSize(3);
  }

  @Test
  void runsOnceForAProcessThatEnds() throws Exception {
    List<Rule> rules =
        List.of(
            rule("shop/*", "cat > told; echo $SERF_HANDLER_CHANGE $SERF_HANDLER_FILE > env"),
            rule("other/*", "touch never"),
            rule("shop/*", "echo 5ecre7; exit 4"));
    assertThat(Reactions.runOnce(rules, change("db", 3), log)).isEqualTo(1);
    assertThat(folder.resolve("told"))
        .hasContent("[{\"change\":\"updated\",\"key\":\"db\",\"product\":\"shop\",\"version\":3}]");
    assertThat(folder.resolve("env")).hasContent("updated " + folder + "/shop/db.json");
    assertThat(folder.resolve("never")).doesNotExist();
    assertThat(log.lines()).hasSize(1).first().asString().contains("failed: status 4");
  }

  private static int waiting(Reactions reactions) {
    return reactions.status().get(0).waiting();
  }

  private Change change(String key, long version) {
    return Change.updated("shop", key, version, folder.resolve("shop/" + key + ".json"));
  }

  private Rule rule(String pattern, String script) {
    return Rule.of(
        KeyPattern.parse(pattern),
        Optional.empty(),
        Optional.empty(),
        Optional.of(
            new Program(List.of("/bin/sh", "-c", script), LONG, Map.of(), Optional.of(folder))));
  }

  private static Rule rule(List<String> argv, Duration timeout) {
    return Rule.of(
        KeyPattern.parse("*/*"),
        Optional.empty(),
        Optional.empty(),
        Optional.of(Program.of(argv, timeout)));
  }
}
