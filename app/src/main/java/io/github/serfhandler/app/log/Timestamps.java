package io.github.serfhandler.app.log;

import java.time.LocalDate;

/**
 * Stateless: times as {@code 2026-11-23T15:49:48.123Z}. By hand, because Java's formatters load a
 * hundred classes for it.
 */
final class Timestamps {
  private static final long DAY = 86_400_000L;

  private Timestamps() {}

  /** Appends a time given in milliseconds since 1970, UTC. */
  static void append(StringBuilder out, long millis) {
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(millis, DAY));
    int rest = (int) Math.floorMod(millis, DAY);
    digits(out, date.getYear(), 1000);
    digits(out.append('-'), date.getMonthValue(), 10);
    digits(out.append('-'), date.getDayOfMonth(), 10);
    digits(out.append('T'), rest / 3_600_000, 10);
    digits(out.append(':'), rest / 60_000 % 60, 10);
    digits(out.append(':'), rest / 1000 % 60, 10);
    digits(out.append('.'), rest % 1000, 100);
    out.append('Z');
  }

  private static void digits(StringBuilder out, int number, int highest) {
    for (int place = highest; place > 0; place /= 10) {
      out.append((char) ('0' + number / place % 10));
    }
  }
}
