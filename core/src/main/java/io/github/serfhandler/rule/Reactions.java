package io.github.serfhandler.rule;

import io.github.serfhandler.process.Program;
import io.github.serfhandler.process.ProgramResult;
import io.github.serfhandler.process.ProgramRunner;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs what rules want to be run after changes. Thread-safe; {@link #changed} never waits.
 *
 * <p>Each rule has one run at a time, and those of different rules go on side by side. Changes that
 * come while a run is under way, or before the rule's quiet time is over, make one further run,
 * whatever their number; it is told the last change of each key. So whatever is lost in between,
 * the last state is always seen. A run that fails is repeated, after 1 s, then 2 s, up to 1 min,
 * until one succeeds or something newer has changed, and is told with that.
 *
 * <p>What waits when this is closed, or when the process crashes, is not run any more.
 */
public final class Reactions implements AutoCloseable {
  private static final Duration END = ProgramRunner.END.plusSeconds(1);

  private final List<Lane> lanes = new ArrayList<>();
  private final Optional<ReactionThreads> own;
  private final System.Logger log;

  /** For a process that stays, on daemon threads that are there while there is something to do. */
  public static Reactions start(List<Rule> rules, System.Logger log) {
    ReactionThreads threads = new ReactionThreads();
    ProgramRunner runner = new ProgramRunner();
    Lane.Frame frame = new Lane.Frame(System::nanoTime, threads, threads, runner::run, log);
    return new Reactions(rules, frame, Optional.of(threads));
  }

  /** On threads and a clock of the caller's, who closes them. */
  Reactions(List<Rule> rules, Lane.Frame frame) {
    this(rules, frame, Optional.empty());
  }

  private Reactions(List<Rule> rules, Lane.Frame frame, Optional<ReactionThreads> own) {
    for (Rule rule : rules) {
      if (rule.run().isPresent()) {
        lanes.add(new Lane(rule, rule.run().get(), frame));
      }
    }
    this.own = own;
    this.log = frame.log();
  }

  /** Something has changed; of one key, in the order of the changes. */
  public void changed(Change change) {
    for (Lane lane : lanes) {
      lane.changed(change);
    }
  }

  /** What became of the rules that have something to run, in their order. */
  public List<ReactionStatus> status() {
    List<ReactionStatus> all = new ArrayList<>(lanes.size());
    for (Lane lane : lanes) {
      all.add(lane.status());
    }
    return List.copyOf(all);
  }

  /**
   * Begins nothing more, and ends what runs; takes no longer than 5 s. Where anything is left that
   * no run was told, it says so.
   */
  @Override
  public void close() {
    for (Lane lane : lanes) {
      lane.close();
    }
    if (own.isPresent()) {
      own.get().close(END);
    }
    for (ReactionStatus status : status()) {
      if (status.waiting() > 0) {
        log.log(
            Level.WARNING,
            "the reaction to changes of "
                + status.rule()
                + " is not run any more, for "
                + status.waiting()
                + " changed keys; run it by hand where that matters");
      }
    }
  }

  /**
   * For a process that ends soon: runs what the rules want to be run after a change, one after the
   * other, once each, on this thread, and tells the log of failures.
   *
   * @return how many failed
   * @throws InterruptedException where the thread was interrupted; what ran has ended, the rest is
   *     not run
   */
  public static int runOnce(List<Rule> rules, Change change, System.Logger log)
      throws InterruptedException {
    ProgramRunner runner = new ProgramRunner();
    ChangeBatch batch = new ChangeBatch();
    batch.add(change);
    byte[] json = batch.json();
    int failed = 0;
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      if (rule.run().isEmpty() || !rule.match().matches(change.product(), change.key())) {
        continue;
      }
      Program program = rule.run().get().with(batch.variables(json));
      ProgramResult result = runner.run(program, json);
      if (!result.succeeded()) {
        failed++;
        tell(rule, result, log);
      }
    }
    return failed;
  }

  private static void tell(Rule rule, ProgramResult result, System.Logger log) {
    String name = "the reaction to changes of " + rule;
    String problem = result.problem().isEmpty() ? result.toString() : result.problem();
    log.log(Level.WARNING, name + " failed: " + problem);
    if (rule.logOutput()) {
      for (int i = 0; i < result.output().size(); i++) {
        log.log(Level.WARNING, name + ": " + result.output().get(i));
      }
    }
  }
}
