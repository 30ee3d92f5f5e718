package io.github.serfhandler.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;

/**
 * Thread-safe: runs programs, each on the thread that asks for it.
 *
 * <p>A run is over when the program exits, even if something that it started still holds its
 * output. At the timeout, or when the thread is interrupted, the program and all that it started
 * are ended: SIGTERM, two seconds later SIGKILL. So no call takes longer than the timeout and
 * {@link #END}.
 */
public final class ProgramRunner {
  /** The longest time from the timeout or an interrupt to the end of the call. */
  public static final Duration END =
      ProcessTree.PATIENCE.plus(ProcessTree.AFTER_KILL).plus(ChildRun.AFTERMATH);

  /** No input. */
  public static final byte[] NOTHING = new byte[0];

  private static final int KEPT_BYTES = 8 * 1024;
  private static final int KEPT_LINES = 20;
  private static final int MOST_LEFT_BEHIND = 16;

  private final Semaphore permits = new Semaphore(MOST_LEFT_BEHIND);

  /** A runner of its own count of what is left behind. */
  public ProgramRunner() {}

  /**
   * Runs a program.
   *
   * @param input what it is told on standard input; it need not read it
   * @throws InterruptedException where the thread was interrupted; all its processes have ended
   *     then
   */
  public ProgramResult run(Program program, byte[] input) throws InterruptedException {
    long begin = System.nanoTime();
    ProcessBuilder builder = new ProcessBuilder(program.argv());
    for (Map.Entry<String, String> variable : program.environment().entrySet()) {
      String unused = builder.environment().put(variable.getKey(), variable.getValue());
    }
    if (program.directory().isPresent()) {
      builder.directory(program.directory().get().toFile());
    }
    OutputTail tail = new OutputTail(KEPT_BYTES);
    ChildRun run;
    try {
      run = ChildRun.start(builder, input, tail, permits);
    } catch (IOException e) {
      String problem =
          "cannot start "
              + program
              + ": "
              + e.getMessage()
              + "; check the path, that it may be executed, and the working directory";
      return new ProgramResult(
          ProgramResult.End.NOT_STARTED, -1, since(begin), List.of(), oneLine(problem));
    }
    OptionalInt status = run.await(program.timeout());
    List<String> output = Printed.lines(tail.bytes(), KEPT_LINES);
    if (status.isEmpty()) {
      return new ProgramResult(ProgramResult.End.TIMED_OUT, -1, since(begin), output, "");
    }
    return new ProgramResult(ProgramResult.End.EXITED, status.getAsInt(), since(begin), output, "");
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      line.append(Printed.isPlain(text.charAt(i)) ? text.charAt(i) : ' ');
    }
    return line.toString();
  }
}
