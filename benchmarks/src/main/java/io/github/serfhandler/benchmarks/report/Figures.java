package io.github.serfhandler.benchmarks.report;

import java.util.Arrays;
import java.util.Collection;

/** Immutable: measured values of one thing, in one unit; at least one. */
public final class Figures {
  private final double[] sorted;

  /** Of these values, in any order. */
  public Figures(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    sorted = values.clone();
    Arrays.sort(sorted);
  }

  /** Of these values, in any order. */
  public static Figures of(Collection<Double> values) {
    return new Figures(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The value below which this part of them lies, 0 to 1, by the nearest rank. */
  public double percentile(double part) {
    return sorted[(int) Math.round(part * (sorted.length - 1))];
  }

  /** The middle one. */
  public double median() {
    return percentile(0.5);
  }

  /** How many there are. */
  public int count() {
    return sorted.length;
  }
}
