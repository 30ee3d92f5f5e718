package io.github.serfhandler.benchmarks;

import java.util.Locale;

/**
 * Immutable: what two programs took for the same work, run by run, one right after the other. The
 * ratio is that of the medians; what else the machine does weighs on both.
 */
record Pair(String what, int runs, Figures ours, Figures theirs) {
  /** A line of the report: both medians and 95th percentiles, their ratio, and its limit. */
  String line(double limit) {
    double ratio = ours.median() / theirs.median();
    return String.format(
        Locale.ROOT,
        "%-36s serf-handler median %6.1f ms p95 %6.1f   python median %6.1f ms p95 %6.1f   n %3d"
            + "   ratio %.2f (must: at most %.1f) %s",
        what,
        ours.median(),
        ours.percentile(0.95),
        theirs.median(),
        theirs.percentile(0.95),
        runs,
        ratio,
        limit,
        ratio <= limit ? "ok" : "MISSED");
  }
}
