package io.github.serfhandler.process;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run of one program, from its start to its end; confined to one thread, beside those that it
 * starts to read and, where there is much to tell the program, to write.
 *
 * <p>The end is the exit of the program, not the end of its output, which a child left behind may
 * hold open for ever (and hang Serf). What the program itself wrote is in the pipe when it exits,
 * so that a short wait is enough. A reader that still waits for such a child goes on by itself and
 * throws away what comes, so that the child is not killed by a closed pipe. How many there may be
 * is bounded by permits; without one, the pipe is looked at now and then, and closed at the end.
 *
 * <p>Who reads holds the monitor of the stream until its end. The JDK's reaper of processes takes
 * that monitor after the exit, to read all that is in the pipe into memory ({@code
 * ProcessImpl.ProcessPipeInputStream}), and that has no end where a child left behind writes fast;
 * it also closes the pipe. So the reading thread starts the process, and has the monitor first
 * unless the machine is so busy that the program is over before that thread goes on. All that was
 * printed until then is read all the same; a child left behind is not known of, and finds the pipe
 * closed.
 */
public final class ChildRun {
  /** How long output may come after the exit, as that of {@code exec > >(tee log)}. */
  static final Duration AFTERMATH = Duration.ofMillis(250);

  private static final Duration LONGEST = Duration.ofDays(365);

  /** What every pipe takes without a reader: a page, where the user has too many pipes open. */
  private static final int FITS_EVERY_PIPE = 4096;

  private static final int POLL_MILLIS = 5;
  private static final int MOST_PER_LOOK = 64 * 1024;

  private final Process process;
  private final OutputTail tail;
  private final byte[] buffer = new byte[8 * 1024];
  private final @Nullable Thread reader;

  private ChildRun(Process process, OutputTail tail, @Nullable Thread reader) {
    this.process = process;
    this.tail = tail;
    this.reader = reader;
  }

  /**
   * Starts a process, to read what it prints and to tell it its input.
   *
   * @param permits one for each thread that may be left behind
   * @throws IOException where it can not be started
   */
  public static ChildRun start(
      ProcessBuilder builder, byte[] input, OutputTail tail, Semaphore permits) throws IOException {
    boolean writes = input.length > FITS_EVERY_PIPE;
    if (writes && !permits.tryAcquire()) {
      throw new IOException(
          "too many of its earlier runs left something behind that holds their standard input;"
              + " start what shall stay with </dev/null");
    }
    Process process;
    Thread thread = null;
    try {
      if (permits.tryAcquire()) {
        OutputReader reader = new OutputReader(builder.redirectErrorStream(true), tail, permits);
        try {
          thread = daemon(reader, "child-output");
        } catch (Error e) { // There is no thread, and so nobody to give it back.
          permits.release();
          throw e;
        }
        process = reader.process();
      } else {
        process = builder.redirectErrorStream(true).start();
      }
    } catch (IOException | RuntimeException | Error e) {
      if (writes) {
        permits.release();
      }
      throw e;
    }
    InputWriter writer = new InputWriter(process.getOutputStream(), input, permits);
    if (writes) {
      try {
        daemon(writer, "child-input");
      } catch (Error e) { // No thread for it: a program must not wait for its input for ever.
        permits.release();
        ProcessTree.end(process);
        throw e;
      }
    } else {
      writer.write();
    }
    return new ChildRun(process, tail, thread);
  }

  /**
   * Waits for the exit.
   *
   * @return the exit status; above 128 where a signal ended it
   * @throws InterruptedException when the caller was interrupted; all its processes have ended then
   */
  public int await() throws InterruptedException {
    return await(Long.MAX_VALUE).orElseThrow();
  }

  /**
   * Waits for the exit, but not for longer than that.
   *
   * @return the exit status; empty where it took longer, and all its processes have ended then
   * @throws InterruptedException when the caller was interrupted; all its processes have ended then
   */
  public OptionalInt await(Duration timeout) throws InterruptedException {
    return await(timeout.compareTo(LONGEST) > 0 ? Long.MAX_VALUE : timeout.toNanos());
  }

  private OptionalInt await(long nanos) throws InterruptedException {
    try {
      boolean exited = reader == null ? poll(nanos) : process.waitFor(nanos, TimeUnit.NANOSECONDS);
      if (!exited) {
        ProcessTree.end(process);
      }
      if (reader != null) {
        reader.join(AFTERMATH.toMillis());
      }
      return exited ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
    } catch (InterruptedException e) {
      ProcessTree.end(process);
      throw e;
    }
  }

  /** Whether something that it left behind still holds its output. */
  public boolean leftSomethingBehind() {
    return reader == null || reader.isAlive();
  }

  /** Gives whether it exited in that time. */
  private boolean poll(long nanos) throws InterruptedException {
    long begin = System.nanoTime();
    InputStream in = process.getInputStream();
    synchronized (in) {
      boolean exited = false;
      try {
        while (!exited && System.nanoTime() - begin < nanos) {
          exited = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
          int budget = MOST_PER_LOOK;
          while (budget > 0 && in.available() > 0) {
            int count = in.read(buffer, 0, Math.min(buffer.length, in.available()));
            tail.add(buffer, count);
            budget -= count;
          }
        }
        in.close();
      } catch (IOException e) {
        // The pipe broke, which a pipe does not do; what came until then counts.
        exited = process.waitFor(nanos - (System.nanoTime() - begin), TimeUnit.NANOSECONDS);
      }
      return exited;
    }
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
