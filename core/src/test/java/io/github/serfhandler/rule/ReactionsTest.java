package io.github.serfhandler.rule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.json.JsonValue;
import io.github.serfhandler.process.Program;
import io.github.serfhandler.process.ProgramResult;
import io.github.serfhandler.testing.RecordingLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When reactions run and what they are told, on a clock and threads that stand still. */
class ReactionsTest {
  private static final Duration QUIET = Duration.ofMillis(100);

  /** One run that was begun. */
  private record Ran(long at, Map<String, String> env, String input) {
    List<String> changes() {
      List<String> all = new ArrayList<>();
      for (JsonValue change : JsonValue.parse(input).asArray()) {
        all.add(
            change.required("product").asText()
                + "/"
                + change.required("key").asText()
                + " "
                + change.required("version").asLong()
                + " "
                + change.required("change").asText());
      }
      return all;
    }
  }

  private static final class Alarm {
    final long at;
    final Runnable action;
    final CompletableFuture<Void> future = new CompletableFuture<>();

    Alarm(long at, Runnable action) {
      this.at = at;
      this.action = action;
    }
  }

  /** A clock, alarms and threads of which nothing moves by itself. */
  private static final class Rig {
    final RecordingLog log = new RecordingLog();
    final List<Alarm> alarms = new ArrayList<>();
    final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    final List<Ran> ran = new ArrayList<>();
    Supplier<ProgramResult> outcome = () -> exited(0);
    long now = Long.MAX_VALUE - 5_000_000L; // It overflows on its way.
    final long start = now;
    final Reactions reactions;

    Rig(Rule... rules) {
      reactions =
          new Reactions(
              List.of(rules), new Lane.Frame(() -> now, this::in, tasks::add, this::run, log));
    }

    private Future<?> in(Duration time, Runnable action) {
      Alarm alarm = new Alarm(now + time.toNanos(), action);
      alarms.removeIf(old -> old.future.isDone());
      alarms.add(alarm);
      return alarm.future;
    }

    private ProgramResult run(Program program, byte[] input) {
      long at = Duration.ofNanos(now - start).toMillis();
      ran.add(new Ran(at, program.environment(), new String(input, UTF_8)));
      return outcome.get();
    }

    /** Lets time pass; each alarm rings at its time. */
    void pass(Duration time) {
      long end = now + time.toNanos();
      for (Alarm next = next(end); next != null; next = next(end)) {
        alarms.remove(next);
        now = next.at - now > 0 ? next.at : now;
        next.action.run();
      }
      now = end;
    }

    private @Nullable Alarm next(long end) {
      Alarm next = null;
      for (Alarm alarm : alarms) {
        boolean due = !alarm.future.isDone() && alarm.at - end <= 0;
        if (due && (next == null || alarm.at - next.at < 0)) {
          next = alarm;
        }
      }
      return next;
    }

    /** Lets the threads do what there is to do. */
    void work() {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
    }

    void passAndWork(Duration time) {
      for (long ms = 0; ms < time.toMillis(); ms += 10) {
        pass(Duration.ofMillis(10));
        work();
      }
    }

    void update(String product, String key, long version) {
      reactions.changed(
          Change.updated(product, key, version, Path.of("/conf", product, key + ".json")));
    }
  }

  @Test
  void runsOnceItHasBeenQuiet() {
    Rig rig = new Rig(rule("shop/*"));
    rig.update("shop", "db", 7);
    rig.update("other", "db", 1);
    rig.passAndWork(Duration.ofMillis(90));
    assertThat(rig.ran).isEmpty();
    rig.passAndWork(Duration.ofMillis(10));
    assertThat(rig.ran).hasSize(1);
    assertThat(rig.ran.get(0).env())
        .isEqualTo(
            Map.of(
                "SERF_HANDLER_PRODUCT", "shop",
                "SERF_HANDLER_KEY", "db",
                "SERF_HANDLER_VERSION", "7",
                "SERF_HANDLER_FILE", "/conf/shop/db.json",
                "SERF_HANDLER_CHANGE", "updated",
                "SERF_HANDLER_CHANGES",
                    "[{\"change\":\"updated\",\"key\":\"db\",\"product\":\"shop\",\"version\":7}]"));
    assertThat(rig.ran.get(0).input())
        .isEqualTo(rig.ran.get(0).env().get("SERF_HANDLER_CHANGES") + "\n");
    rig.passAndWork(Duration.ofSeconds(100));
    assertThat(rig.ran).hasSize(1);
    assertThat(rig.alarms).isEmpty();
  }

