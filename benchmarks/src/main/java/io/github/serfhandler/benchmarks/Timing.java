package io.github.serfhandler.benchmarks;

import com.sun.management.ThreadMXBean;
import io.github.serfhandler.benchmarks.report.Figures;
import io.github.serfhandler.benchmarks.report.Row;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/**
 * What one piece of work takes, run by run, on the clock, and how much its thread allocates.
 * Confined to one thread.
 */
final class Timing {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final double[] wall;
  private final double[] allocated;

  Timing(int runs) {
    wall = new double[runs];
    allocated = new double[runs];
  }

  /** Does the work; a run below 0 is for warming up. */
  <T> T of(int run, Callable<T> work) throws Exception {
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long begin = System.nanoTime();
    T result = work.call();
    if (run >= 0) {
      wall[run] = (System.nanoTime() - begin) / 1e6;
      allocated[run] = (THREADS.getCurrentThreadAllocatedBytes() - bytes) / 1048576.0;
    }
    return result;
  }

  /** Prints for the parent process what it took. */
  void report(String what) {
    print(Row.of("", what, "ms", new Figures(wall), Double.NaN));
  }

  /** Prints for the parent process what it took, which has a limit, and what it allocated. */
  void report(String what, double limit) {
    print(Row.of("", what, "ms", new Figures(wall), limit));
    print(Row.of("", what + ": allocated", "MiB", new Figures(allocated), Double.NaN));
  }

  @SuppressWarnings("SystemOut") // The parent reads it.
  static void print(Row row) {
    System.out.println(row.json().compact());
  }
}
