package io.github.serfhandler.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Waiting;
import java.util.stream.Stream;

/**
 * Immutable: a point in the log of a program, from which on something must be said. What was said
 * of a fault before does not count for the next one.
 *
 * @param program whose log it is
 * @param begin how long the log was
 */
record LogPoint(Program program, int begin) {
  /** The end of the log as it is now. */
  static LogPoint of(Program program) {
    return new LogPoint(program, program.err().length());
  }

  /** Waits for a line that holds all of these texts. */
  void await(String... texts) {
    Waiting.until(
        "a new line of the log with " + String.join(" and ", texts),
        () ->
            assertThat(program.err().substring(begin).lines())
                .anyMatch(line -> Stream.of(texts).allMatch(line::contains)));
  }
}
