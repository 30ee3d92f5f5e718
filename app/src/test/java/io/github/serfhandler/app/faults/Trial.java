package io.github.serfhandler.app.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Locale;
import java.util.Random;

/**
 * One run of a fault: how long it is, its dice, and what was seen. Confined to the test's thread.
 *
 * <p>{@code -Dfaults=full} makes it long, as {@code ./faults} does; {@code -Dfaults.seed=N} repeats
 * the dice of a run, which a failure names. {@code -Dfaults.skip=fail} lets no fault be left out:
 * {@code ./test} and {@code ./faults} say so where root may make namespaces, so that none goes
 * missing for a program that is not there or a line that is wrong.
 */
final class Trial {
  private final boolean full = "full".equals(System.getProperty("faults"));
  private final long seed = Long.getLong("faults.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private String seen = "";

  /** Leaves a fault out that cannot be done here; fails where none may be left out. */
  static void require(boolean possible, String reason) {
    if (!possible && "fail".equals(System.getProperty("faults.skip"))) {
      throw new AssertionError("no fault may be left out here (-Dfaults.skip=fail), but " + reason);
    }
    assumeTrue(possible, reason);
  }

  /** How often something is done: the first in short runs, the second in full ones. */
  int rounds(int inShort, int inFull) {
    return full ? inFull : inShort;
  }

  /** Whether this is a full run. */
  boolean isFull() {
    return full;
  }

  /** Where the dice began. */
  long seed() {
    return seed;
  }

  /** The dice. */
  Random random() {
    return random;
  }

  /**
   * Takes down what came of it, in one line with its figures, as the table shows it: {@code "30
   * kills, 412 updates, none lost, no file torn"}. The last word stays.
   */
  void saw(String format, Object... values) {
    seen = String.format(Locale.ROOT, format, values);
  }

  String seen() {
    return seen;
  }
}