  @Test
  void makesFewRunsOfABurst() {
    Rig rig = new Rig(rule("*/*"));
    for (int i = 1; i <= 1000; i++) {
      rig.update("shop", "k" + i % 10, i);
      rig.passAndWork(Duration.ofMillis(10));
    }
    rig.passAndWork(Duration.ofSeconds(2));
    // 10 s of changes that are never quiet: a run after each second, ten quiet times.
    assertThat(rig.ran).hasSizeBetween(9, 11);
    assertThat(rig.ran.get(0).at()).isEqualTo(1000);
    Ran last = rig.ran.get(rig.ran.size() - 1);
    assertThat(last.changes()).endsWith("shop/k9 999 updated", "shop/k0 1000 updated");
    assertThat(rig.ran).allMatch(run -> run.changes().size() <= 10);
  }

  @Test
  void makesOneRunOfABurstAtOnce() {
    Rig rig = new Rig(rule("*/*"));
    for (int i = 1; i <= 1000; i++) {
      rig.update("shop", "k", i);
    }
    assertThat(rig.alarms).hasSize(1);
    rig.passAndWork(Duration.ofSeconds(2));
    assertThat(rig.ran).hasSize(1);
    assertThat(rig.ran.get(0).changes()).containsExactly("shop/k 1000 updated");
  }

  @Test
  void makesOneMoreRunOfWhatChangesMeanwhile() {
    Rig rig = new Rig(rule("*/*"));
    rig.update("shop", "a", 1);
    rig.pass(QUIET);
    assertThat(rig.tasks).hasSize(1); // It runs, as far as the lane knows.
    for (int i = 2; i <= 1000; i++) {
      rig.update("shop", "a", i);
      rig.pass(Duration.ofMillis(10));
    }
    assertThat(rig.tasks).hasSize(1);
    rig.work();
    rig.passAndWork(Duration.ofSeconds(1));
    assertThat(rig.ran).hasSize(2);
    assertThat(rig.ran.get(1).changes()).containsExactly("shop/a 1000 updated");
  }

  @Test
  void tellsOfDeletions() {
    Rig rig = new Rig(rule("*/*"));
    rig.update("shop", "a", 1);
    rig.reactions.changed(Change.deleted("shop", "a", 2, Path.of("/conf/shop/a.json")));
    rig.passAndWork(QUIET);
    assertThat(rig.ran.get(0).env()).containsEntry("SERF_HANDLER_CHANGE", "deleted");
    assertThat(rig.ran.get(0).changes()).containsExactly("shop/a 2 deleted");
  }

  @Test
  void tellsAThousandKeysTheNewestAndThatThereWereMore() {
    Rig rig = new Rig(rule("*/*"));
    for (int i = 1; i <= 1500; i++) {
      rig.update("shop", "a-rather-long-name-of-a-key-" + i, i);
    }
    rig.passAndWork(QUIET);
    Ran run = rig.ran.get(0);
    assertThat(run.changes()).hasSize(1000);
    assertThat(run.changes().get(999)).endsWith("-1500 1500 updated");
    assertThat(run.env())
        .containsEntry("SERF_HANDLER_MORE_CHANGES", "true")
        .doesNotContainKey("SERF_HANDLER_CHANGES"); // It would be too long for a variable.
  }

  @Test
  void repeatsAFailureAfterTimesThatDoubleAndSaysItOnce() {
    Rig rig = new Rig(rule("shop/*"));
    rig.outcome = () -> exited(3);
    rig.update("shop", "a", 1);
    rig.passAndWork(Duration.ofMinutes(5));
    List<Long> pauses = new ArrayList<>();
    for (int i = 1; i < rig.ran.size(); i++) {
      pauses.add((rig.ran.get(i).at() - rig.ran.get(i - 1).at()) / 1000);
      assertThat(rig.ran.get(i).changes()).containsExactly("shop/a 1 updated");
    }
    assertThat(pauses).startsWith(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L).hasSize(9);
    assertThat(rig.log.lines(System.Logger.Level.WARNING)).hasSize(1);
    assertThat(rig.log.lines(System.Logger.Level.WARNING).get(0))
        .contains("the reaction to changes of shop/* fails: status 3")
        .contains("tried again in 1 s")
        .doesNotContain("secret output");
    ReactionStatus status = rig.reactions.status().get(0);
    assertThat(status.failures()).isEqualTo(10).isEqualTo(status.runs());
    assertThat(status.last()).isEqualTo("status 3");
    assertThat(status.took()).isEqualTo(Duration.ofMillis(5));
    assertThat(status.waiting()).isEqualTo(1);

    rig.outcome = () -> exited(0);
    rig.passAndWork(Duration.ofMinutes(2));
    assertThat(rig.log.lines(System.Logger.Level.INFO)).hasSize(1);
    assertThat(rig.reactions.status().get(0).waiting()).isZero();
    assertThat(rig.ran).hasSize(11);
  }

