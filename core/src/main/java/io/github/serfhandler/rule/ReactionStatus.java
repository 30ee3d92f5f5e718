package io.github.serfhandler.rule;

import java.time.Duration;

/**
 * Immutable: what became of the reactions of one rule.
 *
 * @param rule the rule's pattern
 * @param runs how many have ended
 * @param failures how many of them failed
 * @param last how the last one ended: {@code status 0}, {@code status 3}, {@code timed out}, {@code
 *     can not be started}; empty where there was none
 * @param took how long the last one took
 * @param waiting how many keys have changed that no run has been told yet, with success
 */
public record ReactionStatus(
    String rule, long runs, long failures, String last, Duration took, int waiting) {

  @Override
  public String toString() {
    return rule + ": " + runs + " runs, " + failures + " failed, last " + last;
  }
}
