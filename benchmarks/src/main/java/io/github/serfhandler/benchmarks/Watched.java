package io.github.serfhandler.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Stateless: waits for files to hold what is expected of them, and looks each millisecond. */
final class Watched {
  private static final long LOOK_NANOS = 1_000_000;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private Watched() {}

  /** Waits for one file of a running program; a minute at most. */
  static void await(Program program, Path file, String text) throws IOException {
    double unused = await(List.of(program), List.of(file), text, System.nanoTime())[0];
  }

  /**
   * Waits until each file holds the text; a minute at most.
   *
   * @param begin where the time begins, of {@link System#nanoTime}
   * @return for each file, milliseconds since the beginning
   */
  static double[] await(List<Program> programs, List<Path> files, String text, long begin)
      throws IOException {
    double[] millis = new double[files.size()];
    for (int left = files.size(); left > 0; LockSupport.parkNanos(LOOK_NANOS)) {
      for (int i = 0; i < millis.length; i++) {
        if (millis[i] == 0 && holds(files.get(i), text)) {
          millis[i] = (System.nanoTime() - begin) / 1e6;
          left--;
        }
      }
      if (System.nanoTime() - begin > PATIENCE_NANOS) {
        throw new IOException("no " + text + " in " + left + " of " + files);
      }
      for (Program program : programs) {
        program.check();
      }
    }
    return millis;
  }

  private static boolean holds(Path file, String text) throws IOException {
    return Files.exists(file) && Files.readString(file).contains(text);
  }
}
