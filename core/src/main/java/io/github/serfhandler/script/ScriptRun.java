package io.github.serfhandler.script;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run of one script, from its start to its end; confined to one thread, beside those that it
 * starts to read and, where there is much to tell the script, to write.
 *
 * <p>The end is the exit of the script, not the end of its output, which a child left behind may
 * hold open for ever (and hang Serf). What the script itself wrote is in the pipe when it exits, so
 * that a short wait is enough. A reader that still waits for such a child goes on by itself and
 * throws away what comes, so that the child is not killed by a closed pipe. How many there may be
 * is bounded by permits; without one, the pipe is looked at now and then, and closed at the end.
 *
 * <p>Who reads holds the monitor of the stream until its end. The JDK's reaper of processes takes
 * that monitor after the exit, to read all that is in the pipe into memory ({@code
 * ProcessImpl.ProcessPipeInputStream}), and that has no end where a child left behind writes fast;
 * it also closes the pipe. So the reading thread starts the process, and has the monitor first.
 */
final class ScriptRun {
  /** How long output may come after the exit, as that of {@code exec > >(tee log)}. */
  static final Duration AFTERMATH = Duration.ofMillis(250);

  /** What every pipe takes without a reader: a page, where the user has too many pipes open. */
  private static final int FITS_EVERY_PIPE = 4096;

  private static final int POLL_MILLIS = 5;
  private static final int MOST_PER_LOOK = 64 * 1024;

  private final Process process;
  private final OutputTail tail;
  private final byte[] buffer = new byte[8 * 1024];
  private final @Nullable Thread reader;

  private ScriptRun(Process process, OutputTail tail, @Nullable Thread reader) {
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
  static ScriptRun start(ProcessBuilder builder, byte[] input, OutputTail tail, Semaphore permits)
      throws IOException {
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
          thread = daemon(reader, "script-output");
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
        daemon(writer, "script-input");
      } catch (Error e) { // No thread for it: a script must not wait for its input for ever.
        permits.release();
        ProcessTree.end(process);
        throw e;
      }
    } else {
      writer.write();
    }
    return new ScriptRun(process, tail, thread);
  }

  /**
   * Waits for the exit.
   *
   * @return the exit status; above 128 where a signal ended it
   * @throws InterruptedException when the caller was interrupted; all its processes have ended then
   */
  int await() throws InterruptedException {
    try {
      if (reader == null) {
        poll();
        return process.exitValue();
      }
      int status = process.waitFor();
      reader.join(AFTERMATH.toMillis());
      return status;
    } catch (InterruptedException e) {
      ProcessTree.end(process);
      throw e;
    }
  }

  /** Whether something that it left behind still holds its output. */
  boolean leftSomethingBehind() {
    return reader == null || reader.isAlive();
  }

  private void poll() throws InterruptedException {
    InputStream in = process.getInputStream();
    synchronized (in) {
      boolean exited = false;
      try {
        while (!exited) {
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
        process.waitFor();
      }
    }
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
