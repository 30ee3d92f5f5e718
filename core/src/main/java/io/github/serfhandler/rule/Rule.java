package io.github.serfhandler.rule;

import io.github.serfhandler.process.Program;
import java.time.Duration;
import java.util.Optional;

/**
 * Immutable: what is demanded of the keys that match, and what is run when one of them has changed.
 *
 * @param match the keys
 * @param schema what a content must fit; empty for anything
 * @param check a program that must end with status 0 before a content is accepted. It is told the
 *     file's bytes on standard input; an argument {@link Rules#PLACEHOLDER} becomes the path of a
 *     file with the same bytes. Empty for none
 * @param run a program that is run after a change; empty for none
 * @param quiet how long nothing must have changed before {@code run} is run; it is run all the same
 *     when the first change was ten times as long ago
 * @param logOutput whether the end of what {@code check} and {@code run} print goes to the log when
 *     they fail; it may quote what they were told
 */
public record Rule(
    KeyPattern match,
    Optional<Schema> schema,
    Optional<Program> check,
    Optional<Program> run,
    Duration quiet,
    boolean logOutput) {
  /** How long a check or a reaction may take where nothing is said. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  /** The longest that a check or a reaction may take. */
  public static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);

  /** Where nothing is said. */
  public static final Duration DEFAULT_QUIET = Duration.ofMillis(100);

  /** The longest quiet time. */
  public static final Duration MAX_QUIET = Duration.ofHours(1);

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException where it asks for nothing or a time is out of its range; its
   *     message is one line with a remedy
   */
  public Rule {
    if (schema.isEmpty() && check.isEmpty() && run.isEmpty()) {
      throw new IllegalArgumentException(
          "the rule for " + match + " asks for nothing; give it a schema, a check or a run");
    }
    if (check.isPresent()) {
      requireTimeout(match, check.get());
    }
    if (run.isPresent()) {
      requireTimeout(match, run.get());
    }
    if (quiet.isNegative() || quiet.compareTo(MAX_QUIET) > 0) {
      throw new IllegalArgumentException(
          "quiet of the rule for " + match + ": not a time of 0 to 1h; write for example 100ms");
    }
  }

  /** With {@link #DEFAULT_QUIET}, and no output in the log. */
  public static Rule of(
      KeyPattern match, Optional<Schema> schema, Optional<Program> check, Optional<Program> run) {
    return new Rule(match, schema, check, run, DEFAULT_QUIET, false);
  }

  private static void requireTimeout(KeyPattern match, Program program) {
    if (program.timeout().compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "timeout of the rule for " + match + ": longer than 10m; write for example 10s");
    }
  }

  /** Its pattern, by which log and status call it. */
  @Override
  public String toString() {
    return match.toString();
  }
}
