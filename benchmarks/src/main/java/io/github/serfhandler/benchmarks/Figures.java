package io.github.serfhandler.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** Immutable: measured values of one thing, in one unit. */
final class Figures {
  private final double[] sorted;

  Figures(double... values) {
    sorted = values.clone();
    Arrays.sort(sorted);
  }

  double percentile(double part) {
    return sorted[(int) Math.round(part * (sorted.length - 1))];
  }

  double median() {
    return percentile(0.5);
  }

  /** A line of the report: median, 95th percentile, greatest, and the limit of the median. */
  String line(String what, String unit, double limit) {
    return String.format(
        Locale.ROOT,
        "%s  (must: under %.0f) %s",
        line(what, unit),
        limit,
        median() < limit ? "ok" : "MISSED");
  }

  /** The same without a limit. */
  String line(String what, String unit) {
    return String.format(
        Locale.ROOT,
        "%-58s median %8.1f %-4s p95 %8.1f  max %8.1f  n %3d",
        what,
        median(),
        unit,
        percentile(0.95),
        percentile(1),
        sorted.length);
  }
}