  @Test
  void doesNotWaitWithARepetitionWhenSomethingNewerHasChanged() {
    Rig rig = new Rig(rule("shop/*"));
    rig.outcome = () -> exited(1);
    rig.update("shop", "a", 1);
    rig.passAndWork(Duration.ofSeconds(20));
    int before = rig.ran.size();
    rig.update("shop", "b", 1);
    rig.outcome = () -> exited(0);
    rig.passAndWork(QUIET);
    assertThat(rig.ran).hasSize(before + 1);
    assertThat(rig.ran.get(before).changes())
        .containsExactly("shop/a 1 updated", "shop/b 1 updated");
    rig.passAndWork(Duration.ofMinutes(5));
    assertThat(rig.ran).hasSize(before + 1);
    assertThat(rig.alarms).isEmpty();
  }

  @Test
  void logsOutputOnlyWhereTheRuleWantsIt() {
    Rule rule =
        new Rule(
            KeyPattern.parse("*/*"),
            Optional.empty(),
            Optional.empty(),
            Optional.of(program()),
            QUIET,
            true);
    Rig rig = new Rig(rule);
    rig.outcome = () -> exited(1);
    rig.update("shop", "a", 1);
    rig.passAndWork(Duration.ofSeconds(10));
    assertThat(rig.log.lines(System.Logger.Level.WARNING))
        .hasSize(2)
        .anyMatch(line -> line.endsWith("secret output"));
  }

  @Test
  void keepsTheRulesApart() {
    Rig rig = new Rig(rule("shop/*"), rule("*/db"));
    rig.update("shop", "db", 1);
    rig.update("shop", "a", 2);
    rig.pass(QUIET);
    assertThat(rig.tasks).hasSize(2);
    rig.work();
    assertThat(rig.ran.get(0).changes()).hasSize(2);
    assertThat(rig.ran.get(1).changes()).containsExactly("shop/db 1 updated");
  }

  @Test
  void countsWhatBreaksInsideAsAFailure() {
    Rig rig = new Rig(rule("*/*"));
    rig.outcome =
        () -> {
          throw new IllegalStateException("no thread");
        };
    rig.update("shop", "a", 1);
    rig.pass(QUIET);
    try {
      rig.work();
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("no thread");
    }
    assertThat(rig.reactions.status().get(0).failures()).isEqualTo(1);
    rig.outcome = () -> exited(0);
    rig.passAndWork(Duration.ofSeconds(1));
    assertThat(rig.ran).hasSize(2);
  }

  @Test
  void saysWhatIsNotRunAnyMoreWhenItIsClosed() {
    Rig rig = new Rig(rule("shop/*"));
    rig.update("shop", "a", 1);
    rig.reactions.close();
    rig.update("shop", "b", 1);
    rig.passAndWork(Duration.ofMinutes(1));
    assertThat(rig.ran).isEmpty();
    assertThat(rig.log.lines())
        .containsExactly(
            "WARNING the reaction to changes of shop/* is not run any more, for 1 changed keys; run"
                + " it by hand where that matters");
  }

  /** Whatever changes, fails and takes its time: in the end each key's last state was told. */
  @Property(tries = 500)
  void alwaysTellsTheLastStateWithSuccess(@ForAll long seed) {
    Random random = new Random(seed);
    Rig rig = new Rig(rule("*/*"));
    Map<String, String> last = new HashMap<>();
    Map<String, String> told = new HashMap<>();
    rig.outcome =
        () -> {
          boolean works = random.nextInt(3) > 0;
          for (String change : rig.ran.get(rig.ran.size() - 1).changes()) {
            if (works) {
              told.put(change.substring(0, change.indexOf(' ')), change);
            }
          }
          return exited(works ? 0 : 1);
        };
    for (int i = 1; i <= 200; i++) {
      String key = "k" + random.nextInt(5);
      rig.update("p", key, i);
      last.put("p/" + key, "p/" + key + " " + i + " updated");
      rig.pass(Duration.ofMillis(random.nextInt(3) == 0 ? random.nextInt(1500) : 1));
      if (random.nextInt(3) == 0) {
        rig.work();
      }
    }
    for (int i = 0; i < 200 && rig.reactions.status().get(0).waiting() > 0; i++) {
      rig.pass(Duration.ofMinutes(1));
      rig.work();
    }
    assertThat(told).isEqualTo(last);
  }

  private static Rule rule(String pattern) {
    return Rule.of(
        KeyPattern.parse(pattern), Optional.empty(), Optional.empty(), Optional.of(program()));
  }

  private static Program program() {
    return Program.of(List.of("/bin/false"), Rule.DEFAULT_TIMEOUT);
  }

  private static ProgramResult exited(int status) {
    return new ProgramResult(
        ProgramResult.End.EXITED, status, Duration.ofMillis(5), List.of("secret output"), "");
  }
}
