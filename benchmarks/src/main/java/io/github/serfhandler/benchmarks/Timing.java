package io.github.serfhandler.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * What one piece of work takes, run by run: on the clock; of the process's processor time, which
 * other programs on the machine change less, with what its collections of garbage take; and how
 * much its thread allocates. Confined to one thread.
 */
final class Timing {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final double[] wall;
  private final double[] cpu;
  private final double[] allocated;

  Timing(int runs) {
    wall = new double[runs];
    cpu = new double[runs];
    allocated = new double[runs];
  }

  /** Does the work; a run below 0 is for warming up. */
  <T> T of(int run, Callable<T> work) throws Exception {
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long used = SYSTEM.getProcessCpuTime();
    long begin = System.nanoTime();
    T result = work.call();
    if (run >= 0) {
      wall[run] = (System.nanoTime() - begin) / 1e6;
      cpu[run] = (SYSTEM.getProcessCpuTime() - used) / 1e6;
      allocated[run] = (THREADS.getCurrentThreadAllocatedBytes() - bytes) / 1048576.0;
    }
    return result;
  }

  void report(String what) {
    FilesProgram.print(new Figures(wall).line(what, "ms") + more());
  }

  void report(String what, double limit) {
    FilesProgram.print(new Figures(wall).line(what, "ms", limit) + more());
  }

  private String more() {
    return String.format(
        Locale.ROOT,
        "  processor mean %.1f ms, allocated %.1f MiB",
        Arrays.stream(cpu).average().orElse(0), // The system counts in steps of 10 ms.
        new Figures(allocated).median());
  }
}
