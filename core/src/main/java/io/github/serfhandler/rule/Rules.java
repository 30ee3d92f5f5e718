package io.github.serfhandler.rule;

import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.process.Program;
import io.github.serfhandler.process.ProgramResult;
import io.github.serfhandler.process.ProgramRunner;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Says whether a configuration is accepted: all rules that match are asked, in their order, each
 * for its schema first and its check then, until one refuses. Immutable, thread-safe.
 *
 * <p>A reason holds nothing of the configuration, since it goes to the log and to whoever sent it.
 */
public final class Rules {
  /** An argument of a check in whose place the path of a file with the content is given. */
  public static final String PLACEHOLDER = "{}";

  private final List<Rule> rules;
  private final Candidates candidates;
  private final System.Logger log;
  private final ProgramRunner runner = new ProgramRunner();

  /**
   * These rules.
   *
   * @param folder where a directory for contents that are to be checked may be made; {@code
   *     .serf-handler} under the configuration directory
   * @param log is told why a check could not be run, and what one printed where its rule wants so
   */
  public Rules(List<Rule> rules, Path folder, System.Logger log) {
    this(rules, folder, log, Clock.systemUTC());
  }

  /**
   * With a clock of one's own.
   *
   * @param clock tells how old the files of crashed processes are
   */
  Rules(List<Rule> rules, Path folder, System.Logger log, Clock clock) {
    this.rules = List.copyOf(rules);
    this.candidates = new Candidates(folder, clock);
    this.log = log;
  }

  /** All of them. */
  public List<Rule> rules() {
    return rules;
  }

  /**
   * Makes sure that every schema can be used; for a process that stays, at its start.
   *
   * @throws SchemaException where one can not
   */
  public void prepare() {
    for (int i = 0; i < rules.size(); i++) {
      Optional<Schema> schema = rules.get(i).schema();
      if (schema.isPresent()) {
        schema.get().prepare();
      }
    }
  }

  /**
   * Why a content is refused: one line; empty where it is accepted.
   *
   * @throws InterruptedException where the thread was interrupted; a check has ended then
   */
  public Optional<String> refusal(String product, String key, long version, JsonObject content)
      throws InterruptedException {
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      if (!rule.match().matches(product, key)) {
        continue;
      }
      Optional<String> reason = misfit(rule, content);
      if (reason.isEmpty() && rule.check().isPresent()) {
        reason = failure(rule, rule.check().get(), product, key, version, content);
      }
      if (reason.isPresent()) {
        return reason;
      }
    }
    return Optional.empty();
  }

  private Optional<String> misfit(Rule rule, JsonObject content) throws InterruptedException {
    if (rule.schema().isEmpty()) {
      return Optional.empty();
    }
    try {
      return rule.schema().get().misfit(content);
    } catch (SchemaException e) {
      log.log(Level.WARNING, "the rule for " + rule + " refuses everything: " + e.getMessage());
      return Optional.of("its schema can not be used; see the log of this node");
    }
  }

  private Optional<String> failure(
      Rule rule, Program check, String product, String key, long version, JsonObject content)
      throws InterruptedException {
    byte[] bytes;
    try {
      bytes = new ConfigUpdate(product, key, version, content).fileBytes();
    } catch (RejectedException e) {
      return Optional.of(e.reason());
    }
    Map<String, String> variables = new TreeMap<>();
    variables.put(Variables.PRODUCT, product);
    variables.put(Variables.KEY, key);
    variables.put(Variables.VERSION, Long.toString(version));
    Program told = check.with(variables);
    int place = told.argv().lastIndexOf(PLACEHOLDER);
    ProgramResult result;
    if (place <= 0) {
      result = runner.run(told, bytes);
    } else {
      Path file;
      try {
        file = candidates.write(bytes);
      } catch (IOException e) {
        log.log(Level.WARNING, "the check for " + rule + " is not run: no file for it: " + e);
        return Optional.of("check failed (no file for it can be written)");
      }
      try {
        result = runner.run(told.with(PLACEHOLDER, file.toString()), bytes);
      } finally {
        remove(rule, file);
      }
    }
    if (result.succeeded()) {
      return Optional.empty();
    }
    tell(rule, result);
    return Optional.of("check failed (" + result.reason() + ")");
  }

  private void remove(Rule rule, Path file) {
    try {
      candidates.remove(file);
    } catch (IOException e) {
      log.log(
          Level.WARNING, "the file of the check for " + rule + " stays, remove it by hand: " + e);
    }
  }

  private void tell(Rule rule, ProgramResult result) {
    if (!result.problem().isEmpty()) {
      log.log(Level.WARNING, "the check for " + rule + ": " + result.problem());
    }
    if (rule.logOutput()) {
      for (int i = 0; i < result.output().size(); i++) {
        log.log(Level.WARNING, "the check for " + rule + ": " + result.output().get(i));
      }
    }
  }
}
